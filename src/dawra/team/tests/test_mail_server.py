"""The company's mail server: who names it, what is kept of it, and what its answers mean."""

from collections.abc import Iterator

import pytest
from django.core.mail import EmailMessage

from dawra.access.errors import Invalid, Refused, Stale
from dawra.access.sealing import Unreadable, seal, unseal
from dawra.journal.models import Entry
from dawra.team.actions.mail_server import ServerSaid, remove_mail_server, set_mail_server
from dawra.team.mailing import deliver
from dawra.team.models import MailServer
from tests.mailbox import Mailbox, mailbox


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox() as one:
        yield one


@pytest.fixture
def named(box, admin, actor, settings):
    """The workspace sends through the box."""
    settings.EMAIL_BACKEND = "dawra.team.mailing.Backend"
    said = ServerSaid(box.host, box.port, "plain", "sales@masar.example", "sana", "s3cret")
    set_mail_server(actor(admin), said=said)
    return box


def letter():
    return EmailMessage("Hello", "مرحبًا", to=["huda@nile.example"])


def test_letters_leave_through_the_companys_server_in_its_name(named):
    told = deliver(letter())
    assert (told.state, told.words) == ("sent", "250 taken as 42")
    assert named.envelopes == [("sales@masar.example", ("huda@nile.example",))]
    assert named.letters[0]["From"] == "sales@masar.example"
    assert named.letters[0].get_content().strip() == "مرحبًا"


@pytest.mark.parametrize(
    ("says", "state", "words"),
    [
        ({"RCPT": "550 no such user"}, "refused", "550 no such user"),
        ({"RCPT": "451 greylisted"}, "later", "451 greylisted"),
        ({"END": "554 spam"}, "refused", "554 spam"),
        ({"END": "452 disk full"}, "later", "452 disk full"),
        ({"AUTH": "535 wrong password"}, "later", "535 wrong password"),
        ({"END": "drop"}, "unknown", "SMTPServerDisconnected"),
        ({"DATA": "drop"}, "later", "SMTPServerDisconnected"),
        ({"MAIL": "drop"}, "later", "SMTPServerDisconnected"),
        ({"QUIT": "drop"}, "sent", "250 taken as 42"),
        ({"QUIT": "500 never"}, "sent", "250 taken as 42"),
    ],
)
def test_what_the_server_answers_decides_what_becomes_of_a_letter(named, says, state, words):
    named.says = says
    told = deliver(letter())
    assert told.state == state
    assert told.words.startswith(words)


def test_where_nobody_listens_the_letter_waits(named):
    assert deliver(EmailMessage("a\nBcc: x@x.example", "b", to=["h@nile.example"])).state == "refused"
    MailServer.objects.update(port=1)
    assert deliver(letter()).state == "later"
    assert named.letters == []


def test_only_who_runs_the_company_names_the_server_and_nobody_reads_its_password(named, sana, admin, actor, client_of):
    row = MailServer.objects.get()
    assert "s3cret" not in row.password_sealed and unseal(row.password_sealed) == "s3cret"
    told = Entry.objects.get(kind="team.mail_server_changed.1")
    assert "s3cret" not in str(told.facts) and row.password_sealed not in str(told.facts)
    said = ServerSaid("smtp.masar.example", 587, "starttls", "sales@masar.example")
    with pytest.raises(Refused):
        set_mail_server(actor(sana), said=said)
    with pytest.raises(Invalid, match="password again"):
        set_mail_server(actor(admin), said=said)
    with pytest.raises(Stale):
        set_mail_server(actor(admin), said=ServerSaid(named.host, 25, "plain", "a@b.example", "", ""), version=7)
    for wrong in ("169.254.169.254", "http://x", "a b", "-x.example", ""):
        with pytest.raises(Invalid):
            set_mail_server(actor(admin), said=ServerSaid(wrong, 25, "plain", "a@b.example"))
    assert client_of(sana).get("/settings/mail/").status_code == 403
    page = client_of(admin).get("/settings/mail/").content.decode()
    assert named.host in page and "s3cret" not in page and row.password_sealed not in page
    remove_mail_server(actor(admin))
    assert not MailServer.objects.exists()


def test_a_trial_letter_tells_what_the_server_said(named, admin, client_of):
    browser = client_of(admin)
    assert "250 taken as 42" in browser.post("/settings/mail/test/").content.decode()
    assert named.letters[0]["To"] == "amal@masar.example"
    named.says = {"RCPT": "550 we do not <know> you"}
    assert "550 we do not &lt;know&gt; you" in browser.post("/settings/mail/test/").content.decode()
    saved = browser.post(
        "/settings/mail/",
        {"host": named.host, "port": named.port, "security": "plain", "from_address": "x@masar.example", "version": 1},
    )
    assert saved.status_code == 302 and unseal(MailServer.objects.get().password_sealed) == "s3cret"


def test_what_was_sealed_under_another_key_is_told_and_not_guessed(named, settings):
    sealed = seal("x")
    settings.SECRET_KEY = "another"
    with pytest.raises(Unreadable):
        unseal(sealed)
    assert deliver(letter()).state == "later"
