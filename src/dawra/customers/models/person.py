"""People: one record for life, from the first touch on."""

from django.db import models

from dawra.access.record import Record


class Person(Record):
    """A human being we may sell to, with the name as first written and, if known, in Arabic script."""

    kind = "person"

    name = models.CharField(max_length=200)
    name_ar = models.CharField(max_length=200, blank=True)
    folded = models.CharField(max_length=420, editable=False, help_text="Both names, folded for search and sorting.")
    title = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, blank=True)
    time_zone = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    source = models.CharField(max_length=80, blank=True)
    lifecycle = models.CharField(max_length=30, default="subscriber")
    lifecycle_since = models.DateTimeField()
    last_activity_at = models.DateTimeField(null=True)
    custom = models.JSONField(
        default=dict, help_text="Custom fields by FieldDef.key; see customers/rules.py for how each is typed."
    )
    is_sample = models.BooleanField(default=False)
    erased_at = models.DateTimeField(
        null=True, help_text="Forgotten on request; nothing but what figures need is left."
    )

    class Meta:
        indexes = [
            models.Index(fields=["folded", "id"], condition=models.Q(deleted_at__isnull=True), name="person_by_name"),
            models.Index(
                fields=["-created_at", "-id"], condition=models.Q(deleted_at__isnull=True), name="person_newest"
            ),
            models.Index(
                fields=["-updated_at", "-id"], condition=models.Q(deleted_at__isnull=True), name="person_touched"
            ),
            models.Index(fields=["owner", "-created_at", "-id"], name="person_owner"),
            models.Index(fields=["lifecycle", "-created_at", "-id"], name="person_lifecycle"),
            models.Index(fields=["country", "-created_at", "-id"], name="person_country"),
            # Those of one stage, or of one country, by name, without sorting them all for fifty rows.
            models.Index(
                fields=["lifecycle", "folded", "id"],
                condition=models.Q(deleted_at__isnull=True),
                name="person_lifecycle_by_name",
            ),
            models.Index(
                fields=["country", "folded", "id"],
                condition=models.Q(deleted_at__isnull=True),
                name="person_country_by_name",
            ),
        ]

    def __str__(self) -> str:
        return self.name
