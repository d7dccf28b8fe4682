"""What somebody objected, what was answered, and an answer of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.deals.actions.answers import LONGEST_ANSWER, AnswerSaid
from dawra.deals.actions.objecting import LONGEST_WORDS, ObjectionSaid, ReplySaid
from dawra.deals.forms import reading
from dawra.deals.words import OBJECTIONS

ACCEPTED = {"yes": True, "no": False}
_TEXT = {"rows": 2, "dir": "auto"}


def said_of(data: Any) -> ObjectionSaid:
    """One click logs: the category alone is enough; an own one is named by its label or by the words. Raises Invalid."""
    category, words = data.get("category", ""), data.get("words", "").strip()
    label = data.get("label", "").strip() or (words[:60] if category == "own" else "")
    return ObjectionSaid(category, words, label, reading.id_of("person", data.get("person", "")))


def reply_of(data: Any) -> ReplySaid:
    """Raises Invalid."""
    answer_id = reading.id_of("answer", data.get("answer", ""))
    return ReplySaid(answer_id, data.get("reply", ""), ACCEPTED.get(data.get("accepted", "")))


class ObjectionForm(forms.Form):
    """What was noted, corrected."""

    category = forms.ChoiceField(label=_("What it is about"), choices=list(OBJECTIONS.items()))
    label = forms.CharField(
        required=False, max_length=60, label=_("In a word"), help_text=_("For what has no name in the list.")
    )
    words = forms.CharField(
        required=False, max_length=LONGEST_WORDS, label=_("The buyer's words"), widget=forms.Textarea(attrs=_TEXT)
    )
    person = forms.ChoiceField(required=False, label=_("Who said it"))

    def values(self) -> dict[str, Any]:
        """Raises Invalid."""
        said = dict(self.cleaned_data)
        return said | {"person_id": reading.id_of("person", said.pop("person"))}


class AnswerForm(forms.Form):
    """An answer in both languages; one of them is enough."""

    category = forms.ChoiceField(label=_("What it answers"), choices=list(OBJECTIONS.items()))
    label = forms.CharField(
        required=False, max_length=60, label=_("In a word"), help_text=_("For what has no name in the list.")
    )
    name = forms.CharField(required=False, max_length=120, label=_("Name"))
    words = forms.CharField(
        required=False,
        max_length=LONGEST_ANSWER,
        label=_("What to say"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    name_ar = forms.CharField(
        required=False, max_length=120, label=_("Arabic name"), widget=forms.TextInput(attrs={"dir": "rtl"})
    )
    words_ar = forms.CharField(
        required=False,
        max_length=LONGEST_ANSWER,
        label=_("What to say, in Arabic"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "rtl"}),
    )

    def said(self) -> AnswerSaid:
        return AnswerSaid(**self.cleaned_data)
