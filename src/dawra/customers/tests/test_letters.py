"""Letters: merged in the contact's language, whole before they leave, sent once, and what became of them told."""

from datetime import timedelta

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Refused
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.consent import NewConsent, record_consent
from dawra.customers.actions.letter_templates import TemplateSaid, write_template
from dawra.customers.actions.letters import WAITS, LetterSaid, send_letter, take_back_letter
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.composing import draft, language_of
from dawra.customers.merging.fields import About
from dawra.customers.models import Activity, Letter
from dawra.customers.posting import LOST_AFTER, TRY_AGAIN, post, send_letters
from dawra.customers.privacy.erasing import erase_person
from dawra.journal.listeners import deliver_due
from dawra.journal.models import Entry, Mention
from dawra.journal.undo import undo
from dawra.team.actions.mail_server import ServerSaid, set_mail_server
from dawra.team.models import Notification
from tests.cast import NOW
from tests.mailbox import mailbox

SAID = LetterSaid("Hello", "Dear Huda,\n\nhttps://masar.example & more", "en")
LATER = NOW + WAITS


@pytest.fixture
def box(admin, actor, settings):
    settings.EMAIL_BACKEND = "dawra.team.mailing.Backend"
    with mailbox() as one:
        set_mail_server(actor(admin), said=ServerSaid(one.host, one.port, "plain", "sales@masar.example"))
        yield one


@pytest.fixture
def huda(sana, actor):
    plan = NewPerson(
        name="Dr. Huda Salem", name_ar="د. هدى سالم", language="ar", points=[NewPoint("email", "huda@nile.example")]
    )
    return add_person(actor(sana), plan=plan).record


@pytest.fixture
def template(admin, actor):
    said = TemplateSaid(
        name="Offer",
        subject="For {person.first_name}",
        body='Dear {person.first_name}, of {company.name|or:"your company"}.\n{me.name}, {us.name}',
        subject_ar="إلى {person.first_name}",
        body_ar="عزيزتي {person.first_name}، في {person.city}.\n{me.name}، {us.today|date}",
    )
    return write_template(actor(admin), said=said)[0]


def about(person, language):
    return About(person.pk, "person", person.pk, language)


def test_a_template_is_merged_in_the_contacts_language_and_what_is_missing_is_told(huda, template, sana, actor):
    assert language_of(huda) == "ar"
    arabic = draft(actor(sana), template, about(huda, "ar"))
    assert arabic.subject == "إلى هدى"
    assert arabic.body == "عزيزتي هدى، في ⟦person.city⟧.\nسناء خوري، 23 نوفمبر 2026"
    assert arabic.missing == ("person.city",)
    english = draft(actor(sana), template, about(huda, "en"))
    assert english.body == "Dear Huda, of your company.\nSana Khoury, Masar Fleet"
    with pytest.raises(Invalid, match=r"person\.city"):
        send_letter(actor(sana), person_id=huda.pk, said=LetterSaid(arabic.subject, arabic.body, "ar"))
    with pytest.raises(Invalid, match="as it stands"):
        send_letter(actor(sana), person_id=huda.pk, said=LetterSaid("Hi", "Dear {person.first_name|upper}", "en"))


def test_a_template_that_cannot_be_read_is_refused_with_where_and_how(admin, sana, actor):
    for text, words in {
        "{{ person.name }}": "One brace",
        "ok\n{% if x %}": "Line 2",
        "{person.nam}": "person.name",
    }.items():
        with pytest.raises(Invalid, match=words) as refused:
            write_template(actor(admin), said=TemplateSaid(name="x", subject="s", body=text))
        assert refused.value.field == "body"
    with pytest.raises(Refused):
        write_template(actor(sana), said=TemplateSaid(name="x", subject="s", body="b"))


def test_a_letter_waits_a_minute_then_leaves_once_and_counts_as_an_e_mail(box, huda, sana, zayn, actor):
    kept = send_letter(actor(sana), person_id=huda.pk, said=SAID)
    with pytest.raises(NotFound):
        send_letter(actor(zayn), person_id=huda.pk, said=SAID)
    send_letters(NOW + WAITS - timedelta(seconds=1))
    assert not box.letters and not Mention.objects.filter(entry=kept.entry).exists()
    send_letters(LATER)
    send_letters(LATER)
    [letter] = box.letters
    assert letter["From"] == "Sana Khoury <sales@masar.example>"
    assert (letter["Reply-To"], letter["To"], letter["Subject"]) == ("sana@masar.example", "huda@nile.example", "Hello")
    assert letter.get_body(("plain",)).get_content().replace("\r", "").strip() == SAID.body
    assert '<a href="https://masar.example"' in letter.get_body(("html",)).get_content()
    row = Letter.objects.get()
    assert (row.state, row.told, row.tries) == ("sent", "250 taken as 42", 1)
    activity = Activity._base_manager.get()
    assert (activity.what, activity.direction, activity.happened_at) == ("email", "out", LATER)
    assert (activity.created_by_id, activity.body) == (sana.pk, SAID.body)
    entry = Entry.objects.get(kind="customers.letter_sent.1")
    assert entry.member_id == sana.pk and list(entry.mentions.values_list("record_id", flat=True)) == [huda.pk]
    with pytest.raises(Conflict):
        take_back_letter(actor(sana), letter_id=row.pk)


