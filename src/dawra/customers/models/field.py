"""Custom fields without code: a definition is data, its values stand in each record's `custom`."""

from django.db import models

from dawra.access.ids import new_id

FIELD_TYPES = ("text", "long_text", "number", "money", "date", "choice", "choices", "yes_no", "person", "link")


class FieldDef(models.Model):
    """key never changes, so renaming loses nothing; archiving hides the field and keeps its values.

    options: [{"code": "gold", "name": "Gold", "name_ar": "ذهبي", "archived": false}, …]
    required_at: stage codes (deals) or lifecycle codes (people, companies) from which on a value is required
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20, choices=[(k, k) for k in ("person", "company", "deal")])
    key = models.CharField(max_length=20, unique=True, editable=False)
    type = models.CharField(max_length=10, choices=[(t, t) for t in FIELD_TYPES])
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    hint = models.CharField(max_length=200, blank=True)
    options = models.JSONField(default=list)
    required_at = models.JSONField(default=list)
    searchable = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    kind = "field"

    def __str__(self) -> str:
        return self.name
