"""What may be said about a call, a meeting or an e-mail that has happened, and what the company asks of it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.customers.actions.activities import Happening, Plan
from dawra.customers.actions.talking import LONGEST_REASON, Talk
from dawra.customers.forms.activities import DIRECTIONS, SORTS, DayField, Digits, Moment, Text, due_moment
from dawra.customers.forms.outcomes import outcome_choices
from dawra.customers.models.talking import TALKS
from dawra.customers.queries.outcomes import talk_rules


class LogForm(forms.Form):
    """A call, a meeting or an e-mail that has happened; of the first two how they ended, and what comes next."""

    title = forms.CharField(label=_("About"), max_length=200)
    outcome = forms.ChoiceField(label=_("How it ended"), required=False)
    happened_at = Moment(label=_("When it happened"), required=False, help_text=_("Empty: just now."))
    direction = forms.ChoiceField(label=_("Direction"), choices=DIRECTIONS, required=False)
    duration_minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=1440, widget=Digits(attrs={"inputmode": "numeric"})
    )
    body = Text(label=_("What was said"), required=False)
    next_title = forms.CharField(label=_("Next step"), max_length=200, required=False)
    next_what = forms.ChoiceField(label=_("Kind"), choices=SORTS, required=False)
    next_on = DayField(label=_("Day"), required=False)
    next_time = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=Digits(attrs={"type": "time", "dir": "ltr"}),
        help_text=_("Empty: any time of the day."),
    )
    because = forms.CharField(
        label=_("Or nothing, because…"), max_length=LONGEST_REASON, required=False, help_text=_("Kept in the timeline.")
    )

    def __init__(self, *args: Any, what: str = "call", asks: bool | None = False, **options: Any) -> None:
        """asks: what it is about is open, so that a next step is expected of it; None while that is not known."""
        super().__init__(*args, **options)
        self.what = what
        self.asks = False
        if what in TALKS:
            rules = talk_rules()
            choices = outcome_choices(what)
            let_choose(self, "outcome", choices)
            self.fields["outcome"].required = rules.outcome_required and len(choices) > 1
            self.asks = bool(asks) and rules.next_step_required
        unasked = {
            "call": (),
            "meeting": ("direction",),
            "email": (
                "outcome",
                "duration_minutes",
                *(name for name in self.fields if name.startswith("next_")),
                "because",
            ),
        }[what]
        for name in unasked:
            del self.fields[name]
        if what != "email" and asks is False:
            del self.fields["because"]

    def about_it(self) -> Iterator[forms.BoundField]:
        return (bound for bound in self if not _is_next(bound.name))

    def about_next(self) -> list[forms.BoundField]:
        return [bound for bound in self if _is_next(bound.name)]

    def next_is_open(self) -> bool:
        """Whether the part about what comes next is unfolded from the start."""
        return self.asks or any(
            bound.errors or bound.value() for bound in self.about_next() if bound.name != "next_what"
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("next_title") and not given.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", translate("Say on which day."))
        if given.get("next_on") and not given.get("next_title") and "next_title" not in self.errors:
            self.add_error("next_title", translate("Say in a few words what is to be done."))
        if self.asks and not self.errors and not (given.get("next_title") or given.get("because")):
            self.add_error("next_title", translate("Say what comes next, or why nothing does."))
        return given

    def said(self, now: Any) -> Talk:
        given = self.cleaned_data
        said = Happening(
            what=self.what,
            at=given["happened_at"] or now,
            title=given["title"],
            body=given["body"],
            direction=given.get("direction") or "",
            outcome=given.get("outcome") or "",
            duration_minutes=given.get("duration_minutes"),
        )
        return Talk(said, self._then(), given.get("because") or "")

    def _then(self) -> Plan | None:
        given = self.cleaned_data
        if not given.get("next_title"):
            return None
        at = given["next_time"]
        return Plan(
            title=given["next_title"],
            due_at=due_moment(given["next_on"], at),
            all_day=at is None,
            what=given["next_what"] or "task",
        )


def _is_next(name: str) -> bool:
    return name == "because" or name.startswith("next_")
