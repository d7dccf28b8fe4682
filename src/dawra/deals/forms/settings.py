"""What is set up once: a stage with its criteria, a product, a reason, a rate."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.deals.actions.pipelines import NewCriterion, NewStage
from dawra.deals.actions.products import ProductSaid
from dawra.deals.forms import reading
from dawra.deals.queries.pipelines import StageCard
from dawra.deals.words import ASKS, CATEGORIES, RECURS, TYPES
from dawra.figures.words import named

CRITERIA_ROWS = 6
_DIGITS = {"inputmode": "decimal", "dir": "ltr"}


class StageForm(forms.Form):
    """Its criteria are rows beside it: ask_0, ask_name_0, ask_name_ar_0 and so on."""

    name = forms.CharField(max_length=80, label=_("Name"))
    name_ar = forms.CharField(
        required=False, max_length=80, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    type = forms.ChoiceField(label=_("What it means"), choices=list(TYPES.items()))
    probability = forms.CharField(max_length=8, label=_("Probability, percent"), widget=forms.TextInput(attrs=_DIGITS))
    stalled_after_days = forms.IntegerField(
        min_value=0, max_value=3650, label=_("Stalled after days without activity"), help_text=_("0 means never.")
    )
    forecast_category = forms.ChoiceField(label=_("Forecast category"), choices=list(CATEGORIES.items()))

    @classmethod
    def standing(cls, stage: StageCard) -> dict[str, Any]:
        """The stage as its form shows it."""
        return {
            "name": stage.name,
            "name_ar": stage.name_ar,
            "type": stage.type,
            "probability": reading.percent(stage.probability_bp),
            "stalled_after_days": stage.stalled_after_days,
            "forecast_category": stage.forecast_category,
        }

    def rows(self, stage: StageCard | None) -> list[dict[str, Any]]:
        if self.is_bound:
            return [self._row(n) for n in range(CRITERIA_ROWS * 2)]
        kept = [
            {"ask": f"{c.sort}:{'' if c.sort == 'playbook' else c.detail}", "name": c.name, "name_ar": c.name_ar}
            for c in (stage.criteria if stage else ())
        ]
        return kept + [{"ask": "box:", "name": "", "name_ar": ""} for _n in range(max(2, CRITERIA_ROWS - len(kept)))]

    def said(self, stage_id: Any) -> NewStage:
        """Raises Invalid."""
        said = self.cleaned_data
        return NewStage(
            name=said["name"],
            name_ar=said["name_ar"],
            type=said["type"],
            probability_bp=reading.share_of("probability", said["probability"]) or 0,
            stalled_after_days=said["stalled_after_days"],
            forecast_category=said["forecast_category"],
            criteria=tuple(_criterion(row) for row in map(self._row, range(CRITERIA_ROWS * 2)) if row["name"]),
            stage_id=stage_id,
        )

    def _row(self, n: int) -> dict[str, Any]:
        get = self.data.get
        return {
            "ask": get(f"ask_{n}", "box:"),
            "name": str(get(f"ask_name_{n}", "")).strip(),
            "name_ar": str(get(f"ask_name_ar_{n}", "")).strip(),
        }


def _criterion(row: dict[str, Any]) -> NewCriterion:
    sort, _sep, detail = str(row["ask"]).partition(":")
    return NewCriterion(sort, row["name"], row["name_ar"], detail[:60])


def asks(fields: Any, paths: Sequence[tuple[Any, str, str]], spoken: str) -> list[tuple[str, Any]]:
    """What a criterion may ask, custom fields and certificates too. paths: id, name, Arabic name of training paths."""
    own = [
        (f"field:custom.{f.key}", f.name_ar if spoken == "ar" and f.name_ar else f.name)
        for f in fields
        if not f.archived
    ]
    earned = [
        (f"certificate:{key}", _("Certificate: %(path)s") % {"path": named(name, name_ar, spoken)})
        for key, name, name_ar in paths
    ]
    return [*ASKS.items(), *earned, *own]


class ProductForm(forms.Form):
    marks_optional = True

    code = forms.CharField(max_length=60, label=_("Code"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    name = forms.CharField(max_length=160, label=_("Name"))
    name_ar = forms.CharField(
        required=False, max_length=160, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    family = forms.CharField(required=False, max_length=80, label=_("Family"))
    unit = forms.CharField(required=False, max_length=20, label=_("Unit"))
    price = forms.CharField(max_length=40, label=_("Price"), widget=forms.TextInput(attrs=_DIGITS))
    currency = forms.CharField(max_length=3, label=_("Currency"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    recurs = forms.ChoiceField(required=False, label=_("Paid"), choices=list(RECURS.items()))
    archived = forms.BooleanField(required=False, label=_("No longer sold"))

    def said(self) -> ProductSaid:
        """Raises Invalid."""
        said = dict(self.cleaned_data)
        currency = said.pop("currency").strip().upper()
        price_minor = reading.minor_of("price", said.pop("price"), currency)
        return ProductSaid(**said, price_minor=price_minor, currency=currency)


class ReasonForm(forms.Form):
    outcome = forms.ChoiceField(label=_("For deals"), choices=[("won", _("Won")), ("lost", _("Lost"))])
    name = forms.CharField(max_length=80, label=_("Name"))
    name_ar = forms.CharField(
        required=False, max_length=80, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    archived = forms.BooleanField(required=False, label=_("No longer offered"))


class RateForm(forms.Form):
    currency = forms.CharField(
        max_length=3,
        label=_("Currency"),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("Its code, like USD."),
    )
    rate = forms.CharField(max_length=24, label=_("Rate"), widget=forms.TextInput(attrs=_DIGITS))
    valid_from_on = forms.CharField(max_length=10, label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))


class PipelineForm(forms.Form):
    name = forms.CharField(max_length=80, label=_("Name"))
    name_ar = forms.CharField(
        required=False, max_length=80, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    is_default = forms.BooleanField(required=False, label=_("New deals enter this pipeline"))
    archived = forms.BooleanField(required=False, label=_("Put away"))