def test_undo_takes_a_letter_back_while_it_waits(box, huda, sana, zayn, actor):
    kept = send_letter(actor(sana), person_id=huda.pk, said=SAID)
    with pytest.raises(NotFound):
        undo(actor(zayn), key=kept.entry.key)
    undo(actor(sana), key=kept.entry.key)
    send_letters(LATER)
    assert not box.letters and Letter.objects.get().state == "taken_back"


def test_a_server_at_fault_is_asked_again_later_and_later_and_then_no_more(box, huda, sana, actor):
    send_letter(actor(sana), person_id=huda.pk, said=SAID)
    box.says = {"RCPT": "451 greylisted"}
    now, pauses = LATER, []
    for _try in range(len(TRY_AGAIN) + 2):
        send_letters(now)
        row = Letter.objects.get()
        pauses.append(row.send_at - now)
        now = max(row.send_at, now)
    assert tuple(pauses[: len(TRY_AGAIN)]) == TRY_AGAIN
    assert (row.state, row.told, row.tries) == ("failed", "451 greylisted", len(TRY_AGAIN) + 1)
    assert Entry.objects.filter(kind="customers.letter_failed.1").count() == 1


@pytest.mark.parametrize(
    ("says", "state"),
    [({"RCPT": "550 no such user"}, "failed"), ({"END": "drop"}, "unknown"), ({"END": "554 spam"}, "failed")],
)
def test_what_is_refused_or_not_known_is_never_sent_again(box, huda, sana, actor, says, state):
    send_letter(actor(sana), person_id=huda.pk, said=SAID)
    box.says = says
    send_letters(LATER)
    box.says = {}
    send_letters(LATER + timedelta(hours=9))
    row = Letter.objects.get()
    assert row.state == state and not box.letters and not Activity._base_manager.exists()
    assert Entry.objects.filter(kind=f"customers.letter_{state}.1", mentions__record_id=huda.pk).exists()


def test_a_letter_whose_worker_died_is_not_sent_twice(box, huda, sana, actor):
    kept = send_letter(actor(sana), person_id=huda.pk, said=SAID)
    Letter.objects.update(state="sending", claimed_at=LATER)
    post(kept.letter.pk, LATER)
    send_letters(LATER + timedelta(minutes=5))
    assert Letter.objects.get().state == "sending"
    send_letters(LATER + LOST_AFTER + timedelta(minutes=1))
    assert Letter.objects.get().state == "unknown" and not box.letters


def test_who_wants_no_e_mail_gets_none_not_even_what_waits(box, huda, sana, actor):
    send_letter(actor(sana), person_id=huda.pk, said=SAID)
    record_consent(actor(sana), person_id=huda.pk, consent=NewConsent("email", False, "objection"))
    with pytest.raises(Conflict, match="does not want"):
        send_letter(actor(sana), person_id=huda.pk, said=SAID)
    send_letters(LATER)
    assert Letter.objects.get().state == "failed" and not box.letters


def test_nobody_else_can_be_written_to_and_no_header_smuggled(huda, sana, actor):
    for to, subject in (("other@x.example", "a"), ("huda@nile.example", " \n ")):
        with pytest.raises(Invalid):
            send_letter(actor(sana), person_id=huda.pk, said=LetterSaid(subject, "b", "en", to=to))
    kept = send_letter(actor(sana), person_id=huda.pk, said=LetterSaid("a\r\nBcc: x@x.example", "b", "en"))
    assert kept.letter.subject == "a Bcc: x@x.example"


def test_erasing_a_person_keeps_that_there_was_a_letter_and_nothing_of_it(box, huda, sana, admin, actor):
    send_letter(actor(sana), person_id=huda.pk, said=SAID)
    erase_person(actor(admin), person_id=huda.pk, reason="asked", confirmed=huda.name)
    send_letters(LATER)
    row = Letter.objects.get()
    assert (row.state, row.to, row.subject, row.body) == ("taken_back", "", "", "") and not box.letters


@pytest.mark.parametrize("says", [{"RCPT": "550 no such user"}, {"END": "drop"}])
def test_whoever_wrote_a_letter_that_did_not_arrive_is_told_and_led_to_it(
    box, huda, sana, omar, actor, client_of, says
):
    kept = send_letter(actor(sana), person_id=huda.pk, said=SAID)
    box.says = says
    send_letters(LATER)
    while deliver_due(LATER + timedelta(minutes=1)):
        pass
    notice = Notification.objects.get()
    assert (notice.member_id, notice.reason, notice.record_id) == (sana.pk, "letter", huda.pk)
    browser = client_of(sana)
    for page in ("/notifications/", "/"):
        text = browser.get(page).content.decode()
        assert f'href="/letters/{kept.letter.pk}/"' in text and "Hello" in text
    said = {"kind": "person", "id": huda.pk, "reason": "letter", "until": "tomorrow"}
    assert browser.post("/day/snooze/", said).status_code == 302
    assert "Hello" not in browser.get("/").content.decode()


def test_who_does_not_want_to_be_told_of_letters_is_not(box, huda, sana, actor):
    sana.notify = {"letter": []}
    sana.save()
    send_letter(actor(sana), person_id=huda.pk, said=SAID)
    box.says = {"RCPT": "550 no such user"}
    send_letters(LATER)
    while deliver_due(LATER + timedelta(minutes=1)):
        pass
    assert not Notification.objects.exists()
