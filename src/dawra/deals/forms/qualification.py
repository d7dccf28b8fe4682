"""What was found out about one criterion of a deal."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.deals.actions.qualifying import LONGEST_LINK, LONGEST_WORDS, FindingSaid
from dawra.deals.forms import reading
from dawra.deals.queries.qualification import FindingCard
from dawra.deals.words import CONFIDENCE, VERDICT
from dawra.figures.qualification import OPEN, UNKNOWN

Choices = Sequence[tuple[str, Any]]
SURE = {code: name for code, name in CONFIDENCE.items() if code != UNKNOWN}


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


class FindingForm(forms.Form):
    """people: who may have said it. proofs: activities and files of the deal, "activity:<id>" or "file:<id>"."""

    answer = forms.CharField(required=False, max_length=LONGEST_WORDS, label=_("What we know"), widget=_text(3))
    verdict = forms.ChoiceField(label=_("For the deal, that"), choices=list(VERDICT.items()), widget=forms.RadioSelect)
    confidence = forms.ChoiceField(
        required=False, label=_("How sure is it"), choices=[("", "—"), *SURE.items()], initial=""
    )
    person = forms.ChoiceField(required=False, label=_("Who said it"))
    evidence = forms.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        label=_("What it rests on"),
        help_text=_("What is proven needs one: words, a link, or an activity or file of the deal."),
        widget=_text(2),
    )
    proof = forms.ChoiceField(required=False, label=_("Activity or file"))
    link = forms.CharField(
        required=False,
        max_length=LONGEST_LINK,
        label=_("Link"),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def __init__(self, *args: Any, people: Choices, proofs: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("person", people), ("proof", proofs)):
            let_choose(self, name, [("", "—"), *choices])
            if not choices:
                del self.fields[name]

    @classmethod
    def standing(cls, card: FindingCard | None) -> dict[str, Any]:
        if card is None:
            return {"verdict": "for"}
        proof = f"activity:{card.activity_id}" if card.activity_id else f"file:{card.file_id}" if card.file_id else ""
        stands = {name: getattr(card, name) for name in ("answer", "verdict", "evidence", "link")}
        sure = "" if card.confidence == UNKNOWN else card.confidence
        return {**stands, "confidence": sure, "proof": proof, "person": str(card.person_id or "")}

    def said(self) -> FindingSaid:
        """Raises Invalid."""
        said = self.cleaned_data
        sort, _sep, key = said.get("proof", "").partition(":")
        return FindingSaid(
            verdict=said["verdict"],
            confidence=UNKNOWN if said["verdict"] == OPEN else said["confidence"] or UNKNOWN,
            answer=said["answer"],
            evidence=said["evidence"],
            link=said["link"],
            activity_id=_id(key) if sort == "activity" else None,
            file_id=_id(key) if sort == "file" else None,
            person_id=_id(said.get("person", "")),
        )


def _id(text: str) -> UUID | None:
    return reading.id_of("person", text)
