"""Letters to people, and the templates they begin from."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.customers.models.activity import Activity
from dawra.customers.models.person import Person

QUEUED, SENDING, SENT, FAILED, UNKNOWN, TAKEN_BACK = LETTER_STATES = (
    "queued", "sending", "sent", "failed", "unknown", "taken_back",
)  # fmt: skip


class LetterTemplate(models.Model):
    """A letter in the merge language, in one or both languages; archiving keeps it for the letters that came of it.

    groups: whose fields it uses: person, company, deal, …
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    subject_ar = models.CharField(max_length=300, blank=True)
    body_ar = models.TextField(blank=True)
    groups = models.JSONField(default=list)
    is_starter = models.BooleanField(default=False, help_text="One of ours to begin with, not the company's own.")
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)

    kind = "letter_template"

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One letter to one person, as it was written; what it says never changes.

    about_kind, about_id: the record it was written from, "" for the person alone
    state:   queued (may be taken back), sending, sent, failed, unknown (not known whether it arrived), taken_back
    send_at: not before; moves on with each try. told: the mail server's last words
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="letters")
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.UUIDField(null=True)
    template = models.ForeignKey(LetterTemplate, null=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(max_length=2)
    to = models.EmailField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in LETTER_STATES], default=QUEUED)
    queued_at = models.DateTimeField()
    send_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    told = models.CharField(max_length=400, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    activity = models.ForeignKey(Activity, null=True, on_delete=models.SET_NULL, related_name="+")
    is_sample = models.BooleanField(default=False)

    kind = "letter"

    class Meta:
        indexes = [
            models.Index(fields=["send_at"], condition=models.Q(state__in=(QUEUED, SENDING)), name="letter_due"),
            models.Index(fields=["-queued_at", "-id"], name="letter_newest"),
        ]

    def __str__(self) -> str:
        return self.subject
