"""What one stage's page of the playbook says: texts in both languages, and rows of steps and links beside them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.deals.actions.playing import (
    LONGEST_SCRIPT,
    LONGEST_TODO,
    MOST_MATERIAL,
    MOST_STEPS,
    PlaySaid,
    StepSaid,
)
from dawra.deals.plays import Play

EMPTY_STEPS, EMPTY_LINKS = 3, 2
STEP, LINK = ("place", "name", "name_ar", "required", "by", "key"), ("name", "address")


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: dict[str, str]


def _text(rows: int, direction: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": direction})


class PlayForm(forms.Form):
    """Reads step_0_name, step_0_name_ar, step_0_required, step_0_by, step_0_key, step_0_place, link_0_name, link_0_address."""

    marks_optional = True

    todo = forms.CharField(required=False, max_length=LONGEST_TODO, label=_("What to do"), widget=_text(4, "auto"))
    todo_ar = forms.CharField(
        required=False, max_length=LONGEST_TODO, label=_("What to do, in Arabic"), widget=_text(4, "rtl")
    )
    script = forms.CharField(
        required=False,
        max_length=LONGEST_SCRIPT,
        label=_("Script"),
        help_text=_("What to say and ask. It stands beside the form of a call. An empty line begins the next part."),
        widget=_text(8, "auto"),
    )
    script_ar = forms.CharField(
        required=False, max_length=LONGEST_SCRIPT, label=_("Script, in Arabic"), widget=_text(8, "rtl")
    )

    @classmethod
    def standing(cls, play: Play | None) -> dict[str, Any]:
        names = ("todo", "todo_ar", "script", "script_ar")
        return {name: getattr(play, name) for name in names} if play else {}

    def steps(self, play: Play | None) -> list[Row]:
        """What was sent, else what stands and some empty rows."""
        if self.is_bound:
            return self._sent("step", STEP, MOST_STEPS + EMPTY_STEPS)
        kept = [
            {"name": s.name, "name_ar": s.name_ar, "required": "yes" if s.required else "", "by": s.by, "key": s.key}
            for s in (play.steps if play else ())
        ]
        empty = [dict.fromkeys(STEP, "") | {"required": "yes"} for _n in range(EMPTY_STEPS)]
        return [Row(n, cells | {"place": str(n + 1)}) for n, cells in enumerate(kept + empty)]

    def links(self, play: Play | None) -> list[Row]:
        if self.is_bound:
            return self._sent("link", LINK, MOST_MATERIAL + EMPTY_LINKS)
        kept = [{"name": one.name, "address": one.address} for one in (play.material if play else ())]
        return [Row(n, cells) for n, cells in enumerate(kept + [dict.fromkeys(LINK, "")] * EMPTY_LINKS)]

    def said(self) -> PlaySaid:
        """Rows without a name are left out; steps stand in the order of their places."""
        steps = [row.cells for row in self.steps(None) if row.cells["name"] or row.cells["name_ar"]]
        steps.sort(key=lambda cells: int(cells["place"]) if cells["place"].isdecimal() else len(steps))
        links = [row.cells for row in self.links(None) if row.cells["address"]]
        return PlaySaid(
            **{name: self.cleaned_data[name] for name in ("todo", "todo_ar", "script", "script_ar")},
            steps=tuple(
                StepSaid(one["name"], one["name_ar"], bool(one["required"]), one["by"], one["key"]) for one in steps
            ),
            material=tuple((one["name"], one["address"]) for one in links),
        )

    def _sent(self, what: str, names: tuple[str, ...], most: int) -> list[Row]:
        """Row by row until one is missing."""
        rows = []
        for n in range(most):
            if f"{what}_{n}_{names[1]}" not in self.data:
                break
            rows.append(Row(n, {name: str(self.data.get(f"{what}_{n}_{name}", "")).strip()[:600] for name in names}))
        return rows
