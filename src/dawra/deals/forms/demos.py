"""A demo: what is planned, how it went, when it is to be instead."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dawra.customers.forms.activities import DayField, Digits, Moment
from dawra.deals.actions.demoing import DemoSaid, DemoTold, Showing
from dawra.deals.forms import reading
from dawra.deals.queries.demos import DemoPage
from dawra.deals.words import DEMO_TYPE, REACTION

LINES = 20_000
EMPTY_ROWS = 3
MOST_ROWS = 60


class DemoForm(forms.Form):
    """What is planned. people: those who take part in the deal."""

    type = forms.ChoiceField(label=_("What kind"), choices=list(DEMO_TYPE.items()))
    starts_at = Moment(label=pgettext_lazy("demo", "When"))
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=5, max_value=1440, initial=45, widget=Digits(attrs={"inputmode": "numeric"})
    )
    pains = forms.CharField(
        required=False,
        max_length=LINES,
        label=_("What they want solved"),
        help_text=_("One a line: what you promised to show them."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    features = forms.CharField(
        required=False,
        max_length=LINES,
        label=_("What to show, in order"),
        help_text=_("One a line. Use the same words each time: the figures count by them."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    people = forms.MultipleChoiceField(
        required=False, label=_("Who is to be there"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], timed: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["people"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(people)
        if not people:
            del self.fields["people"]
        if not timed:
            del self.fields["starts_at"]

    def said(self) -> DemoSaid:
        """Raises Invalid."""
        said = self.cleaned_data
        people = [reading.id_of("people", one) for one in said.get("people", ())]
        return DemoSaid(
            said["type"],
            said["minutes"],
            tuple(said["pains"].splitlines()),
            tuple(said["features"].splitlines()),
            tuple(one for one in people if one),
        )


class WhenForm(forms.Form):
    starts_at = Moment(label=_("The new time"))


class HeldForm(forms.Form):
    """How it went. The features are rows beside it: name_0, shown_0, reaction_0, words_0 and so on; came: ids."""

    gaps = forms.CharField(
        required=False,
        max_length=LINES,
        label=_("What they missed"),
        help_text=_("One a line."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    next_step = forms.CharField(
        required=False,
        max_length=200,
        label=_("Next step agreed"),
        help_text=_("It becomes the deal's next step."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    next_step_on = DayField(required=False, label=_("On which day"))

    def rows(self, page: DemoPage) -> list[dict[str, Any]]:
        """What was sent, else what was planned or told before, and empty rows for what came up."""
        if self.is_bound:
            return [self._row(n) for n in range(MOST_ROWS) if f"name_{n}" in self.data]
        told = page.card.state == "held"
        kept = [
            {"name": i.name, "shown": i.shown if told else True, "reaction": i.reaction, "words": i.words}
            for i in page.items
        ]
        return kept + [{"name": "", "shown": True, "reaction": "", "words": ""} for _n in range(EMPTY_ROWS)]

    def told(self, page: DemoPage) -> DemoTold:
        """Raises Invalid."""
        items = tuple(Showing(**row) for row in self.rows(page) if row["name"].strip())
        came = [reading.id_of("came", one) for one in cast(QueryDict, self.data).getlist("came")]
        said = self.cleaned_data
        return DemoTold(
            items,
            tuple(one for one in came if one),
            tuple(said["gaps"].splitlines()),
            said["next_step"],
            said["next_step_on"],
        )

    def _row(self, n: int) -> dict[str, Any]:
        texts = {name: str(self.data.get(f"{name}_{n}", "")) for name in ("name", "reaction", "words")}
        return texts | {"shown": self.data.get(f"shown_{n}") == "yes"}

    @property
    def reactions(self) -> list[tuple[str, Any]]:
        return [("", "—"), *REACTION.items()]
