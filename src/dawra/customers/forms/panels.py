"""The small forms of a record page: addresses, companies, stage, tags, consent; and of lists and settings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.customers import rules
from dawra.customers.models.field import FIELD_TYPES

CHANNELS = {
    "email": _("E-mail"), "phone": _("Phone"), "sms": _("SMS"), "whatsapp": _("WhatsApp"), "post": _("Post"),
}  # fmt: skip
BASES = {
    "consent": _("They agreed"),
    "contract": _("A contract needs it"),
    "legitimate_interest": _("Our legitimate interest"),
    "legal_duty": _("The law asks for it"),
    "objection": _("They objected"),
}
POINT_KINDS = {"email": _("E-mail"), "phone": _("Phone"), "site": _("Website"), "social": _("Social page")}
TYPE_NAMES = {
    "text": _("Text"), "long_text": _("Long text"), "number": _("Number"), "money": _("Money"), "date": _("Date"),
    "choice": _("Choice"), "choices": _("Several choices"), "yes_no": _("Yes or no"), "person": _("Person"),
    "link": _("Link"),
}  # fmt: skip
KIND_NAMES = {"person": _("People"), "company": _("Companies"), "deal": _("Deals")}


class PointForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=list(POINT_KINDS.items()))
    value = forms.CharField(label=_("Address"), max_length=320, widget=forms.TextInput(attrs={"dir": "ltr"}))
    label = forms.CharField(label=_("Label"), max_length=40, required=False, help_text=_("For example: work, mobile"))
    is_primary = forms.BooleanField(label=_("Use this one first"), required=False)


class PlaceForm(forms.Form):
    role = forms.CharField(label=_("Role there"), max_length=160, required=False)
    is_primary = forms.BooleanField(label=_("Main company"), required=False)
    from_on = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until_on = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class ConsentForm(forms.Form):
    channel = forms.ChoiceField(label=_("Channel"), choices=list(CHANNELS.items()))
    granted = forms.ChoiceField(
        label=_("May we reach them there?"),
        choices=[("yes", _("Yes, allowed")), ("no", _("No, withdrawn or objected"))],
    )
    basis = forms.ChoiceField(label=_("On what basis"), choices=list(BASES.items()))
    wording = forms.CharField(
        label=_("The words they agreed to"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    proof = forms.CharField(
        label=_("Where that can be seen"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    given_at = forms.DateTimeField(
        label=_("When"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=_("Empty: now"),
    )


class ViewForm(forms.Form):
    name = forms.CharField(label=_("Name of the view"), max_length=80)
    is_shared = forms.BooleanField(label=_("For everybody"), required=False)


class FieldForm(forms.Form):
    """options: one a line, "name | Arabic name"."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
    name_ar = forms.CharField(
        label=_("Name in Arabic"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    record_kind = forms.ChoiceField(label=_("For"), choices=list(KIND_NAMES.items()))
    type = forms.ChoiceField(label=_("Type"), choices=[(code, TYPE_NAMES[code]) for code in FIELD_TYPES])
    hint = forms.CharField(label=_("Hint under the field"), max_length=200, required=False)
    options = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line; after a | the Arabic name. A choice taken away stays on records that have it."),
    )
    required_at = forms.MultipleChoiceField(
        label=_("Required from these stages on"), required=False, widget=forms.CheckboxSelectMultiple
    )
    searchable = forms.BooleanField(label=_("Found by search"), required=False)

    def __init__(self, *args: Any, stages: Any = (), fixed: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        let_choose(self, "required_at", list(stages))
        if fixed:
            del self.fields["record_kind"], self.fields["type"]

    def said_options(self) -> tuple[rules.Option, ...]:
        lines = [line.partition("|") for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return tuple(rules.Option("", name.strip(), name_ar.strip()) for name, _bar, name_ar in lines)


class WelcomeForm(forms.Form):
    address = forms.CharField(label=_("E-mail or phone"), max_length=320)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("For example: wrote to us on 3 May and asked for an offer")
    )


class EraseForm(forms.Form):
    confirmed = forms.CharField(label=_("The person's name"), max_length=200)
    reason = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("For example: asked for it by e-mail on 3 May")
    )
