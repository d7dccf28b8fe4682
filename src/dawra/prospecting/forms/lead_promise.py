"""What is set up for leads, parsed: the promise, a holiday, a reason; and a lead that might come in."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.customers import places
from dawra.customers.forms.activities import DayField, Digits
from dawra.team.forms.hours import HoursMixin


class PromiseForm(HoursMixin):
    target_minutes = forms.IntegerField(
        label=_("Minutes of working time until the first answer"),
        min_value=1,
        max_value=43_200,
        widget=Digits(attrs={"inputmode": "numeric"}),
    )


class HolidayForm(forms.Form):
    on = DayField(label=_("Day"))
    name = forms.CharField(label=_("Name"), max_length=80)
    name_ar = forms.CharField(
        label=_("Arabic name"), max_length=80, required=False, widget=forms.TextInput(attrs={"dir": "rtl"})
    )


class ReasonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=80)
    name_ar = forms.CharField(
        label=_("Arabic name"), max_length=80, required=False, widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    archived = forms.BooleanField(label=_("No longer offered"), required=False)


class TryForm(forms.Form):
    """A lead that might come in."""

    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    source = forms.CharField(label=_("Source"), max_length=80, required=False)
    campaign = forms.CharField(label=_("Campaign"), max_length=120, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("country", places.countries), ("language", places.languages)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "—"), *choices((get_language() or "en")[:2])]
