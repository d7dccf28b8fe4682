"""The company that runs Dawra, its teams and its members."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from dawra.access.ids import new_id
from dawra.team.rules import REASONS


class Workspace(models.Model):
    """The one company of this installation; its row exists once the first administrator has been made."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=120)
    base_currency = models.CharField(max_length=3)
    fiscal_year_start_month = models.PositiveSmallIntegerField(default=1)
    weekend_days = models.JSONField(default=list, help_text="ISO weekdays, Monday = 1")
    week_starts_on = models.PositiveSmallIntegerField(default=7)
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=2, default="en")
    default_country = models.CharField(max_length=2, blank=True)
    created_at = models.DateTimeField()
    sample_loaded_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_workspace")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A node of the team tree. path is "/root/…/own/" in hex ids, so that a subtree is one prefix."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=800, db_index=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    kind = "team"

    def __str__(self) -> str:
        return self.name

    @staticmethod
    def ids_in(path: str) -> list[UUID]:
        """The teams from the root down to the one whose path this is."""
        return [UUID(part) for part in path.split("/") if part]


class MemberManager(BaseUserManager["Member"]):
    def get_by_natural_key(self, username: str | None) -> "Member":
        return self.get(email__iexact=username)


class Member(AbstractBaseUser):
    """Somebody who signs in. Never deleted, only deactivated: the journal points here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120, blank=True)
    role = models.ForeignKey("access.Role", on_delete=models.PROTECT, related_name="members")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="en")
    time_zone = models.CharField(max_length=60, blank=True, help_text="Empty: the company's.")
    digits = models.CharField(max_length=4, choices=[("latn", "latn"), ("arab", "arab")], default="latn")
    calendar = models.CharField(
        max_length=9, choices=[("gregorian", "gregorian"), ("hijri", "hijri")], default="gregorian"
    )
    month_names = models.CharField(max_length=6, choices=[("nile", "nile"), ("levant", "levant")], default="nile")
    theme = models.CharField(
        max_length=6, choices=[("", ""), ("light", "light"), ("dark", "dark")], blank=True, default=""
    )
    density = models.CharField(max_length=8, blank=True, default="")
    shortcuts = models.BooleanField(default=True)
    working_hours = models.JSONField(default=dict, help_text='{"1": ["09:00", "17:00"], …} by ISO weekday')
    notify = models.JSONField(default=dict, help_text='{"mention": ["app", "mail"], …}')
    created_at = models.DateTimeField()
    deactivated_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[Any] = MemberManager()
    kind = "member"

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session carries along: a new password or another role ends them all, as leaving does."""
        worn = f"{self.password}|{self.role_id}|{self.is_active}"
        return salted_hmac("dawra.team.session", worn, secret=secret, algorithm="sha256").hexdigest()


class Leave(models.Model):
    """Days a member is away, both ends included, and who stands in."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaves")
    from_on = models.DateField()
    until_on = models.DateField()
    covered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until_on__gte=models.F("from_on")), name="leave_forward")
        ]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.from_on} – {self.until_on}"


class Invitation(models.Model):
    """A way in for one address, once, for a while. The key itself is mailed, only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.ForeignKey("access.Role", on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.email


class Notification(models.Model):
    """Something a member should know, made by a listener from one journal entry."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    entry = models.ForeignKey("journal.Entry", on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=20, choices=[(reason, reason) for reason in REASONS])
    record_kind = models.CharField(max_length=20)
    record_id = models.UUIDField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "entry", "reason"], name="notify_once")]
        indexes = [models.Index(fields=["member", "-made_at"], name="notification_newest")]

    def __str__(self) -> str:
        return f"{self.reason} → {self.member_id}"


class SavedView(models.Model):
    """A list's filters, sort and columns under a name, private or for everybody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    record_kind = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    is_shared = models.BooleanField(default=False)
    query = models.JSONField(
        default=dict, help_text='{"filters": [[field, operator, value], …], "sort": "-amount", "columns": […]}'
    )
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Snooze(models.Model):
    """Something a member does not want to see in the own day until then. reason: the one it stood there for."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="snoozes")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    reason = models.CharField(max_length=20)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "subject_id", "reason"], name="snooze_once")]

    def __str__(self) -> str:
        return f"{self.reason} {self.subject_kind} {self.subject_id}"


class Throttle(models.Model):
    """What counting sign-in attempts remembers: the cache's table, so that every process counts together."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class MailServer(models.Model):
    """The mail server letters leave through, where the company has named one. One row at most.

    password_sealed: see access.sealing; never shown, never handed out
    """

    TLS, STARTTLS, PLAIN = "tls", "starttls", "plain"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    host = models.CharField(max_length=253)
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=8, choices=[(s, s) for s in (STARTTLS, TLS, PLAIN)], default=STARTTLS)
    username = models.CharField(max_length=200, blank=True)
    password_sealed = models.TextField(blank=True)
    from_address = models.EmailField()
    version = models.PositiveIntegerField(default=1)

    kind = "mail_server"

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_mail_server")]

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"
