"""A framework: its name in both languages, and its criteria as rows beside it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.deals.actions.frameworks import HEADS, LONGEST, MOST_CRITERIA, CriterionSaid, FrameworkSaid
from dawra.deals.queries.frameworks import AskedCard, FrameworkCard
from dawra.figures.words import western_digits

EMPTY = 2
CELLS = ("code", "place", "weight", *LONGEST)


class FrameworkForm(forms.Form):
    """Reads row_0_name, row_0_question, row_0_weight and so on; a row without a name is left out."""

    marks_optional = True

    name = forms.CharField(required=False, max_length=HEADS["name"], label=_("Name"))
    name_ar = forms.CharField(
        required=False,
        max_length=HEADS["name_ar"],
        label=_("Arabic name"),
        widget=forms.TextInput(attrs={"dir": "rtl"}),
    )
    about = forms.CharField(required=False, max_length=HEADS["about"], label=_("What it is good for"))
    about_ar = forms.CharField(
        required=False,
        max_length=HEADS["about_ar"],
        label=_("What it is good for, in Arabic"),
        widget=forms.TextInput(attrs={"dir": "rtl"}),
    )

    @classmethod
    def standing(cls, card: FrameworkCard | None) -> dict[str, Any]:
        if card is None:
            return {}
        return {"name": card.name, "name_ar": card.name_ar, "about": card.about.name, "about_ar": card.about.name_ar}

    def rows(self, card: FrameworkCard | None) -> list[dict[str, Any]]:
        """What was sent, else what stands and some empty rows."""
        if self.is_bound:
            return self._sent()
        kept = [_standing(one) for one in (card.criteria if card else ())]
        empty = [dict.fromkeys(CELLS, "") | {"weight": "10"} for _n in range(EMPTY if kept else EMPTY + 2)]
        rows = (kept + empty)[:MOST_CRITERIA]
        return [row | {"number": n, "place": str(n + 1)} for n, row in enumerate(rows)]

    def said(self) -> FrameworkSaid:
        """Raises Invalid."""
        rows = [row for row in self._sent() if row["name"] or row["name_ar"]]
        rows.sort(key=lambda row: int(row["place"]) if row["place"].isdecimal() else len(rows))
        heads = {name: self.cleaned_data[name] for name in HEADS}
        return FrameworkSaid(tuple(_said(row) for row in rows), **heads)

    def _sent(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for n in range(MOST_CRITERIA + EMPTY):
            if f"row_{n}_name" not in self.data:
                break
            cells = {cell: str(self.data.get(f"row_{n}_{cell}", "")).strip()[:600] for cell in CELLS}
            rows.append(cells | {"number": n, "place": western_digits(cells["place"])})
        return rows


def _standing(one: AskedCard) -> dict[str, Any]:
    return {
        "code": one.code,
        "weight": str(one.weight),
        "name": one.name,
        "name_ar": one.name_ar,
        "question": one.question.name,
        "question_ar": one.question.name_ar,
        "good": one.good.name,
        "good_ar": one.good.name_ar,
    }


def _said(row: dict[str, Any]) -> CriterionSaid:
    weight = western_digits(row["weight"])
    if not weight.isdecimal() or len(weight) > 3:
        raise Invalid(_("A weight is a whole number from 1 to 100."), field="criteria")
    return CriterionSaid(code=row["code"], weight=int(weight), **{name: row[name] for name in LONGEST})
