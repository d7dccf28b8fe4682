"""Correcting an activity: only the fields its kind has."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.customers.forms.activities import DIRECTIONS, DayField, Digits, Moment, Text, due_moment
from dawra.customers.forms.outcomes import outcome_choices
from dawra.customers.models import Activity

_OF_KIND = {
    "call": ("title", "happened_at", "direction", "outcome", "duration_minutes", "body"),
    "meeting": ("title", "happened_at", "outcome", "duration_minutes", "body"),
    "email": ("title", "happened_at", "direction", "body"),
    "note": ("body",),
}


class EditForm(forms.Form):
    title = forms.CharField(label=_("About"), max_length=200)
    happened_at = Moment(label=_("When it happened"))
    due_on = DayField(label=_("Day"))
    due_time = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=Digits(attrs={"type": "time", "dir": "ltr"}),
        help_text=_("Empty: any time of the day."),
    )
    direction = forms.ChoiceField(label=_("Direction"), choices=[("", "—"), *DIRECTIONS], required=False)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False)
    duration_minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=1440, widget=Digits(attrs={"inputmode": "numeric"})
    )
    body = Text(label=_("Text"), required=False)

    def __init__(self, data: Any, *, activity: Activity) -> None:
        self.activity = activity
        initial = {name: getattr(activity, name) for name in ("title", "happened_at", "direction", "outcome", "body")}
        initial["duration_minutes"] = activity.duration_minutes
        if activity.due_at:
            local = timezone.localtime(activity.due_at)
            initial |= {"due_on": local.date(), "due_time": None if activity.all_day else local.strftime("%H:%M")}
        super().__init__(data, initial=initial)
        planned = ("title", "due_on", "due_time", "body")
        kept = planned if activity.due_at else _OF_KIND[activity.what]
        for name in set(self.fields) - set(kept):
            del self.fields[name]
        if "outcome" in self.fields:
            let_choose(self, "outcome", outcome_choices(activity.what, kept=activity.outcome))
        self.fields["body"].required = activity.what == "note"

    def values(self) -> dict[str, Any]:
        """What edit_activity takes. A moment the form cannot tell apart to the second stays as it was."""
        values: dict[str, Any] = dict(self.cleaned_data)
        if "due_on" in values:
            on, at = values.pop("due_on"), values.pop("due_time")
            values |= {"due_at": due_moment(on, at), "all_day": at is None}
        for name in ("happened_at", "due_at"):
            before = getattr(self.activity, name)
            if before and values.get(name) == before.replace(second=0, microsecond=0):
                values[name] = before
        return values
