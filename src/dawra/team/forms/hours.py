"""Working hours: a beginning and an end for each day, both empty on a day off."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.team import choices
from dawra.team.rules import working_hours


class HoursMixin(forms.Form):
    """Adds from_1, until_1 … until_7 (ISO weekdays) and reads them back as {"1": ["09:00", "17:00"]}."""

    def __init__(self, *args: Any, hours: dict[str, list[str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in choices.DAYS:
            begins, ends = (hours or {}).get(str(number), ["", ""])
            for prefix, value, word in (("from", begins, _("from")), ("until", ends, _("until"))):
                self.fields[f"{prefix}_{number}"] = forms.TimeField(
                    label=word,
                    initial=value,
                    required=False,
                    input_formats=["%H:%M"],
                    widget=forms.TimeInput(attrs={"type": "time", "aria-label": f"{name}, {word}"}, format="%H:%M"),
                )

    def days(self) -> Iterator[dict[str, Any]]:
        """For the template: each day with its two fields."""
        for number, name in choices.DAYS:
            yield {"name": name, "from": self[f"from_{number}"], "until": self[f"until_{number}"]}

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if not self.errors and working_hours(self.hours()) is None:
            self.add_error(None, _("Give a working day a beginning and a later end; leave both empty on a day off."))
        return said

    def hours(self) -> dict[str, list[str]]:
        kept = {}
        for number, _name in choices.DAYS:
            pair = [self.cleaned_data.get(f"{prefix}_{number}") for prefix in ("from", "until")]
            if any(pair):
                kept[str(number)] = [moment.strftime("%H:%M") if moment else "" for moment in pair]
        return kept
