"""How far the sample company has been loaded or removed."""

from django.db import models


class SampleRun(models.Model):
    """The one run of the sample. step: how many steps are done; each is one transaction that moves it on.

    now: the moment two years of history lead up to; with seed it decides the whole sample.
    kept: what stayed because the user's own records need it
    """

    ADDING, THERE, REMOVING = "adding", "there", "removing"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    state = models.CharField(max_length=8, choices=[(s, s) for s in (ADDING, THERE, REMOVING)])
    seed = models.PositiveIntegerField()
    now = models.DateTimeField()
    member_id = models.UUIDField(null=True)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    kept = models.JSONField(default=dict)
    moved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_sample")]

    def __str__(self) -> str:
        return f"{self.state} {self.step}/{self.steps}"
