"""What is set up for leads, parsed: a rule, and what a seller takes."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.customers import places
from dawra.customers.forms.activities import Digits
from dawra.figures.words import named
from dawra.prospecting import words
from dawra.prospecting.actions.settings import RuleSaid, SellerSaid
from dawra.prospecting.forms.leads import members
from dawra.prospecting.models import Rule, Seller
from dawra.team.queries.people import teams


def _language() -> str:
    return (get_language() or "en")[:2]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("،", ",").split(",") if part.strip())


class _Lists(forms.Form):
    """Countries and languages as selects of many."""

    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        help_text=_("None chosen: any."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        required=False,
        help_text=_("None chosen: any."),
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("countries", places.countries), ("languages", places.languages)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(choices(_language()))


class RuleForm(_Lists):
    marks_optional = True

    name = forms.CharField(label=_("Name"), max_length=80)
    name_ar = forms.CharField(
        label=_("Arabic name"), max_length=80, required=False, widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    sources = forms.CharField(
        label=_("Sources"), max_length=500, required=False, help_text=_("Separated by commas. Empty: any.")
    )
    campaigns = forms.CharField(
        label=_("Campaigns"), max_length=500, required=False, help_text=_("Separated by commas. Empty: any.")
    )
    strategy = forms.ChoiceField(label=_("Who gets it"), choices=list(words.STRATEGIES.items()))
    members = forms.MultipleChoiceField(
        label=_("Members"),
        required=False,
        help_text=_("None chosen: everybody who takes leads."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    teams = forms.MultipleChoiceField(
        label=_("Teams"),
        required=False,
        help_text=_("Whoever takes leads in them."),
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )
    match_country = forms.BooleanField(label=_("Only who takes the lead's country"), required=False)
    match_language = forms.BooleanField(label=_("Only who speaks the lead's language"), required=False)
    skill = forms.CharField(label=_("Only who has this skill"), max_length=60, required=False)
    at_work = forms.BooleanField(label=_("Only who is at work at that moment"), required=False)
    is_active = forms.BooleanField(label=_("Switched on"), required=False)
    archived = forms.BooleanField(label=_("Put away"), required=False)

    field_order = ("name", "name_ar", "countries", "languages", "sources", "campaigns", "strategy", "members", "teams")

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        """2 queries."""
        super().__init__(*args, **options)
        found = [(str(one.id), named(one.name, one.name_ar, _language())) for one in teams(actor)]
        for name, choices in (("members", members()), ("teams", found)):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = choices

    @classmethod
    def standing(cls, row: Rule) -> dict[str, Any]:
        """The rule as its form shows it."""
        kept = row.conditions
        stands = {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)}
        stands |= {name: kept.get(name, []) for name in ("countries", "languages")}
        stands |= {name: ", ".join(kept.get(name, ())) for name in ("sources", "campaigns")}
        return stands | {"archived": row.archived_at is not None}

    def said(self) -> RuleSaid:
        given = dict(self.cleaned_data)
        for name in ("sources", "campaigns"):
            given[name] = _parts(given[name])
        for name in ("members", "teams"):
            given[name] = tuple(UUID(one) for one in given[name])
        for name in ("countries", "languages"):
            given[name] = tuple(given[name])
        return RuleSaid(**given)


class SellerForm(_Lists):
    takes_leads = forms.BooleanField(label=_("Takes leads"), required=False)
    skills = forms.CharField(label=_("Skills"), max_length=500, required=False, help_text=_("Separated by commas."))
    most_open = forms.IntegerField(
        label=_("Open leads at once, at most"),
        required=False,
        min_value=1,
        max_value=9999,
        widget=Digits(attrs={"inputmode": "numeric"}),
    )
    field_order = ("takes_leads", "countries", "languages", "skills", "most_open")

    @classmethod
    def standing(cls, row: Seller | None) -> dict[str, Any]:
        if row is None:
            return {"takes_leads": True}
        stands = {name: getattr(row, name) for name in ("takes_leads", "countries", "languages", "most_open")}
        return stands | {"skills": ", ".join(row.skills)}

    def said(self) -> SellerSaid:
        given = self.cleaned_data
        return SellerSaid(
            given["takes_leads"],
            tuple(given["countries"]),
            tuple(given["languages"]),
            _parts(given["skills"]),
            given["most_open"],
        )
