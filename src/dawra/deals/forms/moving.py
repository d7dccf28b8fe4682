"""Moving a deal from the board: to which stage, and why if it is asked."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dawra.deals.queries import pipelines
from dawra.figures.words import named


class MoveForm(forms.Form):
    """stage: its code. override: why unmet criteria are passed over. reason, words: of an outcome."""

    stage = forms.CharField(max_length=40)
    version = forms.IntegerField(required=False, min_value=1)
    override = forms.CharField(
        required=False,
        max_length=2000,
        label=_("Why move it anyway"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "input"}),
    )
    reason = forms.ChoiceField(required=False, label=_("Reason"), widget=forms.Select(attrs={"class": "input"}))
    words = forms.CharField(
        required=False,
        max_length=4000,
        label=_("In your own words"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "input"}),
    )

    def __init__(self, *args: Any, outcome: str = "", **kwargs: Any) -> None:
        """outcome: won or lost, whose reasons may be chosen. 1 query if there is one."""
        super().__init__(*args, **kwargs)
        language = (get_language() or "en")[:2]
        known = [(r.code, named(r.name, r.name_ar, language)) for r in pipelines.reasons(outcome)] if outcome else []
        reason = self.fields["reason"]
        assert isinstance(reason, forms.ChoiceField)
        reason.choices = [("", _("Choose the reason")), *known]
