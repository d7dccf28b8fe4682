"""Roles, shares and tokens: who may do and see what, as data."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id


class Role(models.Model):
    """A named set of permissions and how far its holders see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=80, blank=True, help_text="Empty: the translated name of the built-in role.")
    permissions = models.JSONField(default=list)
    sees = models.CharField(max_length=8, choices=[("own", "own"), ("team", "team"), ("all", "all")], default="own")
    built_in = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name or self.code


class Share(models.Model):
    """One record opened to one member or one team, and why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    with_kind = models.CharField(max_length=8, choices=[("member", "member"), ("team", "team")])
    with_id = models.UUIDField()
    reason = models.CharField(max_length=300)
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_kind", "record_id", "with_id"], name="share_once")]
        indexes = [models.Index(fields=["with_id", "record_kind", "record_id"], name="share_reached")]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id} → {self.with_kind} {self.with_id}"


class Token(models.Model):
    """A key for the API: personal (acts as its member) or service (acts as a named program). Stored hashed, shown once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tokens")
    is_service = models.BooleanField(default=False)
    prefix = models.CharField(max_length=12, db_index=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class IdempotencyKey(models.Model):
    """The first answer to a request, given again to its repetitions for 24 hours."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True)
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key
