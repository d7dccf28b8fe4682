"""A step of a close plan, and the name a buyer ticks with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.customers.forms.activities import DayField
from dawra.deals.actions.close_plans import LONGEST_NAME, LONGEST_NOTE, LONGEST_TITLE, StepSaid
from dawra.deals.models.plan import OURS, THEIRS

SIDE = {OURS: _("We do it"), THEIRS: _("The buyer does it")}


class StepForm(forms.Form):
    title = forms.CharField(
        label=_("What is to be done"), max_length=LONGEST_TITLE, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    due_on = DayField(label=_("By"))
    side = forms.ChoiceField(label=_("Who"), choices=list(SIDE.items()), initial=OURS)
    member_id = forms.ChoiceField(label=_("Who of us"), required=False)
    person_id = forms.ChoiceField(label=_("Who of the buyer"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("The buyer reads it too."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, members: Sequence[tuple[str, Any]], people: Sequence[tuple[str, Any]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, choices in (("member_id", members), ("person_id", people)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Nobody")), *choices]

    def said(self) -> StepSaid:
        said = self.cleaned_data
        ids = {name: UUID(said[name]) if said[name] else None for name in ("member_id", "person_id")}
        return StepSaid(said["title"], said["due_on"], said["side"], said["note"], **ids)


class TickForm(forms.Form):
    """What a buyer fills in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
