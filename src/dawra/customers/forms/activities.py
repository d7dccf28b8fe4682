"""What may be said about an activity, as forms."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dawra.customers.actions.activities import LONGEST_BODY, Plan
from dawra.figures.words import western_digits
from dawra.team.colleagues import colleagues

DIRECTIONS = (("out", pgettext_lazy("call or e-mail", "Outgoing")), ("in", pgettext_lazy("call or e-mail", "Incoming")))
SORTS = (("task", _("Task")), ("meeting", _("Meeting")), ("call", _("Call")))


class Digits(forms.TextInput):
    """Numbers and moments typed in either script."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return western_digits(value) if isinstance(value, str) else value


class Moment(forms.DateTimeField):
    """A moment on the reader's clock; the browser's own picker writes it."""

    def __init__(self, **options: Any) -> None:
        widget = Digits(attrs={"type": "datetime-local", "dir": "ltr"})
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"], **options
        )

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


class DayField(forms.DateField):
    def __init__(self, **options: Any) -> None:
        super().__init__(widget=Digits(attrs={"type": "date", "dir": "ltr"}), input_formats=["%Y-%m-%d"], **options)


class Text(forms.CharField):
    def __init__(self, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST_BODY, **options)


class NoteForm(forms.Form):
    body = Text(label=_("Note"), help_text=_("Markdown works. Name a colleague with @ to tell them."))


class PlanForm(forms.Form):
    """Something to be done: on a day, or at a moment of it."""

    title = forms.CharField(label=_("What is to be done"), max_length=200)
    what = forms.ChoiceField(label=_("Kind"), choices=SORTS, initial="task")
    due_on = DayField(label=_("Day"))
    due_time = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=Digits(attrs={"type": "time", "dir": "ltr"}),
        help_text=_("Empty: any time of the day."),
    )
    owner = forms.TypedChoiceField(label=_("For"), required=False, coerce=UUID, empty_value=None)
    body = Text(label=_("Details"), required=False, rows=3)

    def __init__(self, *args: Any, me: Any = None, **options: Any) -> None:
        super().__init__(*args, **options)
        people = colleagues()
        owner = self.fields["owner"]
        assert isinstance(owner, forms.TypedChoiceField)
        owner.choices = [("", _("Myself")), *((str(one.id), one.read()) for one in people if one.id != me)]

    def planned(self) -> Plan:
        given = self.cleaned_data
        return Plan(
            title=given["title"],
            due_at=due_moment(given["due_on"], given["due_time"]),
            all_day=given["due_time"] is None,
            body=given["body"],
            what=given["what"],
            owner_id=given["owner"],
        )


def due_moment(on: date, at: time | None) -> datetime:
    """A day's end for what has no time, in the reader's zone, so that it is due all day."""
    return timezone.make_aware(datetime.combine(on, at or time(23, 59)))
