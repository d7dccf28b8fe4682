"""Which inquiry a deal came from."""

from django.db import models

from dawra.deals.models.deal import Deal


class DealOrigin(models.Model):
    """An accepted lead led to a deal. opened: the deal was made for it, not only linked. A deal may have several."""

    lead = models.OneToOneField("prospecting.Lead", primary_key=True, on_delete=models.CASCADE, related_name="origin")
    deal = models.ForeignKey(Deal, on_delete=models.CASCADE, related_name="origins")
    opened = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.lead_id} → {self.deal_id}"
