"""The forms of people and companies."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.customers import places
from dawra.customers.forms.custom import WithCustom


def _code(label: Any, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "—"), *choices], required=False)


def _zones() -> list[tuple[str, str]]:
    return [(zone, zone.replace("_", " ")) for zone in places.time_zones()]


class RecordForm(WithCustom):
    """What people and companies share. only: names of the fields to keep, for editing a few."""

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        language: str = "en",
        only: Collection[str] = (),
        stages: Any = (),
        owners: Any = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, language=language, **options)
        self.fields["name_ar"].widget.attrs |= {"dir": "rtl", "lang": "ar"}
        # New records say more at once; edited ones have panels of their own for these.
        if "lifecycle" in self.fields:
            let_choose(self, "lifecycle", list(stages))
        if "owner_id" in self.fields:
            let_choose(self, "owner_id", [("", "—"), *owners])
        for name, choices in (("country", places.countries), ("language", places.languages)):
            if name in self.fields:
                let_choose(self, name, [("", "—"), *choices(language)])
        if only:
            for name in set(self.fields) - set(only):
                del self.fields[name]
            self.custom = [field for field in self.custom if field.input_name in self.fields]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if "name" in self.fields and not said.get("name") and not said.get("name_ar"):
            self.add_error("name", _("Write a name."))
        return said


class PersonForm(RecordForm):
    title = forms.CharField(label=_("Title"), max_length=160, required=False)
    country = _code(_("Country"), ())
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    language = _code(_("Language"), ())
    time_zone = _code(_("Time zone"), _zones())
    source = forms.CharField(label=_("Source"), max_length=80, required=False)
    about = forms.CharField(label=_("About"), max_length=10_000, required=False, widget=forms.Textarea)


class CompanyForm(RecordForm):
    industry = forms.CharField(label=_("Industry"), max_length=80, required=False)
    employees = forms.IntegerField(label=_("Employees"), min_value=0, max_value=2**31 - 1, required=False)
    founded_year = forms.IntegerField(label=_("Founded in"), min_value=1000, max_value=2200, required=False)
    country = _code(_("Country"), ())
    city = forms.CharField(label=_("City"), max_length=120, required=False)
    address = forms.CharField(
        label=_("Address"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = _code(_("Language"), ())
    time_zone = _code(_("Time zone"), _zones())
    source = forms.CharField(label=_("Source"), max_length=80, required=False)
    about = forms.CharField(label=_("About"), max_length=10_000, required=False, widget=forms.Textarea)


class _New(forms.Form):
    email = forms.CharField(label=_("E-mail"), max_length=320, required=False, widget=forms.EmailInput)
    phone = forms.CharField(
        label=_("Phone"), max_length=60, required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    lifecycle = forms.ChoiceField(label=_("Lifecycle stage"), required=False)
    owner_id = forms.ChoiceField(label=_("Owner"), required=False)
    tags = forms.CharField(label=_("Tags"), max_length=500, required=False, help_text=_("Separated by commas"))


class NewPersonForm(PersonForm, _New):
    role = forms.CharField(label=_("Role there"), max_length=160, required=False)
    field_order = ("name", "name_ar", "email", "phone", "title", "role", "lifecycle", "owner_id", "country", "city")


class NewCompanyForm(CompanyForm, _New):
    site = forms.CharField(
        label=_("Website"), max_length=320, required=False, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    field_order = ("name", "name_ar", "site", "email", "phone", "industry", "lifecycle", "owner_id", "country", "city")
