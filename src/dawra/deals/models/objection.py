"""What a buyer objected, what was answered, and the library of answers."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from dawra.access.actor import Actor
from dawra.access.ids import new_id
from dawra.access.record import Record
from dawra.deals.models.deal import Deal

# "own" is the workspace's: label says what it is about.
CATEGORIES = ("price", "product", "competition", "timing", "authority", "trust", "need", "own")


class Answer(models.Model):
    """One way to answer an objection. Its words stand in versions; `number` is the current one.

    tried, accepted:  how often a buyer's reaction to it is known, and how often it was accepted
    closed, won:      deals that were closed after it was used, and those won
    Both pairs are kept by `tallying`, from all deals; is_starter: came with the house.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    category = models.CharField(max_length=12, choices=[(c, c) for c in CATEGORIES])
    label = models.CharField(max_length=60, blank=True)
    number = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_starter = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    tried = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    closed = models.PositiveIntegerField(default=0)
    won = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["category"], condition=Q(retired_at__isnull=True), name="answer_in_use"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.id}"


class AnswerVersion(models.Model):
    """An answer's words as they were at one time; never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=120, blank=True)
    name_ar = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True)
    words_ar = models.TextField(blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "number"], name="answer_version_once")]

    def __str__(self) -> str:
        return self.name or self.name_ar


class Objection(Record):
    """A worry a buyer raised. Open until an answer was accepted (settled_at).

    words:  the buyer's own. person: who said it, if that is known. label: what it is about, for the category "own"
    serial, norm: its place in the index of similar ones and the length of its vector; None while it is not in there
    """

    kind = "objection"

    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="objections")
    category = models.CharField(max_length=12, choices=[(c, c) for c in CATEGORIES])
    label = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    person = models.ForeignKey(
        "customers.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="objections"
    )
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    serial = models.PositiveBigIntegerField(null=True, unique=True, editable=False)
    norm = models.FloatField(null=True, editable=False)
    is_sample = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["deal", "-raised_at"], name="objection_of_deal"),
            models.Index(fields=["-raised_at", "-id"], condition=Q(deleted_at__isnull=True), name="objection_newest"),
        ]

    def __str__(self) -> str:
        return self.words[:80] or self.category

    @classmethod
    def visibility(cls, actor: Actor) -> Q:
        """Whoever sees the deal; asked row by row through the key, or a list of all deals would be made first."""
        return Q(Exists(Deal.objects.visible_to(actor).filter(pk=OuterRef("deal_id"))))


class Reply(models.Model):
    """What was answered to an objection, and whether that was accepted (None: not known yet).

    answer, number:  the version of the library that was used, if one was. words: what was said besides, or instead
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    objection = models.ForeignKey(Objection, on_delete=models.CASCADE, related_name="replies")
    answer = models.ForeignKey(Answer, null=True, on_delete=models.SET_NULL, related_name="replies")
    number = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["objection", "given_at"], name="reply_of_objection"),
            models.Index(fields=["answer", "accepted", "objection"], name="reply_by_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.objection_id}: {self.accepted}"


class ObjectionTerm(models.Model):
    """In which objections a word or a run of letters occurs: their serials, packed, a part at a time.

    term:   its number, see figures/similar. part: serial // PART. found: 32-bit serials in order. n: how many
    """

    term = models.PositiveBigIntegerField()
    part = models.PositiveIntegerField()
    n = models.PositiveIntegerField()  # before the packed ones: SQLite reads a row from its beginning
    found = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "part"], name="objection_term_once")]

    def __str__(self) -> str:
        return f"{self.term} in {self.n}"
