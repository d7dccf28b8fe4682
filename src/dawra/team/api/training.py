"""Training paths, how far people are on them, and certificates, for programs."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from dawra.access.contract import (
    Body,
    as_json,
    described,
    list_json,
    no_content,
    parameters_of,
    record_json,
    version_wanted,
)
from dawra.access.register import opens
from dawra.access.requests import SignedRequest
from dawra.team.actions import drafting, learning, training
from dawra.team.learning import WHOLE, Content, Lesson, Option, PathSaid, Point, Question
from dawra.team.queries import training as queries
from dawra.team.queries import training_plain as plain

router = Router(tags=["training"])
READ, TRAIN = described(permission="team.read"), described(permission="team.train")
TAGGED = described(permission="team.train", tagged=True)
KEY = Field(default="", max_length=12)
LINE = Field(default="", max_length=training.LONGEST_LINE)
TEXT = Field(default="", max_length=training.LONGEST_TEXT)


class LessonBody(Body):
    """key: of the lesson it words anew, "" for a new one; the same of every piece. text: Markdown. video: https, or ""."""

    key: str = KEY
    name: str = LINE
    name_ar: str = LINE
    text: str = TEXT
    text_ar: str = TEXT
    video: str = Field(default="", max_length=training.LONGEST_ADDRESS)


class OptionBody(Body):
    key: str = KEY
    name: str = LINE
    name_ar: str = LINE
    right: bool = False


class QuestionBody(Body):
    """many: several may be chosen. why: said once it has been answered."""

    key: str = KEY
    name: str = LINE
    name_ar: str = LINE
    many: bool = False
    options: list[OptionBody] = Field(min_length=2, max_length=training.MOST_OPTIONS)
    why: str = Field(default="", max_length=2 * training.LONGEST_LINE)
    why_ar: str = Field(default="", max_length=2 * training.LONGEST_LINE)


class PointBody(Body):
    key: str = KEY
    name: str = LINE
    name_ar: str = LINE
    weight: int = Field(default=1, ge=1, le=training.MOST_WEIGHT)


class ContentBody(Body):
    """Lessons, quiz and role-play, or only one of them. A role-play needs both a scenario and a rubric."""

    lessons: list[LessonBody] = Field(default=[], max_length=training.MOST_LESSONS)
    questions: list[QuestionBody] = Field(default=[], max_length=training.MOST_QUESTIONS)
    scenario: str = TEXT
    scenario_ar: str = TEXT
    rubric: list[PointBody] = Field(default=[], max_length=training.MOST_POINTS)

    def said(self) -> Content:
        return Content(
            tuple(Lesson(**one.model_dump()) for one in self.lessons),
            tuple(_question(one) for one in self.questions),
            self.scenario,
            self.scenario_ar,
            tuple(Point(**one.model_dump()) for one in self.rubric),
        )


class PathBody(Body):
    """roles, teams: ids of whom it is meant for, [] in both = whoever likes. pass_bp: basis points of the questions.

    attempts: 0 = any number. rubric_pass: tenths of a mark from 1 to 5. valid_months: 0 = for good
    """

    name: str = Field(default="", max_length=training.LONGEST_NAME)
    name_ar: str = Field(default="", max_length=training.LONGEST_NAME)
    about: str = Field(default="", max_length=training.LONGEST_ABOUT)
    about_ar: str = Field(default="", max_length=training.LONGEST_ABOUT)
    roles: list[UUID] = Field(default=[], max_length=50)
    teams: list[UUID] = Field(default=[], max_length=200)
    pass_bp: int = Field(default=8000, ge=1, le=WHOLE)
    attempts: int = Field(default=3, ge=0, le=training.MOST_ATTEMPTS)
    rubric_pass: int = Field(default=30, ge=10, le=50)
    valid_months: int = Field(default=12, ge=0, le=training.LONGEST_MONTHS)
    content: ContentBody

    def said(self) -> PathSaid:
        own: dict[str, Any] = self.model_dump(exclude={"content", "roles", "teams"})
        return PathSaid(**own, roles=tuple(self.roles), teams=tuple(self.teams), content=self.content.said())


class ArchivedBody(Body):
    archived: bool


class ReadBody(Body):
    read: bool = True


class RevokedBody(Body):
    why: str = Field(min_length=1, max_length=learning.LONGEST_WHY)


def _question(one: QuestionBody) -> Question:
    own: dict[str, Any] = one.model_dump(exclude={"options"})
    return Question(**own, options=tuple(Option(**option.model_dump()) for option in one.options))


@router.get(
    "/training/paths", operation_id="list_training_paths", summary="Training paths in use, or put away",
    openapi_extra=READ,
)  # fmt: skip
@opens("team.read")
def list_paths(request: SignedRequest, archived: bool = False) -> HttpResponse:
    archived = archived and request.actor.may("team.train")
    return list_json([plain.head(card) for card in queries.paths(request.actor, archived=archived, drafts=True)], "")


@router.post(
    "/training/paths", operation_id="add_training_path", summary="Write a path; learners read it at once",
    openapi_extra=TRAIN,
)  # fmt: skip
@opens("team.train")
def add_path(request: SignedRequest, body: PathBody) -> HttpResponse:
    made = training.add_path(request.actor, said=body.said())
    found = plain.whole(request.actor, made.pk)
    return record_json(found, status=201, location=f"/api/v1/training/paths/{made.pk}")


@router.get(
    "/training/paths/{path_id}", operation_id="training_path",
    summary="One path with what it teaches; right answers for those who write paths only", openapi_extra=READ,
)  # fmt: skip
@opens("team.read")
def read_path(request: SignedRequest, path_id: UUID) -> HttpResponse:
    return record_json(plain.whole(request.actor, path_id))


@router.put(
    "/training/paths/{path_id}", operation_id="write_training_path",
    summary="Say a path anew, as a new edition; what was learned stays. 409 while somebody drafts it",
    openapi_extra=TAGGED,
)  # fmt: skip
@opens("team.train")
def write_path(request: SignedRequest, path_id: UUID, body: PathBody) -> HttpResponse:
    training.write_path(request.actor, path_id=path_id, said=body.said(), version=version_wanted(request))
    return record_json(plain.whole(request.actor, path_id))


@router.post(
    "/training/paths/{path_id}/archive", operation_id="archive_training_path",
    summary="Put a path away, or bring it back", openapi_extra=TRAIN,
)  # fmt: skip
@opens("team.train")
def archive_path(request: SignedRequest, path_id: UUID, body: ArchivedBody) -> HttpResponse:
    act = training.archive_path if body.archived else training.restore_path
    act(request.actor, path_id=path_id)
    return record_json(plain.whole(request.actor, path_id))


@router.post(
    "/training/paths/{path_id}/publish", operation_id="publish_training_path",
    summary="Publish what was drafted in the browser", openapi_extra=TAGGED,
)  # fmt: skip
@opens("team.train")
def publish_path(request: SignedRequest, path_id: UUID) -> HttpResponse:
    drafting.publish_path(request.actor, path_id=path_id, version=version_wanted(request))
    return record_json(plain.whole(request.actor, path_id))


@router.delete(
    "/training/paths/{path_id}/draft", operation_id="discard_training_draft",
    summary="Forget what was drafted", openapi_extra=TRAIN,
)  # fmt: skip
@opens("team.train")
def discard_draft(request: SignedRequest, path_id: UUID) -> HttpResponse:
    drafting.discard_draft(request.actor, path_id=path_id)
    return no_content()


@router.get(
    "/training/mine", operation_id="list_own_training", summary="How far the caller is on each path, what is due first",
    openapi_extra=READ,
)  # fmt: skip
@opens("team.read")
def mine(request: SignedRequest) -> HttpResponse:
    return list_json([plain.own(card) for card in queries.paths(request.actor)], "")


@router.post(
    "/training/paths/{path_id}/lessons/{lesson}", operation_id="read_training_lesson",
    summary="A lesson is worked through, or shall be again", openapi_extra=READ,
)  # fmt: skip
@opens("team.read")
def read_lesson(request: SignedRequest, path_id: UUID, lesson: str, body: ReadBody) -> HttpResponse:
    learning.read_lesson(request.actor, path_id=path_id, lesson=lesson, read=body.read)
    return as_json(plain.own(queries.path(request.actor, path_id)))


@router.get(
    "/training/paths/{path_id}/assignments", operation_id="list_training_assignments",
    summary="Whom of those the caller leads a path is meant for or who began it, and how far they are",
    openapi_extra=READ,
)  # fmt: skip
@opens("team.read")
def assignments(request: SignedRequest, path_id: UUID) -> HttpResponse:
    return list_json(plain.assignments(request.actor, path_id), "")


@router.get(
    "/training/certificates", operation_id="list_certificates",
    summary="One's own certificates and those of the people one leads",
    openapi_extra=described(permission="team.read", parameters=parameters_of(plain.CERTIFICATES)),
)  # fmt: skip
@opens("team.read")
def certificates(request: SignedRequest) -> HttpResponse:
    return list_json(*plain.certificates(request.actor, plain.CERTIFICATES.parse(request.GET)))


@router.post(
    "/training/certificates/{certificate_id}/revoke", operation_id="revoke_certificate",
    summary="Take a certificate away from today on", openapi_extra=TRAIN,
)  # fmt: skip
@opens("team.train")
def revoke(request: SignedRequest, certificate_id: UUID, body: RevokedBody) -> HttpResponse:
    learning.revoke_certificate(request.actor, certificate_id=certificate_id, why=body.why)
    return no_content()
