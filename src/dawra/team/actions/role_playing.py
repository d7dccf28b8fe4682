"""Role-plays: a learner asks, one colleague and one manager score, and neither sees the other's marks before giving their own."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, NotFound
from dawra.journal.actions import write
from dawra.journal.catalogue import training as told
from dawra.journal.models import Entry
from dawra.team import learning
from dawra.team.actions.learning import certify, enrol, taking, where
from dawra.team.models import Member, RolePlay, RolePlayScore
from dawra.team.queries.progress import version_of
from dawra.team.queries.role_plays import scorers

LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class ScenePlayed:
    """peer_id, manager_id: who is to score. words: when and where, or a link to what was recorded."""

    peer_id: UUID
    manager_id: UUID
    words: str = ""


@transaction.atomic
def ask_role_play(actor: Actor, *, path_id: UUID, said: ScenePlayed) -> RolePlay:
    """Ask a colleague and a manager to score one's role-play.

    Writes:  team.role_play_asked.1
    Raises:  Refused, NotFound, Invalid, Conflict (one waits already, or it was passed)
    """
    path, version = taking(actor, path_id)
    if not version.content.rubric:
        raise NotFound()
    peers, managers = ({one[0] for one in group} for group in scorers(actor))
    if said.manager_id not in managers:
        raise Invalid(_("Choose somebody who leads you."), field="manager")
    if said.peer_id not in peers or said.peer_id == said.manager_id:
        raise Invalid(_("Choose a colleague who is neither you nor the manager."), field="peer")
    words = _words(said.words, needed=False)
    row = enrol(actor, path)
    far = where(actor, version)
    if far.role_play_passed or far.open_role_play:
        raise Conflict(_("A role-play of yours waits for marks already, or was passed."))
    play = RolePlay(
        enrolment=row, edition_id=version.id, peer_id=said.peer_id, manager_id=said.manager_id, words=words,
        asked_at=actor.now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            play.save(force_insert=True)
    except IntegrityError as twice:
        raise Conflict(_("A role-play of yours waits for marks already, or was passed.")) from twice
    names = dict(Member.objects.filter(pk__in=[said.peer_id, said.manager_id]).values_list("id", "name"))
    fact = told.RolePlayAsked(
        path.pk, path.name, play.pk, said.peer_id, said.manager_id, names[said.peer_id], names[said.manager_id]
    )
    write(actor, fact, about=[path])
    return play


@transaction.atomic
def withdraw_role_play(actor: Actor, *, role_play_id: UUID, cause: Entry | None = None) -> Entry | None:
    """Ask no longer, to ask somebody else perhaps. None if it is withdrawn or scored already.

    Writes:  team.role_play_withdrawn.1
    Raises:  Refused, NotFound
    """
    actor.must("team.read")
    play = (
        RolePlay.objects.select_related("enrolment__path")
        .filter(pk=role_play_id, enrolment__member=actor.member_id)
        .first()
    )
    if play is None:
        raise NotFound()
    rows = RolePlay.objects.filter(pk=play.pk, done_at__isnull=True, withdrawn_at__isnull=True)
    if not rows.update(withdrawn_at=actor.now):
        return None
    path = play.enrolment.path
    return write(actor, told.RolePlayWithdrawn(path.pk, path.name, play.pk), about=[path], cause=cause)


@transaction.atomic
def score_role_play(actor: Actor, *, role_play_id: UUID, marks: Mapping[str, int], words: str) -> RolePlay:
    """Say how a role-play went, point by point and in words; with the second one's marks it is decided.

    marks:   {key of a point: 1…5}, every point
    Writes:  team.role_play_scored.1, and team.certificate_issued.1 if that was the last thing missing
    Raises:  Refused, NotFound (who is not asked), Invalid, Conflict (scored already, or withdrawn)
    """
    actor.must("team.read")
    rows = RolePlay.objects.select_related("enrolment__path", "enrolment__member", "edition").select_for_update(
        of=("self",)
    )
    play = rows.filter(pk=role_play_id).first()
    if play is None or actor.member_id not in (play.peer_id, play.manager_id):
        raise NotFound()
    side = RolePlayScore.PEER if actor.member_id == play.peer_id else RolePlayScore.MANAGER
    if play.withdrawn_at or play.done_at or play.scores.filter(side=side).exists():
        raise Conflict(_("This role-play needs no marks of yours any more."))
    version = version_of(play.edition)
    if set(marks) != {one.key for one in version.content.rubric}:
        raise Invalid(_("Give every point a mark."), field="marks")
    if not all(learning.LEAST_MARK <= mark <= learning.BEST_MARK for mark in marks.values()):
        raise Invalid(_("A mark is a whole number from 1 to 5."), field="marks")
    RolePlayScore.objects.create(
        role_play=play, member_id=actor.member_id, side=side, marks=dict(marks), words=_words(words, needed=True),
        scored_at=actor.now,
    )  # fmt: skip
    every = list(play.scores.values_list("marks", flat=True))
    if len(every) == 2:
        play.mean, play.done_at = learning.mean_of(every, version.content.weights), actor.now
        play.is_passed = learning.reaches(play.mean, version.rubric_pass)
        play.save(update_fields=["mean", "done_at", "is_passed"])
    path, member = play.enrolment.path, play.enrolment.member
    fact = told.RolePlayScored(path.pk, path.name, play.pk, member.pk, play.mean, play.is_passed, member.name)
    entry = write(actor, fact, about=[path, member])
    if play.is_passed:
        certify(actor, play.enrolment, entry)
    return play


def _words(text: str, *, needed: bool) -> str:
    text = text.replace("\r\n", "\n").strip()
    if needed and not text:
        raise Invalid(_("Say in a sentence or two what went well and what to try next."), field="words")
    if len(text) > LONGEST_WORDS:
        raise Invalid(_("This holds at most %(most)s characters."), field="words", most=LONGEST_WORDS)
    return text
