"""How files with certain headings were read before, so that nobody is asked the same again."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id


class SavedMapping(models.Model):
    """One answer to "what do these columns mean", for everybody who imports here.

    fingerprint: of the headings in any order, with the part; see importing/remembered.py
    plan:        as on ImportFile; its columns are found again by their headings
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    system = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    fingerprint = models.CharField(max_length=32)
    plan = models.JSONField(default=dict)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    kind = "saved_mapping"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fingerprint", "part"], name="saved_mapping_once")]
        indexes = [models.Index(fields=["-saved_at", "-id"], name="saved_mapping_newest")]

    def __str__(self) -> str:
        return self.name
