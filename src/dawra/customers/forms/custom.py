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
from dawra.customers import rules, search
from dawra.customers.queries.cards import person_cards
from dawra.customers.queries.fields import options_of
from dawra.customers.rules import FieldCard
from dawra.figures.words import fold, named


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
        self.people = _names(actor, self.custom, self.values) if actor else {}
        for field in self.custom:
            value = self.values.get(field.key)
            self.fields[field.input_name] = custom_field(field, self.people.get(value, value), language)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self.custom:
            if field.input_name in said:
                said[field.input_name] = self._person(field, said[field.input_name])
                try:
                    said[field.input_name] = rules.parse(
                        field, said[field.input_name], currency=self.currency, now=self.values.get(field.key)
                    )
                except rules.Wrong as wrong:
                    self.add_error(field.input_name, _(wrong.sentence) % wrong.facts)
        return said

    def _person(self, field: FieldCard, text: Any) -> Any:
        """A person field is answered by name or e-mail: the one visible person it fits, else the words as they are."""
        now = self.values.get(field.key)
        if field.type != "person" or self.actor is None or not text:
            return text
        if text == self.people.get(now):
            return now
        fitting = [
            one for one in search.find(self.actor, str(text), kinds=("person",), limit=2)
            if "@" in str(text) or fold(str(text)) in {fold(part) for part in one.title.split(" · ")}
        ]  # fmt: skip
        return str(fitting[0].id) if len(fitting) == 1 else text

    def custom_values(self) -> dict[str, Any]:
        return {f.key: self.cleaned_data.get(f.input_name) for f in self.custom if f.input_name in self.fields}


def custom_field(field: FieldCard, value: Any, language: str) -> forms.Field:
    """The input of one field, filled with its stored value. Values are read by rules.parse, never by the input."""
    options: dict[str, Any] = {
        "label": named(field.name, field.name_ar, language),
        "help_text": field.hint,
        "required": False,
        "initial": written(field, value),
    }
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


def _names(actor: Actor, fields: Iterable[FieldCard], values: Mapping[str, Any]) -> dict[Any, str]:
    """id → name of the people the values point at. 1 query, none without any."""
    ids = [values[field.key] for field in fields if field.type == "person" and values.get(field.key)]
    return {str(card.id): card.name for card in person_cards(actor, ids).values()} if ids else {}


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
