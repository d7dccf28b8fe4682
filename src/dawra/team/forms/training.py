"""Asking for a role-play, and marking one."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.figures.words import named
from dawra.team.actions.role_playing import LONGEST_WORDS, ScenePlayed
from dawra.team.learning import BEST_MARK, LEAST_MARK, Point


class AskRolePlay(forms.Form):
    peer = forms.ChoiceField(label=_("Colleague who scores"))
    manager = forms.ChoiceField(label=_("Manager who scores"))
    words = forms.CharField(
        required=False,
        max_length=LONGEST_WORDS,
        label=_("When and where"),
        help_text=_("Or a link to what was recorded."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, peers: Any, managers: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, people in (("peer", peers), ("manager", managers)):
            choices = [(str(key), named(name, name_ar, language)) for key, name, name_ar in people]
            let_choose(self, field, [("", "—"), *choices])

    def said(self) -> ScenePlayed:
        said = self.cleaned_data
        return ScenePlayed(UUID(said["peer"]), UUID(said["manager"]), said["words"])


class ScoreRolePlay(forms.Form):
    """One field m_<key> for each point of the rubric, and words."""

    words = forms.CharField(
        max_length=LONGEST_WORDS,
        label=_("In words: what went well, what to try next"),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, rubric: tuple[Point, ...], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        marks = [(str(n), str(n)) for n in range(LEAST_MARK, BEST_MARK + 1)]
        weighted = len({point.weight for point in rubric}) > 1
        for point in rubric:
            name = named(point.name, point.name_ar, language)
            self.fields[f"m_{point.key}"] = forms.ChoiceField(
                label=f"{name} (× {point.weight})" if weighted else name, choices=[("", "—"), *marks]
            )
        self.order_fields([f"m_{point.key}" for point in rubric])

    def marks(self) -> dict[str, int]:
        return {point.key: int(self.cleaned_data[f"m_{point.key}"]) for point in self.rubric}
