"""Dismissing a proposal, and a rule of what is proposed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.deals.actions.next_best import MOST_DAYS, MOST_PC, RuleSaid
from dawra.deals.forms import reading
from dawra.deals.next_best_words import ACT, CONDITION, DISMISS

_DIGITS = {"inputmode": "decimal", "dir": "ltr"}


class DismissForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), choices=list(DISMISS.items()))
    words = forms.CharField(label=_("In your own words"), max_length=400, required=False)


class _Whole(forms.IntegerField):
    """A whole number of days or percent; digits of either script are read by the middleware of forms."""

    def __init__(self, most: int, **more: Any) -> None:
        super().__init__(min_value=0, max_value=most, widget=forms.NumberInput(attrs={"dir": "ltr"}), **more)


class RuleForm(forms.Form):
    name = forms.CharField(max_length=120, label=_("Name"), help_text=_("What to do, as it is read on My day."))
    name_ar = forms.CharField(
        required=False, max_length=120, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    condition = forms.ChoiceField(label=_("When"), choices=list(CONDITION.items()))
    act = forms.ChoiceField(label=_("What is offered"), choices=list(ACT.items()))
    days = _Whole(MOST_DAYS, label=_("For days"), help_text=_("How long it holds, or how near its day is."))
    least = _Whole(
        MOST_PC, label=_("Below"), help_text=_("Only for people in the deal, and for the score of qualification.")
    )
    from_probability = forms.CharField(
        max_length=8, label=_("Probability from, percent"), widget=forms.TextInput(attrs=_DIGITS)
    )
    to_probability = forms.CharField(
        max_length=8, label=_("Probability to, percent"), widget=forms.TextInput(attrs=_DIGITS)
    )
    urgent_from_pc = _Whole(
        MOST_PC, label=_("Urgency on the first day, percent"), help_text=_("100 leaves the value as it is.")
    )
    urgent_to_pc = _Whole(MOST_PC, label=_("Urgency later, percent"))
    urgent_days = _Whole(MOST_DAYS, label=_("Later means after days"))
    weight_pc = _Whole(MOST_PC, label=_("Weight, percent"), help_text=_("How much this rule counts beside the others."))
    follow_days = _Whole(MOST_DAYS, label=_("Followed if done within days"))
    moved_days = _Whole(MOST_DAYS, label=_("It moved the deal if a stage follows within days"))
    is_active = forms.BooleanField(required=False, label=_("Switched on"))

    @classmethod
    def standing(cls, rule: Any) -> dict[str, Any]:
        plain = {name: getattr(rule, name) for name in RuleSaid.__dataclass_fields__}
        return plain | {
            "from_probability": reading.percent(rule.from_bp),
            "to_probability": reading.percent(rule.to_bp),
        }

    def said(self) -> RuleSaid:
        """Raises Invalid."""
        said = dict(self.cleaned_data)
        first, last = said.pop("from_probability"), said.pop("to_probability")
        return RuleSaid(
            **said,
            from_bp=reading.share_of("from_probability", first) or 0,
            to_bp=reading.share_of("to_probability", last) or 0,
        )
