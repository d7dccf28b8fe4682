"""Which deals are edited together, and to what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers import rules
from dawra.customers.forms.custom import custom_field
from dawra.customers.rules import FieldCard
from dawra.deals.actions.bulk import MOST, Change
from dawra.deals.forms.columns import FORECASTS

INPUT = {"class": "input"}
DAY = forms.DateInput(attrs={"type": "date", "class": "input", "dir": "ltr"}, format="%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Chosen:
    """ids: ticked rows. asked: the list's query string. everything: all that match it, and not the ticked ones."""

    ids: tuple[UUID, ...]
    asked: str
    everything: bool


def chosen(posted: QueryDict) -> Chosen:
    """Raises Invalid."""
    try:
        ids = tuple(UUID(text) for text in posted.getlist("id")[: MOST + 1])
    except ValueError:
        raise Invalid(_("Choose deals in the list."), field="id") from None
    return Chosen(ids, posted.get("asked", "")[:4000], posted.get("which") == "all")


@dataclass(frozen=True, slots=True)
class Asked:
    """offered: the fields this actor may change, with their names. own: the workspace's fields, if they may be changed."""

    actor: Actor
    language: str
    offered: Sequence[tuple[str, Any]]
    own: Sequence[FieldCard]
    owners: Sequence[tuple[str, Any]]
    stages: Sequence[tuple[str, Any]]


class BulkForm(forms.Form):
    """One field at a time: `field` says which, and the input of that name holds the new value."""

    field = forms.ChoiceField(label=_("What to change"), widget=forms.RadioSelect)
    owner = forms.ChoiceField(required=False, label=_("Owner"), widget=forms.Select(attrs=INPUT))
    stage = forms.ChoiceField(required=False, label=_("Stage"), widget=forms.Select(attrs=INPUT))
    expected_close_on = forms.DateField(required=False, label=_("Close date"), widget=DAY)
    forecast_category = forms.ChoiceField(
        required=False, label=_("Forecast category"), choices=FORECASTS, widget=forms.Select(attrs=INPUT)
    )
    tag = forms.CharField(
        required=False, max_length=60, label=_("Tag"), widget=forms.TextInput(attrs=INPUT | {"dir": "auto"})
    )

    def __init__(self, *args: Any, asked: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = tuple(asked.own)
        for one in self.own:
            self.fields[one.input_name] = custom_field(one, None, asked.language, actor=asked.actor)
        for name, choices in (
            ("field", asked.offered),
            ("owner", [("", _("Nobody")), *asked.owners]),
            ("stage", asked.stages),
        ):
            chosen_field = self.fields[name]
            assert isinstance(chosen_field, forms.ChoiceField)
            chosen_field.choices = choices

    @property
    def own_inputs(self) -> list[forms.BoundField]:
        return [self[one.input_name] for one in self.own]

    def change(self) -> Change:
        said = self.cleaned_data
        field = said["field"]
        if field in ("tag_add", "tag_remove"):
            return Change(field, said["tag"])
        if field.startswith("custom."):
            return Change(field, said[self._own_of(field).input_name] or None)
        if field == "delete":
            return Change(field)
        return Change(field, said[field] or None)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        field = said.get("field", "")
        if field in ("tag_add", "tag_remove") and not said.get("tag"):
            self.add_error("tag", _("Write a tag."))
        if field == "stage" and not said.get("stage"):
            self.add_error("stage", _("Choose a stage."))
        if field.startswith("custom."):
            own = self._own_of(field)
            try:
                rules.parse(own, said.get(own.input_name), currency="")
            except rules.Wrong as wrong:
                self.add_error(own.input_name, _(wrong.sentence) % wrong.facts)
        return said

    def _own_of(self, field: str) -> FieldCard:
        return next(one for one in self.own if f"custom.{one.key}" == field)
