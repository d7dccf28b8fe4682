"""Tables of team, by noun."""

from dawra.team.models.calendar import CalendarFeed
from dawra.team.models.company import (
    Invitation,
    Leave,
    MailServer,
    Member,
    MemberManager,
    Notification,
    SavedView,
    Snooze,
    Team,
    Throttle,
    Workspace,
)
from dawra.team.models.training import (
    Certificate,
    Enrolment,
    LessonRead,
    QuizAttempt,
    RolePlay,
    RolePlayScore,
    TrainingEdition,
    TrainingPath,
)

__all__ = [
    "CalendarFeed",
    "Certificate",
    "Enrolment",
    "Invitation",
    "Leave",
    "LessonRead",
    "MailServer",
    "Member",
    "MemberManager",
    "Notification",
    "QuizAttempt",
    "RolePlay",
    "RolePlayScore",
    "SavedView",
    "Snooze",
    "Team",
    "Throttle",
    "TrainingEdition",
    "TrainingPath",
    "Workspace",
]
