"""The outbox emptied: each letter is claimed, handed to the mail server outside any transaction, and what came of it kept.

A letter is tried again where the server or the way to it is at fault for now, ends where it is refused, and is never sent
again by itself once it was handed over without an answer: that it may have arrived is told instead.
"""

import time
from datetime import datetime, timedelta
from html import escape
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F
from django.utils.html import urlize
from django.utils.translation import gettext as _
from django.utils.translation import override

from dawra.access import kinds
from dawra.access.actor import Actor
from dawra.access.errors import Answer, NotFound
from dawra.customers.actions.activities import keep_new, remember_contact
from dawra.customers.models import Letter
from dawra.customers.models.letter import FAILED, QUEUED, SENDING, SENT, TAKEN_BACK, UNKNOWN
from dawra.customers.queries.records import may_reach
from dawra.figures.words import named
from dawra.journal.actions import Mentionable, write
from dawra.journal.catalogue import letters as told
from dawra.journal.jobs import job
from dawra.team import mailing
from dawra.team.actors import actor_of

BATCH = 100
LONGEST_ROUND = 20.0  # seconds; the rest waits for the next minute
LOST_AFTER = timedelta(minutes=10)  # whoever claimed a letter so long ago did not live to tell what became of it
TRY_AGAIN = tuple(timedelta(minutes=n) for n in (1, 5, 15, 60, 240))


@job("customers.send_letters", every_minutes=1)
def send_letters(now: datetime) -> None:
    """Those whose minute is over."""
    for letter_id in Letter.objects.filter(state=SENDING, claimed_at__lt=now - LOST_AFTER).values_list("pk", flat=True):
        _end(letter_id, now, mailing.Told(mailing.UNKNOWN, ""))
    due = Letter.objects.filter(state=QUEUED, send_at__lte=now).order_by("send_at", "id")
    until = time.monotonic() + LONGEST_ROUND
    for letter_id in list(due.values_list("pk", flat=True)[:BATCH]):
        if time.monotonic() > until:
            return
        post(letter_id, now)


def post(letter_id: UUID, now: datetime) -> None:
    """One letter, if nobody else has it in hand."""
    waiting = Letter.objects.filter(pk=letter_id, state=QUEUED)
    if not waiting.update(state=SENDING, claimed_at=now, tries=F("tries") + 1, version=F("version") + 1):
        return
    letter = Letter.objects.select_related("person", "written_by").get(pk=letter_id)
    if letter.person.deleted_at is not None:
        Letter.objects.filter(pk=letter_id).update(state=TAKEN_BACK, ended_at=now)
        return
    if may_reach(letter.person_id, "email") is False:
        with override(letter.written_by.language if letter.written_by else None):
            words = _("The person withdrew consent before the letter left.")
        _end(letter_id, now, mailing.Told(mailing.REFUSED, words))
        return
    _end(letter_id, now, mailing.deliver(message_of(letter)))


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """Plain text, and the same as HTML so that Arabic runs from the right in every reader."""
    by = letter.written_by
    name = named(by.name, by.name_ar, letter.language) if by else ""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.body,
        from_email=mailing.signed(name),
        to=[letter.to],
        reply_to=[by.email] if by else None,
    )
    direction = "rtl" if letter.language == "ar" else "ltr"
    paragraphs = "".join(
        f"<p>{urlize(escape(one), nofollow=True).replace(chr(10), '<br>')}</p>" for one in letter.body.split("\n\n")
    )
    head = f'<!doctype html><html lang="{letter.language}" dir="{direction}"><meta charset="utf-8">'
    message.attach_alternative(f"{head}<body>{paragraphs}</body></html>", "text/html")
    return message


@transaction.atomic
def _end(letter_id: UUID, now: datetime, answer: mailing.Told) -> None:
    letter = Letter.objects.select_related("person").get(pk=letter_id)
    if letter.state != SENDING:
        return
    again = answer.state == mailing.LATER and letter.tries <= len(TRY_AGAIN)
    values = {"told": answer.words[:400], "version": letter.version + 1}
    if again:
        values |= {"state": QUEUED, "send_at": now + TRY_AGAIN[letter.tries - 1]}
    else:
        states = {mailing.SENT: SENT, mailing.UNKNOWN: UNKNOWN}
        values |= {"state": states.get(answer.state, FAILED), "ended_at": now}
    if not Letter.objects.filter(pk=letter_id, state=SENDING).update(**values) or again:
        return
    actor = _signer(letter, now)
    records = _records(actor, letter)
    title = letter.subject[:200]
    if answer.state == mailing.SENT:
        activity = keep_new(
            actor, records, what="email", title=title, body=letter.body, happened_at=now, direction="out",
            owner_id=actor.member_id,
        )  # fmt: skip
        Letter.objects.filter(pk=letter_id).update(activity=activity)
        remember_contact(records, now)
        write(actor, told.LetterSent(letter.pk, activity.pk, title=title), about=records)
    else:
        fact = told.LetterUnknown if answer.state == mailing.UNKNOWN else told.LetterFailed
        write(actor, fact(letter.pk, title=title), about=records)


def _signer(letter: Letter, now: datetime) -> Actor:
    """Whoever wrote it; the house for somebody who has left since."""
    if letter.written_by_id is not None:
        try:
            return actor_of(letter.written_by_id, now)
        except NotFound:
            pass
    return Actor.system("letters", now)


def _records(actor: Actor, letter: Letter) -> list[Mentionable]:
    records: list[Mentionable] = [letter.person]
    if letter.about_id is not None:
        try:
            records.append(kinds.open_record(Actor.system("letters", actor.now), letter.about_kind, letter.about_id))
        except Answer:
            pass  # in the bin meanwhile, or a lead, which shows its person's timeline: the letter was to the person
    return records
