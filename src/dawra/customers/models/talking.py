"""How calls and meetings end: the company's own list, and what it asks of whoever logs one."""

from django.db import models

from dawra.access.ids import new_id

TALKS = ("call", "meeting")


class TalkOutcome(models.Model):
    """One way a call or meeting ends; activities keep its code.

    reached:   somebody was spoken with, so attempts are counted anew
    is_answer: what was hoped for came of it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    what = models.CharField(max_length=8, choices=[(t, t) for t in TALKS])
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    reached = models.BooleanField(default=True)
    is_answer = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "code"], name="talk_outcome_once")]

    def __str__(self) -> str:
        return self.name


class TalkRules(models.Model):
    """What the company asks for. One row, made when it is first changed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    outcome_required = models.BooleanField(default=True)
    next_step_required = models.BooleanField(default=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_talk_rules")]

    def __str__(self) -> str:
        return "rules of calls and meetings"
