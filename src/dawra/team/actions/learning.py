"""Taking a path: lessons worked through, the quiz, and the certificate that follows from having shown everything."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.journal.actions import write
from dawra.journal.catalogue import training as told
from dawra.journal.jobs import job
from dawra.journal.models import Entry
from dawra.team import learning
from dawra.team.models import Certificate, Enrolment, LessonRead, Member, QuizAttempt, TrainingPath
from dawra.team.queries.people import today
from dawra.team.queries.progress import Progress, Version, progress, version_of

LONGEST_WHY = 300
MOST_TOLD = 500


@transaction.atomic
def read_lesson(
    actor: Actor, *, path_id: UUID, lesson: str, read: bool = True, cause: Entry | None = None
) -> Entry | None:
    """A lesson is worked through, or shall be once more. Who has not begun the path has now. None if it stands so already.

    Writes:  team.lesson_read.1 or team.lesson_unread.1, and team.certificate_issued.1 if that was the last thing missing
    Raises:  Refused, NotFound
    """
    path, said = taking(actor, path_id)
    piece = said.content.lesson(lesson)
    if piece is None:
        raise NotFound()
    row = enrol(actor, path)
    far = where(actor, said)
    if (lesson in far.lessons) == read:
        return None
    facts = (path.pk, path.name, lesson, piece.name or piece.name_ar)
    if not read:
        LessonRead.objects.filter(enrolment=row, lesson=lesson).delete()
        return write(actor, told.LessonUnread(*facts), about=[path], cause=cause)
    LessonRead.objects.update_or_create(enrolment=row, lesson=lesson, defaults={"read_at": actor.now})
    entry = write(actor, told.LessonRead(*facts), about=[path], cause=cause)
    certify(actor, row, entry)
    return entry


@transaction.atomic
def begin_quiz(actor: Actor, *, path_id: UUID) -> QuizAttempt:
    """Open the quiz; one that is open already is gone on with.

    Writes:  team.quiz_begun.1 (nothing if one was open)
    Raises:  Refused, NotFound (also where there is no quiz), Conflict (passed already, or no attempt left)
    """
    path, said = taking(actor, path_id)
    if not said.content.questions:
        raise NotFound()
    row = enrol(actor, path)
    is_open = QuizAttempt.objects.filter(enrolment=row, done_at__isnull=True).first()
    if is_open is not None:
        return is_open
    far = where(actor, said)
    if far.quiz_passed:
        raise Conflict(_("You have passed this quiz already."))
    if far.left == 0:
        raise Conflict(_("There is no attempt left. Whoever leads you can give you another one."))
    attempt = QuizAttempt(enrolment=row, edition_id=said.id, begun_at=actor.now)
    try:
        with transaction.atomic():
            attempt.save(force_insert=True)
    except IntegrityError:  # opened twice at the same moment
        return QuizAttempt.objects.get(enrolment=row, done_at__isnull=True)
    write(actor, told.QuizBegun(path.pk, path.name, attempt.pk), about=[path])
    return attempt


@transaction.atomic
def hand_in(actor: Actor, *, attempt_id: UUID, answers: Mapping[str, Sequence[str]]) -> QuizAttempt:
    """Give the answers of an open quiz, once. A question left out counts as not known.

    answers: {question key: [option keys]}
    Writes:  team.quiz_passed.1 or team.quiz_failed.1, and team.certificate_issued.1 if that was the last thing missing
    Raises:  Refused, NotFound, Invalid (an answer that is not offered), Conflict (handed in already)
    """
    actor.must("team.read")
    rows = QuizAttempt.objects.select_related("edition", "enrolment__path")
    attempt = rows.filter(pk=attempt_id, enrolment__member=actor.member_id).first()
    if attempt is None:
        raise NotFound()
    said, path = version_of(attempt.edition), attempt.enrolment.path
    given = _given(said, answers)
    score = learning.score_bp(said.content.questions, given)
    passed = score >= said.pass_bp
    values = {"answers": given, "score_bp": score, "is_passed": passed, "done_at": actor.now}
    if not QuizAttempt.objects.filter(pk=attempt.pk, done_at__isnull=True).update(**values):
        raise Conflict(_("These answers were handed in already."))
    fact = (told.QuizPassed if passed else told.QuizFailed)(path.pk, path.name, attempt.pk, score)
    entry = write(actor, fact, about=[path])
    if passed:
        certify(actor, attempt.enrolment, entry)
    return QuizAttempt.objects.get(pk=attempt.pk)


@transaction.atomic
def allow_another_attempt(actor: Actor, *, path_id: UUID, member_id: UUID) -> Entry:
    """Whoever leads a member gives them one more attempt at the quiz.

    Writes:  team.quiz_allowed_again.1
    Raises:  Refused, NotFound, Conflict (attempts are left)
    """
    actor.must("team.train")
    row = _led(actor, path_id, member_id)
    said = version_of(row.path.editions.order_by("-number")[0])
    far = progress([said], [member_id], today(actor), whole=False)[path_id, member_id]
    if far.left != 0 or far.quiz_passed:
        raise Conflict(_("There is an attempt left, or none is needed."))
    row.more_attempts += 1
    row.save(update_fields=["more_attempts"])
    fact = told.QuizAllowedAgain(path_id, row.path.name, member_id, row.member.name)
    return write(actor, fact, about=[row.path, row.member])


@transaction.atomic
def revoke_certificate(actor: Actor, *, certificate_id: UUID, why: str, cause: Entry | None = None) -> Entry | None:
    """Take a certificate away from today on, and say why. None if it was taken away already.

    Writes:  team.certificate_revoked.1
    Raises:  Refused, NotFound, Invalid
    """
    actor.must("team.train")
    row = _certificate(actor, certificate_id)
    why = why.strip()
    if not why or len(why) > LONGEST_WHY:
        raise Invalid(_("Say why, in at most %(most)s characters."), field="why", most=LONGEST_WHY)
    values = {
        "revoked_at": actor.now, "revoked_on": today(actor), "revoked_by_id": actor.member_id, "revoked_why": why,
    }  # fmt: skip
    if not Certificate.objects.filter(pk=row.pk, revoked_at__isnull=True).update(**values):
        return None
    fact = told.CertificateRevoked(row.path_id, row.path.name, row.pk, row.member_id, why, row.member.name)
    return write(actor, fact, about=[row.path, row.member], cause=cause)


@transaction.atomic
def restore_certificate(actor: Actor, *, certificate_id: UUID, cause: Entry | None = None) -> Entry | None:
    """A certificate that was taken away holds again. None if it was not taken away.

    Writes:  team.certificate_restored.1
    Raises:  Refused, NotFound
    """
    actor.must("team.train")
    row = _certificate(actor, certificate_id)
    nothing = {"revoked_at": None, "revoked_on": None, "revoked_by_id": None, "revoked_why": ""}
    if not Certificate.objects.filter(pk=row.pk, revoked_at__isnull=False).update(**nothing):
        return None
    fact = told.CertificateRestored(row.path_id, row.path.name, row.pk, row.member_id, row.member.name)
    return write(actor, fact, about=[row.path, row.member], cause=cause)


def tell_of_ending(now: datetime) -> int:
    """Whoever holds a certificate that ends within a month is told, once. How many were told.

    Writes:  team.certificate_ending.1 each
    """
    actor = Actor.system("certificates", now)
    soon = today(actor) + timedelta(days=learning.SOON_DAYS)
    rows = Certificate.objects.filter(
        expires_on__range=(today(actor), soon), revoked_at__isnull=True, told_at__isnull=True
    )
    rows = rows.filter(path__archived_at__isnull=True, member__is_active=True).select_related("path", "member")
    told_now = 0
    for row in rows.order_by("expires_on", "id")[:MOST_TOLD]:
        with transaction.atomic():
            later = Certificate.objects.filter(path=row.path_id, member=row.member_id, issued_at__gt=row.issued_at)
            if not Certificate.objects.filter(pk=row.pk, told_at__isnull=True).update(told_at=now) or later.exists():
                continue
            assert row.expires_on is not None
            fact = told.CertificateEnding(
                row.path_id, row.path.name, row.pk, row.member_id, row.expires_on.isoformat(), row.member.name
            )
            write(actor, fact, about=[row.path, row.member])
            told_now += 1
    return told_now


@job("team.certificates", every_minutes=60)
def tell_of_ending_certificates(now: datetime) -> None:
    tell_of_ending(now)


def certify(actor: Actor, row: Enrolment, cause: Entry) -> Certificate | None:
    """Part of each act that may have been the last thing missing: issue the certificate if so."""
    said = version_of(row.path.editions.order_by("-number")[0])
    on = today(actor)
    far = progress([said], [row.member_id], on, whole=False)[row.path_id, row.member_id]
    if far.missing or row.path.archived_at is not None:
        return None
    certificate = Certificate(
        path=row.path, edition_id=said.id, member_id=row.member_id, issued_at=actor.now, issued_on=on,
        expires_on=learning.last_day(on, said.valid_months),
    )  # fmt: skip
    certificate.save(force_insert=True)
    until = certificate.expires_on.isoformat() if certificate.expires_on else None
    member = Member.objects.get(pk=row.member_id)
    fact = told.CertificateIssued(row.path_id, row.path.name, certificate.pk, member.pk, until, member.name)
    write(actor, fact, about=[row.path, member], cause=cause)
    return certificate


def taking(actor: Actor, path_id: UUID) -> tuple[TrainingPath, Version]:
    actor.must("team.read")
    path = TrainingPath.objects.filter(pk=path_id, archived_at__isnull=True, published_at__isnull=False).first()
    if path is None or actor.member_id is None:
        raise NotFound()
    return path, version_of(path.editions.order_by("-number")[0])


def enrol(actor: Actor, path: TrainingPath) -> Enrolment:
    row, _new = Enrolment.objects.get_or_create(
        path=path, member=_me(actor), defaults={"begun_at": actor.now}
    )  # fmt: skip
    return row


def _me(actor: Actor) -> Member:
    found: Member | None = Member.objects.filter(pk=actor.member_id, is_active=True).first()
    if found is None:
        raise NotFound()
    return found


def where(actor: Actor, said: Version) -> Progress:
    assert actor.member_id is not None
    return progress([said], [actor.member_id], today(actor), whole=False)[said.path_id, actor.member_id]


def _given(said: Version, answers: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    offered = {one.key: {option.key for option in one.options} for one in said.content.questions}
    for key, chosen in answers.items():
        if key not in offered or not set(chosen) <= offered[key]:
            raise Invalid(_("Choose from the answers that are offered."), field="answers")
    return {key: sorted(set(chosen)) for key, chosen in answers.items() if chosen}


def _led(actor: Actor, path_id: UUID, member_id: UUID) -> Enrolment:
    """Of somebody the actor sees and is not."""
    rows = Enrolment.objects.select_related("path", "member").filter(path_id=path_id, member_id=member_id)
    row = rows.first() if _leads(actor, member_id) else None
    if row is None:
        raise NotFound()
    return row


def _certificate(actor: Actor, certificate_id: UUID) -> Certificate:
    row = Certificate.objects.select_related("path", "member").filter(pk=certificate_id).first()
    if row is None or not _leads(actor, row.member_id):
        raise NotFound()
    return row


def _leads(actor: Actor, member_id: UUID) -> bool:
    return actor.member_id != member_id and (actor.sees is None or member_id in actor.sees)
