"""Sentences of stories about letters."""

from dawra.customers.actions.letter_templates import TemplateSaid, write_template
from dawra.customers.actions.letters import WAITS, LetterSaid, send_letter
from dawra.customers.composing import draft, language_of
from dawra.customers.merging.fields import About
from dawra.customers.models import Letter, LetterTemplate
from dawra.customers.posting import send_letters
from tests.stories.sentences import step
from tests.stories.teller import Teller


@step('{who} writes the letter template "{name}" about "{subject}": "{body}", in Arabic "{subject_ar}": "{body_ar}"')
def _template(teller: Teller, who: str, name: str, subject: str, body: str, subject_ar: str, body_ar: str) -> None:
    said = TemplateSaid(name=name, subject=subject, body=body, subject_ar=subject_ar, body_ar=body_ar)
    write_template(teller.actor(who), said=said)


@step('{who} writes to "{person}" about "{deal}" from the template "{name}"')
def _writes(teller: Teller, who: str, person: str, deal: str, name: str) -> None:
    actor, to, about = teller.actor(who), teller.record(person), teller.deal(deal)
    language = language_of(to)
    merged = draft(actor, LetterTemplate.objects.get(name=name), About(to.pk, "deal", about.pk, language))
    said = LetterSaid(merged.subject, merged.body, language, about=("deal", about.pk))
    teller.last = send_letter(actor, person_id=to.pk, said=said).entry


@step('A minute later the letter "{subject}" to "{person}" has left')
def _left(teller: Teller, subject: str, person: str) -> None:
    send_letters(teller.now + WAITS)
    letter = Letter.objects.get(person=teller.record(person), subject=subject, state="sent")
    assert letter.activity_id is not None, "it counts as an e-mail"


@step('The letter to "{person}" was taken back, and nobody was written to')
def _taken_back(teller: Teller, person: str) -> None:
    send_letters(teller.now + WAITS)
    assert [one.state for one in Letter.objects.filter(person=teller.record(person))] == ["taken_back"]
