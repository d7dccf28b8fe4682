"""Showing the product: what was promised, what was shown, how the buyer took it, and what comes next."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.access.record import Record
from dawra.deals.models.deal import PERSON_ROLES, Deal

DEMO_TYPES = ("online", "on_site", "trial", "viewing", "test_drive", "trial_class")
PLANNED, HELD, NO_SHOW, CANCELLED = "planned", "held", "no_show", "cancelled"
DEMO_STATES = (PLANNED, HELD, NO_SHOW, CANCELLED)
REACTIONS = ("", "loved", "liked", "neutral", "doubted", "rejected")


class Demo(Record):
    """One showing of the product in a deal; its time and place in the calendar are those of its meeting (activity).

    pains:       what the buyer wants solved, and was promised to see
    gaps:        what the buyer missed
    next_step:   agreed at the end; without one the deal probably goes nowhere
    moved:       how often it was put to another time
    """

    kind = "demo"

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="demos")
    activity = models.OneToOneField("customers.Activity", null=True, on_delete=models.SET_NULL, related_name="demo")
    type = models.CharField(max_length=12, choices=[(t, t) for t in DEMO_TYPES], default="online")
    state = models.CharField(max_length=9, choices=[(s, s) for s in DEMO_STATES], default=PLANNED)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=45)
    pains = models.JSONField(default=list)
    gaps = models.JSONField(default=list)
    next_step = models.CharField(max_length=200, blank=True)
    next_step_on = models.DateField(null=True)
    moved = models.PositiveSmallIntegerField(default=0)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["deal", "-starts_at"], name="demo_of_deal"),
            models.Index(fields=["-starts_at", "-id"], condition=Q(deleted_at__isnull=True), name="demo_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.starts_at}"

    @classmethod
    def visibility(cls, actor: Actor) -> Q:
        """Whoever sees the deal; asked row by row through the key, or a list of all deals would be made first."""
        return Q(Exists(Deal.objects.visible_to(actor).filter(pk=OuterRef("deal_id"))))


class DemoItem(models.Model):
    """One feature, in the order of the agenda. folded: what the figures group by. reaction: of the buyer, once shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    demo = models.ForeignKey(Demo, on_delete=models.CASCADE, related_name="items")
    name = models.CharField(max_length=120)
    folded = models.CharField(max_length=240)
    shown = models.BooleanField(default=False)
    reaction = models.CharField(max_length=8, choices=[(r, r) for r in REACTIONS], blank=True)
    words = models.CharField(max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["demo", "position"], name="demo_item_order")]

    def __str__(self) -> str:
        return self.name


class DemoPerson(models.Model):
    """Who is to be there, and in which role; came: None until it was held."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    demo = models.ForeignKey(Demo, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey("customers.Person", on_delete=models.CASCADE, related_name="demos")
    role = models.CharField(max_length=14, choices=[(r, r) for r in PERSON_ROLES], blank=True)
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["demo", "person"], name="demo_person_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.demo_id}"
