"""A new password by letter: what a member gets, and that a stranger learns nothing."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_q.models import OrmQ

from dawra.journal import worker
from dawra.team.models import Member
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
ASK = "/accounts/password/reset/"


def work() -> None:
    """What the worker would do now."""
    for waiting in OrmQ.objects.order_by("pk"):
        name, plain = waiting.task["args"]
        if name == "site.send_reset":
            worker.run(name, plain)
    OrmQ.objects.all().delete()


def shape(statement: str) -> str:
    """A statement without what was put into it: two of one shape are the same work."""
    return re.sub(r"'[^']*'|\"s\d+_x\d+\"|\b\d+(\.\d+)?\b|\b[0-9a-f]{32}\b", "?", statement)


def asked(email: str, **extra: Any) -> tuple[tuple[int, str], list[str]]:
    """What the page answers, and the statements it needed."""
    with CaptureQueriesContext(
        connection,
    ) as said:
        answer = Client().post(ASK, {"email": email}, **extra)
    return (answer.status_code, answer.headers["Location"]), [shape(query["sql"]) for query in said.captured_queries]


def test_the_page_says_and_does_the_same_for_members_and_strangers(sana: Member, lina: Member) -> None:
    asked("first@masar.example")  # what is remembered by the process is warm then
    OrmQ.objects.all().delete()
    Member.objects.filter(pk=lina.pk).update(is_active=False)
    known, unknown, left = asked(sana.email), asked("nobody@masar.example"), asked(lina.email)
    assert known == unknown == left
    assert not [statement for statement in known[1] if "team_member" in statement], "nobody is looked up"
    assert not mail.outbox, "a letter takes time: it is not sent while the page waits"
    assert "masar.example" not in str([waiting.task for waiting in OrmQ.objects.all()]), "sealed in the queue"


def test_the_letter_leads_a_member_in_and_tells_a_stranger_nothing_happened(sana: Member, settings: Any) -> None:
    settings.BASE_URL = "https://crm.masar.example"
    asked(sana.email.upper(), headers={"host": "localhost", "accept-language": "ar"})
    asked("nobody@masar.example", headers={"host": "localhost"})
    work()
    to_member, to_nobody = mail.outbox
    assert (to_member.to, to_nobody.to) == ([sana.email], ["nobody@masar.example"])
    assert "https://crm.masar.example/accounts/password/reset/key/" in to_member.body
    assert "localhost" not in to_member.body + to_nobody.body + to_member.subject
    assert "/key/" not in to_nobody.body
    assert re.search("[ء-ي]", to_member.body + to_member.subject) and not re.search("[ء-ي]", to_nobody.body)


def test_whoever_left_gets_no_way_in(sana: Member) -> None:
    Member.objects.filter(pk=sana.pk).update(is_active=False)
    asked(sana.email)
    work()
    assert "/key/" not in mail.outbox[0].body


def test_opening_a_reset_link_uses_nothing_up_and_using_it_does(sana: Member) -> None:
    asked(sana.email)
    work()
    link = re.search(r"/accounts/password/reset/key/\S+/", mail.outbox[0].body)
    assert link
    for _scanner in range(2):
        Client().get(link.group(), follow=True)
    client = Client()
    page = client.get(link.group(), follow=True)
    fresh = "entirely different words"
    done = client.post(page.request["PATH_INFO"], {"password1": fresh, "password2": fresh})
    assert done.status_code == 302
    assert Client().post("/accounts/login/", {"login": sana.email, "password": PASSWORD}).status_code == 200
    assert Client().post("/accounts/login/", {"login": sana.email, "password": fresh}).status_code == 302
    again = Client().get(link.group(), follow=True)
    assert 'name="password1"' not in again.text


def test_a_host_header_that_is_not_ours_is_refused(sana: Member) -> None:
    assert Client().post(ASK, {"email": sana.email}, headers={"host": "evil.example"}).status_code == 400
    work()
    assert not mail.outbox


def test_neither_the_log_nor_the_queue_holds_the_way_in(sana: Member, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        asked(sana.email)
        held = str([waiting.task for waiting in OrmQ.objects.all()])
        work()
    assert "/key/" not in caplog.text + held and sana.email not in held
