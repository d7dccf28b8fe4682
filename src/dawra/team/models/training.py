"""Training: paths and what they say, who takes them, quizzes answered, role-plays scored, certificates."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id


class TrainingPath(models.Model):
    """Something members learn and show that they can. What it says is in its editions.

    roles, teams: ids (text) of whom it is meant for; [] in both = whoever likes
    draft: what it is going to say (drafts.kept), read by those who write it; None = nothing is being changed
    published_at: learners see it since; None = not yet, and its only edition is the empty number 0
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    about_ar = models.TextField(blank=True)
    roles = models.JSONField(default=list)
    teams = models.JSONField(default=list)
    is_starter = models.BooleanField(default=False)
    draft = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    kind = "training_path"

    def __str__(self) -> str:
        return self.name


class TrainingEdition(models.Model):
    """What a path said at one time; never changed. The last one is in force.

    content: see learning.Content: lessons, questions, scenario, rubric. What is worded anew keeps its key.
    pass_bp: share of questions to answer rightly, in basis points. attempts: a quiz may be tried; 0 = any number
    rubric_pass: mean of all marks a role-play has to reach, in tenths (30 = 3.0 of 5)
    valid_months: how long a certificate holds; 0 = for good
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    path = models.ForeignKey(TrainingPath, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    pass_bp = models.PositiveIntegerField(default=8000)
    attempts = models.PositiveSmallIntegerField(default=3)
    rubric_pass = models.PositiveSmallIntegerField(default=30)
    valid_months = models.PositiveSmallIntegerField(default=12)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "number"], name="training_edition_once")]

    def __str__(self) -> str:
        return f"{self.path_id} {self.number}"


class Enrolment(models.Model):
    """A member takes a path. more_attempts: granted beyond what the edition allows."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    path = models.ForeignKey(TrainingPath, on_delete=models.CASCADE, related_name="enrolments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    more_attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "member"], name="enrolled_once")]

    def __str__(self) -> str:
        return f"{self.member_id} → {self.path_id}"


class LessonRead(models.Model):
    """A lesson, by its key, was worked through."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="lessons_read")
    lesson = models.CharField(max_length=12)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_read_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} ✓ {self.lesson}"


class QuizAttempt(models.Model):
    """One try of a quiz. answers: {question key: [option keys]}. score_bp: None until it is handed in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="attempts")
    edition = models.ForeignKey(TrainingEdition, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)
    score_bp = models.PositiveIntegerField(null=True)
    is_passed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(done_at__isnull=True), name="one_quiz_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.score_bp}"


class RolePlay(models.Model):
    """A learner played a scene; one peer and one manager say how it went.

    words: of the learner, when asking. mean: of all marks of both, in hundredths, None until both have spoken
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="role_plays")
    edition = models.ForeignKey(TrainingEdition, on_delete=models.CASCADE, related_name="+")
    peer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    manager = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    mean = models.PositiveIntegerField(null=True)
    is_passed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=models.Q(done_at__isnull=True, withdrawn_at__isnull=True),
                name="one_role_play_at_a_time",
            ),
            models.CheckConstraint(condition=~models.Q(peer=models.F("manager")), name="two_score_a_role_play"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id}: {self.mean}"


class RolePlayScore(models.Model):
    """What one of the two said. marks: {criterion key: 1…5}. side: peer or manager."""

    PEER, MANAGER = "peer", "manager"

    role_play = models.ForeignKey(RolePlay, on_delete=models.CASCADE, related_name="scores")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    side = models.CharField(max_length=8, choices=[(side, side) for side in (PEER, MANAGER)])
    marks = models.JSONField(default=dict)
    words = models.TextField()
    scored_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role_play", "side"], name="each_side_scores_once")]

    def __str__(self) -> str:
        return f"{self.role_play_id} {self.side}"


class Certificate(models.Model):
    """A member showed what a path asks. expires_on: the last day it holds, None = for good. told_at: that it ends soon."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    path = models.ForeignKey(TrainingPath, on_delete=models.CASCADE, related_name="certificates")
    edition = models.ForeignKey(TrainingEdition, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    issued_at = models.DateTimeField()
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_on = models.DateField(null=True)
    revoked_why = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField(null=True)

    kind = "certificate"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=models.F("issued_on")),
                name="certificate_forward",
            )
        ]
        indexes = [
            models.Index(fields=["member", "path", "-issued_on"], name="certificates_of_member"),
            models.Index(fields=["expires_on"], name="certificates_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.path_id} {self.issued_on}"
