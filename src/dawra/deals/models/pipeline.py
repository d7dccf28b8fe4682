"""Pipelines as data, in versions: a deal keeps the version it entered."""

from django.db import models

from dawra.access.ids import new_id

OPEN, WON, LOST = "open", "won", "lost"
CRITERION_SORTS = ("field", "activity", "box", "qualified", "playbook", "certificate")


class Pipeline(models.Model):
    """framework: by which its deals are qualified, if they are."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    is_default = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)
    framework = models.ForeignKey(
        "deals.Framework", null=True, blank=True, on_delete=models.PROTECT, related_name="pipelines"
    )

    kind = "pipeline"

    def __str__(self) -> str:
        return self.name


class PipelineVersion(models.Model):
    """One drawing of a pipeline's stages. Once a deal has entered, its stages no longer change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pipeline = models.ForeignKey(Pipeline, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pipeline", "number"], name="pipeline_version_once")]

    def __str__(self) -> str:
        return f"{self.pipeline_id} v{self.number}"


class Stage(models.Model):
    """code is the same in every version of a pipeline; code asks only `type`, names are the customer's.

    probability_bp: basis points, 10000 = certain
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.ForeignKey(PipelineVersion, on_delete=models.PROTECT, related_name="stages")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    type = models.CharField(max_length=4, choices=[(t, t) for t in (OPEN, WON, LOST)], default=OPEN)
    position = models.PositiveSmallIntegerField()
    probability_bp = models.PositiveSmallIntegerField(default=0)
    stalled_after_days = models.PositiveSmallIntegerField(default=14)
    forecast_category = models.CharField(max_length=10, default="pipeline")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="stage_code_once"),
            models.CheckConstraint(condition=models.Q(probability_bp__lte=10000), name="stage_probability"),
        ]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    """What should be true before a deal leaves a stage forward.

    sort:   field (detail = name of a filled field), activity (detail = what kind was logged), box (ticked by hand),
            qualified (detail = the least score), playbook, certificate (detail = the training path's id)
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="criteria")
    sort = models.CharField(max_length=12, choices=[(s, s) for s in CRITERION_SORTS])
    detail = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=160)
    name_ar = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class OutcomeReason(models.Model):
    """Why deals are won or lost, coded."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    outcome = models.CharField(max_length=4, choices=[(WON, WON), (LOST, LOST)])
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "code"], name="reason_once")]

    def __str__(self) -> str:
        return self.name
