"""A template of close plans: its name in both languages, whose deals, and its steps as rows; and what a plan begins with."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.errors import Invalid
from dawra.deals.actions.plan_templates import LONGEST_NAME, LONGEST_TITLE, MOST_STEPS, TemplateSaid
from dawra.deals.close_plan_seeds import UsualStep
from dawra.deals.models.plan import CLOSE, OURS, START
from dawra.figures.words import western_digits

EMPTY = 3
CELLS = ("title", "title_ar", "side", "anchor", "days")
ANCHOR = {CLOSE: _("days before the close"), START: _("days after the start")}


class TemplateForm(forms.Form):
    """Reads step_0_title, step_0_days and so on; a row without words is left out."""

    marks_optional = True

    name = forms.CharField(required=False, max_length=LONGEST_NAME, label=_("Name"))
    name_ar = forms.CharField(
        required=False, max_length=LONGEST_NAME, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    pipeline_id = forms.ChoiceField(required=False, label=_("For the deals of"))

    def __init__(self, *args: Any, pipelines: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["pipeline_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Every pipeline")), *pipelines]

    def rows(self, standing: Sequence[UsualStep]) -> list[dict[str, Any]]:
        """What was sent, else what stands and some empty rows."""
        if self.is_bound:
            return self._sent()
        kept = [{name: str(getattr(one, name)) for name in CELLS} for one in standing]
        empty = {"title": "", "title_ar": "", "side": OURS, "anchor": CLOSE, "days": ""}
        rows = [*kept, *([empty] * EMPTY)][: max(MOST_STEPS, len(kept))]
        return [row | {"number": n} for n, row in enumerate(rows)]

    def said(self) -> TemplateSaid:
        """Raises Invalid."""
        steps = tuple(_said(row) for row in self._sent() if row["title"] or row["title_ar"])
        of = self.cleaned_data["pipeline_id"]
        return TemplateSaid(
            steps, self.cleaned_data["name"], self.cleaned_data["name_ar"], UUID(of) if of else None
        )  # fmt: skip

    def _sent(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for n in range(MOST_STEPS + EMPTY):
            if f"step_{n}_title" not in self.data:
                break
            cells = {name: str(self.data.get(f"step_{n}_{name}", "")).strip()[: LONGEST_TITLE + 1] for name in CELLS}
            rows.append(cells | {"number": n})
        return rows


class BeginForm(forms.Form):
    """What a plan begins with."""

    template_id = forms.ChoiceField(required=False, label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, templates: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["template_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*templates, ("", _("The usual steps"))]
        self.initial.setdefault("template_id", templates[0][0] if templates else "")

    def chosen(self) -> UUID | None:
        said = self.cleaned_data["template_id"]
        return UUID(said) if said else None


def _said(row: dict[str, Any]) -> UsualStep:
    days = western_digits(row["days"]) or "0"
    if not days.isdecimal() or len(days) > 4:
        raise Invalid(_("Days are whole numbers."), field="steps")
    return UsualStep(row["side"], int(days), row["title"], row["title_ar"], row["anchor"])
