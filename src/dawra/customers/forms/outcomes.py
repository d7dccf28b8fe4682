"""The company's list of how calls and meetings end, as forms."""

from typing import Any

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from dawra.customers.actions.outcomes import OutcomeSaid
from dawra.customers.queries.outcomes import outcomes
from dawra.figures.words import named

WHATS = (("call", _("Calls")), ("meeting", _("Meetings")))


def outcome_choices(what: str, *, kept: str = "") -> list[tuple[str, str]]:
    """The company's list in the reader's language, and the one that is kept although no longer offered. 1 query."""
    language = get_language() or "en"
    cards = outcomes(what, with_archived=bool(kept))
    found = [
        (one.code, named(one.name, one.name_ar, language))
        for one in cards
        if one.archived_at is None or one.code == kept
    ]
    if kept and kept not in dict(found):
        found.append((kept, kept))
    return [("", pgettext("outcome of a call", "Not said")), *found]


class OutcomeForm(forms.Form):
    what = forms.ChoiceField(label=_("For"), choices=WHATS)
    name = forms.CharField(label=_("Name"), max_length=80)
    name_ar = forms.CharField(
        label=_("Name in Arabic"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"dir": "rtl", "lang": "ar"}),
    )
    reached = forms.BooleanField(
        label=_("Somebody was reached"), required=False, help_text=_("Attempts are counted from the last such call.")
    )
    is_answer = forms.BooleanField(label=_("What was hoped for came of it"), required=False)
    archived = forms.BooleanField(label=_("No longer offered"), required=False)

    def __init__(self, *args: Any, what: str = "", **options: Any) -> None:
        """what: of an outcome that is there already, which stays with its kind."""
        super().__init__(*args, **options)
        self._what = what
        if what:
            del self.fields["what"]

    def said(self) -> OutcomeSaid:
        return OutcomeSaid(**{"what": self._what} | self.cleaned_data)


class TalkRulesForm(forms.Form):
    outcome_required = forms.BooleanField(label=_("How it ended has to be said"), required=False)
    next_step_required = forms.BooleanField(
        label=_("On an open deal, a next step or the reason for none has to be said"), required=False
    )
