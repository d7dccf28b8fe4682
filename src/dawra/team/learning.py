"""What a training path says, and how a quiz and a role-play are judged: on plain values. Pure.

A right answer is known to Option.right only; what a page gets before it is given is Question.asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

LEAST_MARK, BEST_MARK = 1, 5
WHOLE = 10_000  # basis points
SOON_DAYS = 30  # a certificate that ends within these is told of


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages, as it is shown: in the reader's if it is there."""

    name: str
    name_ar: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """text: Markdown. video: an https address, "" for none."""

    key: str
    name: str
    name_ar: str = ""
    text: str = ""
    text_ar: str = ""
    video: str = ""

    @property
    def shown(self) -> Words:
        return Words(self.text, self.text_ar)


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    name: str
    name_ar: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """many: more than one may be right. why: said once it has been answered."""

    key: str
    name: str
    name_ar: str = ""
    many: bool = False
    options: tuple[Option, ...] = ()
    why: str = ""
    why_ar: str = ""

    @property
    def right(self) -> frozenset[str]:
        return frozenset(one.key for one in self.options if one.right)

    def is_right(self, given: Sequence[str]) -> bool:
        """Exactly the right ones: one too many is as wrong as one too few."""
        return bool(given) and frozenset(given) == self.right


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a role-play is marked on. weight: against the other points; only the proportion counts."""

    key: str
    name: str
    name_ar: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Content:
    lessons: tuple[Lesson, ...] = ()
    questions: tuple[Question, ...] = ()
    scenario: str = ""
    scenario_ar: str = ""
    rubric: tuple[Point, ...] = ()

    def lesson(self, key: str) -> Lesson | None:
        return next((one for one in self.lessons if one.key == key), None)

    @property
    def is_empty(self) -> bool:
        return not (self.lessons or self.questions or self.rubric)

    @property
    def weights(self) -> dict[str, int]:
        return {one.key: one.weight for one in self.rubric}

    @property
    def is_weighted(self) -> bool:
        return len(set(self.weights.values())) > 1


@dataclass(frozen=True, slots=True)
class PathSaid:
    """What a path says. content: pieces without a key are new. roles, teams: whom it is meant for.

    pass_bp: basis points. attempts: 0 = any number. rubric_pass: tenths of 1…5. valid_months: 0 = for good
    """

    name: str
    name_ar: str = ""
    about: str = ""
    about_ar: str = ""
    roles: tuple[UUID, ...] = ()
    teams: tuple[UUID, ...] = ()
    content: Content = Content()
    pass_bp: int = 8000
    attempts: int = 3
    rubric_pass: int = 30
    valid_months: int = 12


def content_of(kept: Mapping[str, Any]) -> Content:
    """From what an edition keeps."""
    return Content(
        tuple(Lesson(**one) for one in kept.get("lessons", ())),
        tuple(
            Question(**{**one, "options": tuple(Option(**option) for option in one["options"])})
            for one in kept.get("questions", ())
        ),
        kept.get("scenario", ""),
        kept.get("scenario_ar", ""),
        tuple(Point(**one) for one in kept.get("rubric", ())),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is put: nothing of it says what is right. options: (key, name, Arabic name), shuffled."""

    key: str
    name: str
    name_ar: str
    many: bool
    options: tuple[Point, ...]


def asked(question: Question, seed: str) -> Asked:
    """The same order whenever this attempt is opened, another in the next."""
    order = sorted(question.options, key=lambda one: sha256(f"{seed}:{question.key}:{one.key}".encode()).digest())
    options = tuple(Point(one.key, one.name, one.name_ar) for one in order)
    return Asked(question.key, question.name, question.name_ar, question.many, options)


def score_bp(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> int:
    """Share of questions answered rightly, in basis points, rounded down; 0 for no questions."""
    right = sum(one.is_right(answers.get(one.key, ())) for one in questions)
    return right * WHOLE // len(questions) if questions else 0


def attempts_left(allowed: int, more: int, used: int) -> int | None:
    """None: any number."""
    return None if allowed == 0 else max(0, allowed + more - used)


def mean_of(marks: Sequence[Mapping[str, int]], weights: Mapping[str, int] | None = None) -> int:
    """Of all marks of all who gave some, in hundredths, rounded half up. weights: by point; who is not in it weighs 1."""
    every = [(mark, (weights or {}).get(key, 1)) for one in marks for key, mark in one.items()]
    whole = sum(weight for _mark, weight in every)
    return (200 * sum(mark * weight for mark, weight in every) + whole) // (2 * whole) if whole else 0


def reaches(mean: int, rubric_pass: int) -> bool:
    """mean in hundredths, rubric_pass in tenths."""
    return mean >= rubric_pass * 10


def last_day(issued_on: date, valid_months: int) -> date | None:
    """The last day a certificate holds: the same day that many months on, or the month's last; None = for good."""
    if not valid_months:
        return None
    years, month = divmod(issued_on.month - 1 + valid_months, 12)
    year, month = issued_on.year + years, month + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(issued_on.day, (after - date(year, month, 1)).days))


def hundredths(value: int, *, signed: bool = False) -> str:
    """345 → "3.45"; with its sign, as a gap is read: -50 → "-0.50", 50 → "+0.50"."""
    sign = "-" if value < 0 else "+" if signed and value else ""
    return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"


@dataclass(frozen=True, slots=True)
class Done:
    """What a member has of one path since the last certificate (lessons: ever)."""

    lessons: frozenset[str] = frozenset()
    quiz_passed: bool = False
    role_play_passed: bool = False


def missing(content: Content, done: Done) -> tuple[str, ...]:
    """What still stands between a member and the certificate: of lessons, quiz, role_play."""
    found = []
    if {one.key for one in content.lessons} - done.lessons:
        found.append("lessons")
    if content.questions and not done.quiz_passed:
        found.append("quiz")
    if content.rubric and not done.role_play_passed:
        found.append("role_play")
    return tuple(found)


def is_meant_for(roles: Sequence[str], teams: Sequence[str], role_id: str, team_ids: Sequence[str]) -> bool:
    """Whether somebody of that role, below those teams (own one and all above), should take a path; no to "whoever likes"."""
    return role_id in roles or bool(set(teams) & set(team_ids))
