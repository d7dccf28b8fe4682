"""What team keeps of a person sold to. Imported when the room is ready."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from dawra.access.holdings import forgets, holds, impersonal
from dawra.access.joining import moves
from dawra.team.models import Notification, Snooze

impersonal("team.Workspace", "team.Team", "team.Throttle", "team.MailServer", because="of the company that sells")
impersonal(
    "team.Member", "team.Leave", "team.Invitation", "team.CalendarFeed", because="of members, not of the people sold to"
)  # fmt: skip
impersonal("team.Notification", because="an id of an entry; its text is the entry's")
impersonal(
    "team.TrainingPath", "team.TrainingEdition", "team.Enrolment", "team.LessonRead", "team.QuizAttempt",
    "team.RolePlay", "team.RolePlayScore", "team.Certificate", because="what members learn, not the people sold to",
)  # fmt: skip
impersonal("team.SavedView", because="what a member filters lists by")
moves(Notification, "record_id", kind_column="record_kind")
moves(Snooze, "subject_id", once=("member_id", "reason"), kind_column="subject_kind")


@holds(Snooze)
def snoozes(person_id: UUID) -> QuerySet[Any]:
    return Snooze.objects.filter(subject_id=person_id)


@forgets(Snooze)
def drop_snoozes(person_id: UUID, now: datetime) -> None:
    snoozes(person_id).delete()
