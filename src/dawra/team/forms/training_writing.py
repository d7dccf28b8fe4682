"""Writing a training path: its head, and a lesson."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.figures.words import named
from dawra.team.actions import training as limits
from dawra.team.drafts import Head
from dawra.team.learning import BEST_MARK, LEAST_MARK, WHOLE, Lesson, Words

RTL, AUTO = {"dir": "rtl"}, {"dir": "auto"}


def words(label: Any, most: int, rows: int = 0, *, arabic: bool = False, hint: Any = "") -> forms.CharField:
    attrs: dict[str, Any] = dict(RTL if arabic else AUTO)
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(required=False, max_length=most, label=label, help_text=hint, widget=widget)


def number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint)


class InOneLanguage(forms.Form):
    """name or name_ar has to be said."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("name") or cleaned.get("name_ar")) and "name" not in self.errors:
            self.add_error("name", _("Say it in one of the languages at least."))
        return cleaned


class HeadForm(InOneLanguage):
    name = words(_("Name"), limits.LONGEST_NAME)
    name_ar = words(_("Arabic name"), limits.LONGEST_NAME, arabic=True)
    about = words(_("What it is good for"), limits.LONGEST_ABOUT, 3)
    about_ar = words(_("What it is good for, in Arabic"), limits.LONGEST_ABOUT, 3, arabic=True)
    share = number(_("To pass the quiz, % of the questions"), 1, 100)
    attempts = number(_("Attempts at the quiz"), 0, limits.MOST_ATTEMPTS, _("0 = as many as one likes."))
    mark = forms.DecimalField(
        label=_("To pass the role-play, mean mark"), min_value=LEAST_MARK, max_value=BEST_MARK, decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )  # fmt: skip
    valid_months = number(_("The certificate holds for, months"), 0, limits.LONGEST_MONTHS, _("0 = for good."))
    roles = forms.MultipleChoiceField(
        required=False, label=_("Roles it is meant for"), widget=forms.CheckboxSelectMultiple
    )
    teams = forms.MultipleChoiceField(
        required=False, label=_("Teams it is meant for"), widget=forms.CheckboxSelectMultiple,
        help_text=_("With the teams below them. Nothing chosen in both: whoever likes may take it."),
    )  # fmt: skip

    def __init__(self, *args: Any, audience: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, choices in zip(("roles", "teams"), audience, strict=True):
            let_choose(self, field, [(key, named(one.name, one.name_ar, language)) for key, one in choices])
            if not choices:
                del self.fields[field]

    @staticmethod
    def standing(head: Head) -> dict[str, Any]:
        return {
            **{name: getattr(head, name) for name in ("name", "name_ar", "about", "about_ar", "attempts", "valid_months")},
            "share": head.pass_bp * 100 // WHOLE,
            "mark": Decimal(head.rubric_pass) / 10,
            "roles": [str(one) for one in head.roles],
            "teams": [str(one) for one in head.teams],
        }  # fmt: skip

    def said(self, stands: Head) -> Head:
        """stands: a share finer than whole percent, said by a program, stays as it is if it reads the same."""
        said = dict(self.cleaned_data)
        share = said.pop("share")
        pass_bp = stands.pass_bp if stands.pass_bp * 100 // WHOLE == share else share * WHOLE // 100
        said |= {name: tuple(UUID(one) for one in said.pop(name, ())) for name in ("roles", "teams")}
        return Head(pass_bp=pass_bp, rubric_pass=int(said.pop("mark") * 10), **said)


class LessonForm(InOneLanguage):
    name = words(_("Title"), limits.LONGEST_LINE)
    name_ar = words(_("Title in Arabic"), limits.LONGEST_LINE, arabic=True)
    text = words(
        _("Text"), limits.LONGEST_TEXT, 14,
        hint=_("Markdown: **bold**, ### heading, - list, > quote. An empty line begins the next paragraph."),
    )  # fmt: skip
    text_ar = words(_("Text in Arabic"), limits.LONGEST_TEXT, 14, arabic=True)
    video = forms.CharField(
        required=False, max_length=limits.LONGEST_ADDRESS, label=_("Link to a video"),
        help_text=_("Opens in a window of its own; nothing of it is loaded into the page."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )  # fmt: skip

    @staticmethod
    def standing(lesson: Lesson) -> dict[str, Any]:
        return {name: getattr(lesson, name) for name in ("name", "name_ar", "text", "text_ar", "video")}

    def said(self, key: str) -> Lesson:
        return Lesson(key, **self.cleaned_data)

    def as_read(self) -> Words:
        """What was typed, right or not, to be looked at."""
        return Words(str(self["text"].value() or ""), str(self["text_ar"].value() or ""))
