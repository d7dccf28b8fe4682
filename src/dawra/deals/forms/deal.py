"""A deal as a form: to add one, and to edit all of it at once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Answer
from dawra.customers.forms.choosing import names_of
from dawra.customers.forms.custom import custom_field
from dawra.deals.forms import reading
from dawra.deals.queries import pipelines, settings
from dawra.deals.words import CATEGORIES
from dawra.figures.words import named
from dawra.team.colleagues import colleagues


def language() -> str:
    return (get_language() or "en")[:2]


class DealForm(forms.Form):
    """Texts as typed; values() reads them. The company is chosen beside the form, in a picker."""

    marks_optional = True

    name = forms.CharField(max_length=200, label=_("Name"))
    amount = forms.CharField(
        required=False,
        max_length=40,
        label=_("Amount"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    currency = forms.ChoiceField(label=_("Currency"))
    recurring = forms.CharField(
        required=False,
        max_length=40,
        label=_("Recurring, a month"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
    )
    stage = forms.ChoiceField(required=False, label=_("Stage"))
    expected_close_on = forms.CharField(
        required=False, max_length=10, label=_("Expected close"), widget=forms.DateInput(attrs={"type": "date"})
    )
    probability = forms.CharField(
        required=False, max_length=8, label=_("Probability, percent"), help_text=_("Empty: that of the stage.")
    )
    forecast_category = forms.ChoiceField(
        required=False, label=_("Forecast category"), choices=list(CATEGORIES.items())
    )
    owner = forms.ChoiceField(required=False, label=_("Owner"))
    next_step = forms.CharField(required=False, max_length=200, label=_("Next step"))
    next_step_on = forms.CharField(
        required=False, max_length=10, label=_("On"), widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.CharField(required=False, max_length=80, label=_("Source"))
    campaign = forms.CharField(required=False, max_length=120, label=_("Campaign"))
    competitors = forms.CharField(
        required=False, max_length=400, label=_("Competitors"), help_text=_("Separated by commas.")
    )
    about = forms.CharField(
        required=False, max_length=20_000, label=_("About"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        *args: Any,
        base_currency: str,
        actor: Actor,
        fields: Sequence[Any] = (),
        adding: bool = False,
        **kwargs: Any,
    ) -> None:
        """adding: a stage is chosen; else forecast category and probability too. 2 to 4 queries."""
        super().__init__(*args, **kwargs)
        spoken = language()
        self._choose("currency", [(code, code) for code in settings.currencies(base_currency)])
        self._choose(
            "owner", [("", _("Nobody")), *((str(c.id), named(c.name, c.name_ar, spoken)) for c in colleagues())]
        )
        if adding:
            del self.fields["forecast_category"]
            current = pipelines.entrance_stages()
            self._choose("stage", [(str(s.pk), named(s.name, s.name_ar, spoken)) for s in current])
        else:
            del self.fields["stage"]
        people = {f.input_name: self.initial.get(f.input_name) for f in fields if f.type == "person"}
        names = names_of(actor, people.values())
        for field in fields:
            if field.type == "person":
                now = people[field.input_name]
                self.fields[field.input_name] = custom_field(field, now, spoken, actor=actor, names=names)
            else:
                self.fields[field.input_name] = custom_input(field, spoken)

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def values(self) -> dict[str, Any]:
        """For edit_deal. Raises Invalid."""
        said = self.cleaned_data
        wanted: dict[str, Any] = {}
        custom: dict[str, Any] = {}
        for name, text in said.items():
            if name.startswith("custom_"):
                custom[name.removeprefix("custom_")] = text
            elif name != "stage":
                wanted |= reading.values_of(name, text, said["currency"])
        return wanted | ({"custom": custom} if custom else {})

    def refuse(self, answer: Answer) -> None:
        """An answer about a column is shown at its input."""
        names = {column: field for field, (column, _read) in reading.FIELDS.items()} | {"currency": "currency"}
        column = getattr(answer, "field", "")
        field = names.get(column, column)
        self.add_error(field if field in self.fields else None, str(answer))


def custom_input(field: Any, spoken: str) -> forms.Field:
    """One custom field as an input; values go to the action as typed."""
    label = named(field.name, field.name_ar, spoken)
    options = [(o.code, named(o.name, o.name_ar, spoken)) for o in field.options if not o.archived]
    common: dict[str, Any] = {"required": False, "label": label, "help_text": field.hint}
    match field.type:
        case "choice":
            return forms.ChoiceField(choices=[("", "—"), *options], **common)
        case "choices":
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)
        case "yes_no":
            return forms.ChoiceField(choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))], **common)
        case "long_text":
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **common)
        case "date":
            return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    return forms.CharField(max_length=500, **common)
