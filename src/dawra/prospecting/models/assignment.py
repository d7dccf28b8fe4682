"""Who gets a lead: rules in order as data, what each seller takes, and why each lead went where it went."""

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id

STRATEGIES = ("owner", "round_robin", "least_load")
WAYS = ("rule", "nobody", "by_hand", "taken", "leave", "left", "import", "back")


class Seller(models.Model):
    """What a member takes. Empty lists: everything. most_open: how many open leads at once; empty: no limit."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="seller"
    )
    takes_leads = models.BooleanField(default=True)
    countries = models.JSONField(default=list, help_text="ISO codes")
    languages = models.JSONField(default=list, help_text='["ar", "en"]')
    skills = models.JSONField(default=list, help_text="Words, as rules ask for them")
    most_open = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return str(self.member_id)


class Rule(models.Model):
    """If a lead is such, it goes to one of these, chosen so. The first rule that finds somebody decides.

    conditions: {"countries": ["SA"], "languages": ["ar"], "sources": ["web"], "campaigns": […]}; missing = any
    members:    who is asked; empty: everybody who takes leads. teams: ids of teams whose members are asked too
    strategy:   owner (whoever has the person or company), round_robin, least_load
    match_…:    the seller's own countries or languages must fit the lead's; skill: a word the seller must have
    at_work:    only who is working at that moment; never anybody on leave, with or without it
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    name_ar = models.CharField(max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=False)
    conditions = models.JSONField(default=dict)
    members = models.JSONField(default=list)
    teams = models.JSONField(default=list)
    strategy = models.CharField(max_length=11, choices=[(s, s) for s in STRATEGIES], default="round_robin")
    match_country = models.BooleanField(default=False)
    match_language = models.BooleanField(default=False)
    skill = models.CharField(max_length=60, blank=True)
    at_work = models.BooleanField(default=False)
    archived_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Assignment(models.Model):
    """A lead went to somebody, or to nobody, and why: in words of both languages, as they were true then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    lead = models.ForeignKey("prospecting.Lead", on_delete=models.CASCADE, related_name="assignments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(Rule, null=True, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=[(w, w) for w in WAYS])
    why = models.CharField(max_length=400)
    why_ar = models.CharField(max_length=400)
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["lead", "-assigned_at", "-id"], name="assignment_of_lead"),
            models.Index(fields=["rule", "member", "-assigned_at"], name="assignment_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} → {self.member_id}"
