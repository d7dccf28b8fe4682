"""Training of the sample company: two paths, its people at every point of them, and a role-play that waits for the loader.

Ids follow from the path and the member, so that what is the sample's is known when it goes. Part of the sample's own act.
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef

from dawra.access.actor import Actor
from dawra.access.models import Role
from dawra.journal import sampling as journal
from dawra.journal.actions import write_many
from dawra.journal.catalogue import training as told
from dawra.team import learning
from dawra.team.learning import Content
from dawra.team.models import (
    Certificate,
    Enrolment,
    LessonRead,
    Member,
    QuizAttempt,
    RolePlay,
    RolePlayScore,
    TrainingEdition,
    TrainingPath,
)
from dawra.team.queries.people import today
from dawra.team.training_sample_seeds import DEMOS, PRICE
from dawra.team.training_seeds import PathSeed

NAMESPACE = UUID("6c1a2d2b-51a0-4f7e-9a0e-2f6f6c0b7d11")
SEEDS = {uuid5(NAMESPACE, "demos"): DEMOS, uuid5(NAMESPACE, "price"): PRICE}
WRITTEN, BEGUN, ENDS_IN, HELD_FOR, ASKED = 400, 9, 12, 170, 2  # days
WHERE = ("Recorded on Sunday, in the small meeting room.", "سجّلناها بعد ظهر الأحد في غرفة الاجتماعات الصغيرة.")
WORDS = (
    ("Asked what we are compared with at once, and waited. Try next: say the number before it is asked for.",
     "سأل فورًا بماذا نُقارَن، وانتظر. جرّب في المرة القادمة: اذكر الرقم قبل أن يُسأل عنه."),
    ("Good trade at the end. The first discount came too early.", "مبادلة حسنة في النهاية. لكن الخصم الأول جاء مبكرًا."),
)  # fmt: skip


def write(actor: Actor, now: datetime) -> None:
    """About 40 queries. Paths that are there already, because somebody made them their own, stay as they are."""
    actor.must("workspace.operate")
    reps = list(Member.objects.filter(is_sample=True, role__code="rep").select_related("team").order_by("id"))
    leads = {one.team_id: one for one in Member.objects.filter(is_sample=True, role__code="manager")}
    for path_id, seed in SEEDS.items():
        if TrainingPath.objects.filter(pk=path_id).exists() or not reps:
            continue
        said = _Said(actor, path_id, seed, now)
        for place, member in enumerate(reps):
            peer, lead = reps[place - 1], leads.get(member.team_id)
            said.learner(member, place, peer, lead)
        said.keep()


def take_out() -> None:
    """What somebody of the company itself has begun or written anew is theirs; everything else goes. About 30 queries."""
    members = list(Member.objects.filter(is_sample=True).values_list("id", flat=True))
    begun = Enrolment.objects.filter(path=OuterRef("pk"), member__is_sample=False)
    written = TrainingEdition.objects.filter(path=OuterRef("pk"), number__gt=1)
    rows = TrainingPath.objects.filter(pk__in=SEEDS, draft__isnull=True).filter(~Exists(begun), ~Exists(written))
    gone = list(rows.values_list("pk", flat=True))
    journal.take_out([*gone, *members])
    TrainingPath.objects.filter(pk__in=gone).delete()


class _Said:
    """One path with those who take it, gathered and then kept at once."""

    def __init__(self, actor: Actor, path_id: UUID, seed: PathSeed, now: datetime) -> None:
        self.actor, self.now, self.on = actor, now, today(actor)
        at = now - timedelta(days=WRITTEN)
        roles = [str(pk) for pk in Role.objects.filter(code="rep").values_list("pk", flat=True)]
        self.path = TrainingPath(
            id=path_id, roles=roles, created_at=at, created_by_id=actor.member_id, published_at=at, **seed.own()
        )
        self.edition = TrainingEdition(
            id=uuid5(path_id, "1"), path=self.path, number=1, written_at=at, written_by_id=actor.member_id, **seed.edition()
        )  # fmt: skip
        self.content: Content = seed.content
        self.rows: dict[type[Any], list[Any]] = {
            one: [] for one in (Enrolment, LessonRead, QuizAttempt, RolePlay, RolePlayScore, Certificate)
        }
        self.told: dict[UUID | None, list[Any]] = {}
        self.waits = False
        self._tell(actor, told.TrainingPathAdded(path_id, seed.name), at)

    def learner(self, member: Member, place: int, peer: Member, lead: Member | None) -> None:
        """Where somebody stands follows from their place: certified, about to end, under way, failed once, not begun."""
        how = (place + bool(self.content.rubric)) % 5
        if how == 4:
            return
        since = {0: HELD_FOR, 1: 365 - ENDS_IN}.get(how, BEGUN)
        began = self.now - timedelta(days=since + 2, hours=place)
        row = Enrolment(id=uuid5(self.path.pk, str(member.pk)), path=self.path, member=member, begun_at=began)
        self.rows[Enrolment].append(row)
        lessons = self.content.lessons if how != 2 else self.content.lessons[:2]
        signer = Actor(member.pk, member.name, self.now, via="import", everything=True)
        for n, lesson in enumerate(lessons):
            at = began + timedelta(hours=n)
            self.rows[LessonRead].append(LessonRead(enrolment=row, lesson=lesson.key, read_at=at))
            self._tell(signer, told.LessonRead(self.path.pk, self.path.name, lesson.key, lesson.name), at)
        if how == 2:
            return
        passed = how != 3 or bool(self.content.rubric)
        self._quiz(signer, row, began + timedelta(hours=5), passed=passed)
        if self.content.rubric and lead is not None:
            self._role_play(signer, row, peer, lead, done=how in (0, 1))
        if how in (0, 1) and (lead is not None or not self.content.rubric):
            self._certificate(signer, member, began + timedelta(days=2))

    def _quiz(self, signer: Actor, row: Enrolment, at: datetime, *, passed: bool) -> None:
        questions = self.content.questions
        answers = {one.key: sorted(one.right) for one in questions[(0 if passed else 2) :]}
        score = learning.score_bp(questions, answers)
        attempt = QuizAttempt(
            id=uuid5(row.pk, "quiz"), enrolment=row, edition=self.edition, begun_at=at, answers=answers, score_bp=score,
            done_at=at + timedelta(minutes=7), is_passed=passed,
        )  # fmt: skip
        self.rows[QuizAttempt].append(attempt)
        fact = (told.QuizPassed if passed else told.QuizFailed)(self.path.pk, self.path.name, attempt.pk, score)
        self._tell(signer, fact, at + timedelta(minutes=7))

    def _role_play(self, signer: Actor, row: Enrolment, peer: Member, lead: Member, *, done: bool) -> None:
        """One that is not done waits for whoever loads the sample; there is one only."""
        manager_id = lead.pk if done else self.actor.member_id
        if manager_id is None or (self.waits and not done):
            return
        asked = row.begun_at + timedelta(days=1) if done else self.now - timedelta(days=ASKED)
        arabic = bool(row.pk.int % 2)
        marks = [{one.key: 4 - (n + place) % 2 for n, one in enumerate(self.content.rubric)} for place in range(2)]
        mean = learning.mean_of(marks, self.content.weights)
        play = RolePlay(
            id=uuid5(row.pk, "play"), enrolment=row, edition=self.edition, peer=peer, manager_id=manager_id, asked_at=asked,
            words=WHERE[arabic],
            done_at=asked + timedelta(days=1) if done else None, mean=mean if done else None, is_passed=done,
        )  # fmt: skip
        self.rows[RolePlay].append(play)
        said = ((RolePlayScore.PEER, peer.pk), (RolePlayScore.MANAGER, manager_id))
        for place, (side, member_id) in enumerate(said if done else said[:1]):
            self.rows[RolePlayScore].append(
                RolePlayScore(
                    role_play=play, member_id=member_id, side=side, marks=marks[place], words=WORDS[place][arabic],
                    scored_at=asked + timedelta(hours=3 + place),
                )
            )  # fmt: skip
        self.waits = self.waits or not done
        name = lead.name if done else self.actor.name
        fact = told.RolePlayAsked(self.path.pk, self.path.name, play.pk, peer.pk, manager_id, peer.name, name)
        self._tell(signer, fact, asked)

    def _certificate(self, signer: Actor, member: Member, at: datetime) -> None:
        issued_on: date = self.on - (self.now - at)
        until = learning.last_day(issued_on, self.edition.valid_months)
        row = Certificate(
            id=uuid5(self.path.pk, f"held {member.pk}"), path=self.path, edition=self.edition, member=member, issued_at=at,
            issued_on=issued_on, expires_on=until,
        )  # fmt: skip
        self.rows[Certificate].append(row)
        ends = until.isoformat() if until else None
        fact = told.CertificateIssued(self.path.pk, self.path.name, row.pk, member.pk, ends, member.name)
        self._tell(signer, fact, at, member)

    def _tell(self, signer: Actor, fact: Any, at: datetime, member: Member | None = None) -> None:
        about = [self.path] if member is None else [self.path, member]
        self.told.setdefault(signer.member_id, [signer]).append((fact, about, at))

    def keep(self) -> None:
        self.path.save(force_insert=True)
        self.edition.save(force_insert=True)
        for model, rows in self.rows.items():
            model.objects.bulk_create(rows)
        for signer, *facts in self.told.values():
            write_many(signer, facts)
