"""Custom fields in any form: inputs named custom_<key>, read into stored values. Deals use it too.

class PersonForm(WithCustom): ...
form = PersonForm(request.POST, custom=fields_of("person"), values=person.custom, language="ar", currency="SAR")
form.custom_values()     # after is_valid(): key → stored value, None for empty
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from dawra.access.actor import Actor
from dawra.customers import rules
from dawra.customers.forms.choosing import PersonField, names_of
from dawra.customers.queries.fields import options_of
from dawra.customers.rules import FieldCard
from dawra.figures.words import named


class WithCustom(forms.Form):
    """A form with the custom fields of one kind of record behind its own."""

    marks_optional = True

    def __init__(
        self,
        *args: Any,
        custom: Iterable[FieldCard] = (),
        values: Mapping[str, Any] | None = None,
        language: str = "en",
        currency: str = "",
        actor: Actor | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.custom = list(custom)
        self.values = dict(values or {})
        self.currency, self.actor = currency, actor
        people = [self.values.get(field.key) for field in self.custom if field.type == "person"]
        names = names_of(actor, people) if actor else {}
        for field in self.custom:
            value = self.values.get(field.key)
            self.fields[field.input_name] = custom_field(field, value, language, actor=actor, names=names)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.custom:
            if field.input_name in said:
                try:
                    said[field.input_name] = rules.parse(
                        field, said[field.input_name], currency=self.currency, now=self.values.get(field.key)
                    )
                except rules.Wrong as wrong:
                    self.add_error(field.input_name, _(wrong.sentence) % wrong.facts)
        return said

    def custom_values(self) -> dict[str, Any]:
        return {f.key: self.cleaned_data.get(f.input_name) for f in self.custom if f.input_name in self.fields}


def custom_field(
    field: FieldCard, value: Any, language: str, *, actor: Actor | None = None, names: Mapping[str, str] | None = None
) -> forms.Field:
    """The input of one field, filled with its stored value. Values are read by rules.parse, never by the input.

    actor: who chooses, for a person. names: of the people the values point at, see choosing.names_of
    """
    options: dict[str, Any] = {
        "label": named(field.name, field.name_ar, language),
        "help_text": field.hint,
        "required": False,
        "initial": written(field, value),
    }
    if field.type == "person" and actor is not None:
        return PersonField(actor=actor, names=names or {}, now=value, **options)
    if field.type == "long_text":
        return forms.CharField(widget=forms.Textarea, **options)
    if field.type == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **options)
    if field.type == "choice":
        return forms.CharField(widget=forms.Select(choices=[("", "—"), *_choices(field, [value], language)]), **options)
    if field.type == "choices":
        boxes = forms.CheckboxSelectMultiple(choices=_choices(field, value or [], language))
        return forms.Field(widget=boxes, **options)
    if field.type == "yes_no":
        either = [("", "—"), ("1", _("Yes")), ("0", _("No"))]
        return forms.CharField(widget=forms.Select(choices=either), **options)
    if field.type in ("number", "money"):
        options["help_text"] = options["help_text"] or (_("For example 1,200.50 SAR") if field.type == "money" else "")
        return forms.CharField(widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}), **options)
    attrs = {"type": "url", "dir": "ltr"} if field.type == "link" else {}
    return forms.CharField(widget=forms.TextInput(attrs=attrs), **options)


def written(field: FieldCard, value: Any) -> Any:
    """A stored value as its input holds it."""
    if field.type == "choices":
        return value or []
    if field.type in ("choice", "date", "person", "link"):
        return value or ""
    if field.type == "yes_no":
        return "" if value is None else "1" if value else "0"
    return rules.as_text(field, value)


def _choices(field: FieldCard, chosen: Iterable[Any], language: str) -> list[tuple[str, str]]:
    """The options to choose from, and archived ones that are chosen already."""
    kept = [(o.code, named(o.name, o.name_ar, language)) for o in field.options if o.archived and o.code in set(chosen)]
    return [*options_of(field, language), *kept]
