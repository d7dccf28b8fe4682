"""What pages of leads are sent, parsed."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.people import NewPerson
from dawra.customers.forms.activities import Digits, Moment
from dawra.figures.money import Money, NotMoney
from dawra.figures.words import named
from dawra.prospecting.actions.adding import NewLead
from dawra.prospecting.queries.leads import reasons
from dawra.team.colleagues import colleagues


def language() -> str:
    return (get_language() or "en")[:2]


def members() -> list[tuple[str, str]]:
    """1 query."""
    return [(str(one.id), named(one.name, one.name_ar, language())) for one in colleagues()]


class LeadForm(forms.Form):
    """A new inquiry: about somebody who is here (a picker beside it), or about somebody new."""

    marks_optional = True

    name = forms.CharField(label=_("Name of whoever asked"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=320, required=False)
    phone = forms.CharField(
        label=_("Phone"), max_length=60, required=False, widget=Digits(attrs={"type": "tel", "dir": "ltr"})
    )
    company_name = forms.CharField(label=_("Company"), max_length=200, required=False)
    words = forms.CharField(
        label=_("What was asked"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    source = forms.CharField(
        label=_("Source"), max_length=80, required=False, help_text=_("Web form, trade fair, referral…")
    )
    campaign = forms.CharField(label=_("Campaign"), max_length=120, required=False)
    asked_at = Moment(label=_("When it came in"), required=False, help_text=_("Empty: just now."))
    to = forms.ChoiceField(label=_("Who answers"), required=False)
    anyway = forms.BooleanField(label=_("Add them even if somebody alike is here"), required=False)

    def __init__(self, *args: Any, with_owner: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        special = [("", _("By the rules")), ("none", _("Nobody yet"))]
        to.choices = [*special, *(members() if with_owner else ())]

    def said(self, person_id: UUID | None, company_id: UUID | None) -> NewLead:
        """About whom was chosen, else about whoever is named."""
        given = self.cleaned_data
        points = tuple(NewPoint(kind, given[kind], is_primary=True) for kind in ("email", "phone") if given.get(kind))
        new = NewPerson(name=given["name"], points=points) if given["name"] and not person_id else None
        to = given.get("to", "")
        return NewLead(
            person_id=person_id,
            company_id=company_id,
            person=new,
            company_name="" if company_id else given["company_name"],
            anyway=given["anyway"],
            source=given["source"],
            campaign=given["campaign"],
            words=given["words"],
            asked_at=given["asked_at"],
            owner_id=UUID(to) if to not in ("", "none") else None,
            unassigned=to == "none",
        )


class AcceptForm(forms.Form):
    """deal: an id to link to, "" to open a new one."""

    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    deal = forms.ChoiceField(label=_("Deal"), required=False)
    name = forms.CharField(label=_("Name of the new deal"), max_length=200, required=False)
    amount = forms.CharField(
        label=_("Amount"), max_length=24, required=False, widget=Digits(attrs={"inputmode": "decimal", "dir": "ltr"})
    )

    def __init__(self, *args: Any, deals: Any = (), currency: str = "USD", **options: Any) -> None:
        super().__init__(*args, **options)
        self.currency = currency
        deal = self.fields["deal"]
        assert isinstance(deal, forms.ChoiceField)
        deal.choices = [("", _("A new deal")), *((str(one.deal_id), one.name) for one in deals)]
        self.fields["amount"].help_text = currency
        if not deals:
            deal.widget = forms.HiddenInput()

    def clean_amount(self) -> int:
        text = self.cleaned_data["amount"].strip()
        try:
            return Money.parse(text, self.currency).minor if text else 0
        except NotMoney:
            raise forms.ValidationError(_("Write the amount in digits, such as 48200 or 48200.50.")) from None


class RejectForm(forms.Form):
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Reason"))
    words = forms.CharField(
        label=_("In your own words"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """1 query."""
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        known = [(one.code, named(one.name, one.name_ar, language())) for one in reasons()]
        reason.choices = [("", _("Choose the reason")), *known]


class AssignForm(forms.Form):
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    owner = forms.ChoiceField(label=_("Who answers"), required=False)
    words = forms.CharField(label=_("Why"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """1 query."""
        super().__init__(*args, **options)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("Nobody: back into the queue")), ("rules", _("By the rules")), *members()]


class EditForm(forms.Form):
    version = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    source = forms.CharField(label=_("Source"), max_length=80, required=False)
    campaign = forms.CharField(label=_("Campaign"), max_length=120, required=False)
    words = forms.CharField(
        label=_("What was asked"), max_length=10_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
