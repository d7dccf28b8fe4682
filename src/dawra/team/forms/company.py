"""Setting the company up, and its settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.team import choices
from dawra.team.actions.setting_up import CompanyPlan
from dawra.team.actions.workspace import Habits


class Calendar(forms.Form):
    """The habits that both pages ask."""

    fiscal_year_start_month = forms.TypedChoiceField(
        label=_("Fiscal year starts in"), coerce=int, choices=choices.MONTHS, initial=1
    )
    weekend_days = forms.TypedMultipleChoiceField(
        label=_("Weekend"), coerce=int, choices=choices.DAYS, widget=forms.CheckboxSelectMultiple, required=False
    )
    week_starts_on = forms.TypedChoiceField(label=_("Week starts on"), coerce=int, choices=choices.DAYS, initial=1)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=choices.zones, initial="UTC")
    language = forms.ChoiceField(
        label=_("Language"), choices=choices.LANGUAGES, help_text=_("Everybody can choose their own later.")
    )
    default_country = forms.ChoiceField(
        label=_("Country"),
        choices=choices.countries,
        required=False,
        help_text=_("How phone numbers without a prefix are read."),
    )

    def habits(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "fiscal_year_start_month": said["fiscal_year_start_month"],
            "weekend_days": tuple(said["weekend_days"]),
            "week_starts_on": said["week_starts_on"],
            "time_zone": said["time_zone"],
            "language": said["language"],
            "default_country": said["default_country"],
        }


class SetUp(Calendar):
    company = forms.CharField(label=_("Company name"), max_length=120)
    base_currency = forms.ChoiceField(
        label=_("Base currency"),
        choices=choices.currencies,
        help_text=_("Totals are in this currency. It cannot be changed later."),
    )
    admin_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    admin_email = forms.EmailField(
        label=_("Your e-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    admin_password = forms.CharField(
        label=_("Password"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters; several words are easy to remember."),
    )

    def said(self) -> CompanyPlan:
        said = self.cleaned_data
        return CompanyPlan(
            company=said["company"],
            admin_name=said["admin_name"],
            admin_email=said["admin_email"],
            admin_password=said["admin_password"],
            base_currency=said["base_currency"],
            **self.habits(),
        )


class Company(Calendar):
    name = forms.CharField(label=_("Company name"), max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = ("name",)

    def said(self) -> Habits:
        return Habits(name=self.cleaned_data["name"], **self.habits())
