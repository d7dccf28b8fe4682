"""How to reach people and companies, and whether we may."""

from uuid import UUID

from django.conf import settings
from django.db import models

from dawra.access.ids import new_id
from dawra.customers.models.company import Company
from dawra.customers.models.person import Person


class ContactPoint(models.Model):
    """An e-mail, phone, site or social address of one person or one company.

    normal:     the value as compared: lower-case e-mail, E.164 phone, bare host of a site
    unique_key: kind, holder's sort and normal value where nobody else may have it (a person's e-mail, a company's
                site); empty for what people share (phones, social pages) and while the record lies in the bin
    """

    EMAIL, PHONE, SITE, SOCIAL = "email", "phone", "site", "social"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # The constraints below begin with the holder: an index of its own would only be written, never read.
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="points", db_index=False)
    company = models.ForeignKey(Company, null=True, on_delete=models.CASCADE, related_name="points", db_index=False)
    kind = models.CharField(max_length=8, choices=[(k, k) for k in (EMAIL, PHONE, SITE, SOCIAL)])
    value = models.CharField(max_length=320)
    normal = models.CharField(max_length=320)
    unique_key = models.CharField(max_length=340, null=True, unique=True, editable=False)
    label = models.CharField(max_length=40, blank=True)
    is_primary = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, company__isnull=True)
                | models.Q(person__isnull=True, company__isnull=False),
                name="point_has_one_holder",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "normal"],
                condition=models.Q(person__isnull=False),
                name="point_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["company", "kind", "normal"],
                condition=models.Q(company__isnull=False),
                name="point_once_per_company",
            ),
        ]
        indexes = [models.Index(fields=["normal", "kind"], name="point_normal")]

    def __str__(self) -> str:
        return self.value

    @property
    def holder(self) -> tuple[str, UUID]:
        """Kind and id of whom it belongs to; the constraint above leaves exactly one."""
        if self.person_id is not None:
            return "person", self.person_id
        assert self.company_id is not None
        return "company", self.company_id


class Consent(models.Model):
    """A person allowed, or withdrew, contact over a channel. Append-only: the newest row of a channel counts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=10, choices=[(c, c) for c in ("email", "phone", "sms", "whatsapp", "post")])
    granted = models.BooleanField()
    basis = models.CharField(
        max_length=20,
        choices=[(b, b) for b in ("consent", "contract", "legitimate_interest", "legal_duty", "objection")],
    )
    wording = models.TextField(blank=True)
    proof = models.TextField(blank=True)
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["person", "channel", "-given_at"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.channel}: {'yes' if self.granted else 'no'}"
