"""How this company sells, stage by stage, and what was done of it in each deal."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.deals.models.deal import Deal
from dawra.deals.models.pipeline import PipelineVersion
from dawra.deals.models.visit import StageVisit


class Play(models.Model):
    """What a stage's page of the playbook said at one time; never changed. The one written last is in force.

    drawn, code: the drawing of the pipeline it was written for, and the stage's code. A later drawing carries it over by
                 the code, until somebody writes another one there; see queries/plays
    steps:       [{key, name, name_ar, required, by}] in order. A step keeps its key when it is worded anew.
                 by: what meets it by itself, "" = ticked by hand
    material:    [{name, address}]
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    drawn = models.ForeignKey(PipelineVersion, on_delete=models.CASCADE, related_name="plays")
    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    is_starter = models.BooleanField(default=False)
    todo = models.TextField(blank=True)
    todo_ar = models.TextField(blank=True)
    script = models.TextField(blank=True)
    script_ar = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    material = models.JSONField(default=list)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drawn", "code", "number"], name="play_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.number}"


class StepDone(models.Model):
    """A step of the playbook was done in a deal.

    play:  the words under which it was done. visit: to the stage, None if that move was taken back
    by:    what met it by itself, "" = ticked by hand by done_by
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="steps_done")
    code = models.CharField(max_length=40)
    step = models.CharField(max_length=12)
    play = models.ForeignKey(Play, null=True, on_delete=models.SET_NULL, related_name="+")
    visit = models.ForeignKey(StageVisit, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=12, blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deal", "code", "step"], name="step_done_once")]

    def __str__(self) -> str:
        return f"{self.deal_id} ✓ {self.code}/{self.step}"
