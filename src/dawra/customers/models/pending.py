"""What imported rows refer to and what has not come in yet."""

from django.db import models


class PendingLink(models.Model):
    """A record of one system waits for another one of it: a contact whose account's row has not come yet.

    wants_kind, wants_id: the record waited for, as ExternalId will know it
    what:      who joins the two once it is here (importing/pending.py): "person.company", "deal.person", …
    record_id: the record that waits. facts: plain values the joining needs
    """

    system = models.CharField(max_length=40)
    wants_kind = models.CharField(max_length=20)
    wants_id = models.CharField(max_length=200)
    what = models.CharField(max_length=40)
    record_id = models.UUIDField()
    facts = models.JSONField(default=dict)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "wants_kind", "wants_id", "what", "record_id"], name="pending_link_once"
            )
        ]
        indexes = [models.Index(fields=["record_id"], name="pending_link_record")]

    def __str__(self) -> str:
        return f"{self.what} of {self.record_id} waits for {self.wants_kind} {self.wants_id}"
