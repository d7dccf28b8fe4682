"""Tags: one set of words for all records."""

from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=60)
    folded = models.CharField(max_length=60, unique=True, editable=False)

    def __str__(self) -> str:
        return self.name


class Tagging(models.Model):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_id", "tag"], name="tag_once")]
        indexes = [models.Index(fields=["tag", "record_kind", "record_id"], name="tagged_records")]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.record_id}"
