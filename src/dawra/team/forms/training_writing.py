"""Writing a training path: its head, a lesson, a question, and the role-play with what it is marked on."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dawra.access.answering import let_choose
from dawra.figures.words import named, western_digits
from dawra.team.actions import training as limits
from dawra.team.drafts import Head, Scene
from dawra.team.learning import BEST_MARK, LEAST_MARK, WHOLE, Lesson, Option, Point, Question, Words

RTL, AUTO = {"dir": "rtl"}, {"dir": "auto"}
EMPTY_OPTIONS, EMPTY_POINTS = 2, 2


def _text(label: Any, most: int, rows: int = 0, *, arabic: bool = False, hint: Any = "") -> forms.CharField:
    attrs: dict[str, Any] = dict(RTL if arabic else AUTO)
    widget = forms.Textarea(attrs=attrs | {"rows": rows}) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(required=False, max_length=most, label=label, help_text=hint, widget=widget)


def _number(label: Any, least: int, most: int, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=hint)


class _InOneLanguage(forms.Form):
    """name or name_ar has to be said."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("name") or cleaned.get("name_ar")) and "name" not in self.errors:
            self.add_error("name", _("Say it in one of the languages at least."))
        return cleaned


class HeadForm(_InOneLanguage):
    marks_optional = True

    name = _text(_("Name"), limits.LONGEST_NAME)
    name_ar = _text(_("Arabic name"), limits.LONGEST_NAME, arabic=True)
    about = _text(_("What it is good for"), limits.LONGEST_ABOUT, 3)
    about_ar = _text(_("What it is good for, in Arabic"), limits.LONGEST_ABOUT, 3, arabic=True)
    share = _number(_("To pass the quiz, % of the questions"), 1, 100)
    attempts = _number(_("Attempts at the quiz"), 0, limits.MOST_ATTEMPTS, _("0 = as many as one likes."))
    mark = forms.DecimalField(
        label=_("To pass the role-play, mean mark"), min_value=LEAST_MARK, max_value=BEST_MARK, decimal_places=1,
        widget=forms.NumberInput(attrs={"step": "0.1"}),
    )  # fmt: skip
    valid_months = _number(_("The certificate holds for, months"), 0, limits.LONGEST_MONTHS, _("0 = for good."))
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


class LessonForm(_InOneLanguage):
    marks_optional = True

    name = _text(_("Title"), limits.LONGEST_LINE)
    name_ar = _text(_("Title in Arabic"), limits.LONGEST_LINE, arabic=True)
    text = _text(
        _("Text"), limits.LONGEST_TEXT, 14,
        hint=_("Markdown: **bold**, ### heading, - list, > quote. An empty line begins the next paragraph."),
    )  # fmt: skip
    text_ar = _text(_("Text in Arabic"), limits.LONGEST_TEXT, 14, arabic=True)
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


class _Rows(forms.Form):
    """Rows beside the form: row_0_name, row_0_name_ar, row_0_key and so on; a row without words is left out."""

    cells: tuple[str, ...] = ()
    most_rows = 0
    rows_error: str = ""

    def rows(self, standing: list[dict[str, str]], empty: int) -> list[dict[str, Any]]:
        """What was sent, else what stands and some empty rows."""
        kept = self._sent() if self.is_bound else standing
        kept += [dict.fromkeys(self.cells, "") for _n in range(empty)] if not self.is_bound else []
        return [row | {"number": n} for n, row in enumerate(kept[: self.most_rows])]

    def _sent(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        while len(found) < self.most_rows and f"row_{len(found)}_name" in self.data:
            n = len(found)
            found.append({cell: str(self.data.get(f"row_{n}_{cell}", "")).strip()[:2000] for cell in self.cells})
        return found

    def filled(self) -> list[dict[str, str]]:
        return [row for row in self._sent() if row["name"] or row["name_ar"]]

    def too_long(self) -> bool:
        return any(len(row[name]) > limits.LONGEST_LINE for row in self.filled() for name in ("name", "name_ar"))


class QuestionForm(_InOneLanguage, _Rows):
    marks_optional = True
    cells = ("key", "name", "name_ar", "right")
    most_rows = limits.MOST_OPTIONS

    name = _text(_("Question"), limits.LONGEST_LINE, 2)
    name_ar = _text(_("Question in Arabic"), limits.LONGEST_LINE, 2, arabic=True)
    many = forms.BooleanField(required=False, label=_("Several answers may be chosen"))
    why = _text(_("Why"), limits.LONGEST_LINE * 2, 3, hint=_("Said once the question has been answered."))
    why_ar = _text(_("Why, in Arabic"), limits.LONGEST_LINE * 2, 3, arabic=True)

    @staticmethod
    def standing(question: Question) -> dict[str, Any]:
        return {name: getattr(question, name) for name in ("name", "name_ar", "many", "why", "why_ar")}

    @staticmethod
    def standing_rows(question: Question) -> list[dict[str, str]]:
        return [
            {"key": one.key, "name": one.name, "name_ar": one.name_ar, "right": "yes" if one.right else ""}
            for one in question.options
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        options = self.filled()
        right = sum(bool(row["right"]) for row in options)
        if len(options) < 2:
            self.rows_error = gettext("Give two answers at least to choose from.")
        elif not right:
            self.rows_error = gettext("Mark the right answer.")
        elif right > 1 and not cleaned.get("many"):
            self.rows_error = gettext("Several answers are marked as right: allow that several may be chosen, or mark one.")
        elif self.too_long():
            self.rows_error = gettext("An answer holds at most %(most)s characters.") % {"most": limits.LONGEST_LINE}
        if self.rows_error:
            self.add_error(None, self.rows_error)
        return cleaned

    def said(self, key: str) -> Question:
        options = tuple(Option(row["key"], row["name"], row["name_ar"], bool(row["right"])) for row in self.filled())
        return Question(key, options=options, **self.cleaned_data)


class SceneForm(_Rows):
    marks_optional = True
    cells = ("key", "name", "name_ar", "weight")
    most_rows = limits.MOST_POINTS

    scenario = _text(
        _("The scene"),
        limits.LONGEST_TEXT,
        10,
        hint=_("Who plays whom, what each knows, and how long it takes. Markdown."),
    )
    scenario_ar = _text(_("The scene in Arabic"), limits.LONGEST_TEXT, 10, arabic=True)

    @staticmethod
    def standing(scene: Scene) -> dict[str, Any]:
        return {"scenario": scene.scenario, "scenario_ar": scene.scenario_ar}

    @staticmethod
    def standing_rows(scene: Scene) -> list[dict[str, str]]:
        return [
            {"key": one.key, "name": one.name, "name_ar": one.name_ar, "weight": str(one.weight)}
            for one in scene.rubric
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        points = self.filled()
        said = cleaned.get("scenario") or cleaned.get("scenario_ar")
        if points and not said and "scenario" not in self.errors:
            self.add_error("scenario", _("Describe the scene that is played."))
        if said and not points:
            self.rows_error = gettext("Write at least one thing the role-play is marked on.")
        elif not all(_weight(row["weight"]) for row in points):
            self.rows_error = gettext("A weight is a whole number from 1 to %(most)s.") % {"most": limits.MOST_WEIGHT}
        elif self.too_long():
            self.rows_error = gettext("A point holds at most %(most)s characters.") % {"most": limits.LONGEST_LINE}
        if self.rows_error:
            self.add_error(None, self.rows_error)
        return cleaned

    def said(self) -> Scene:
        points = tuple(
            Point(row["key"], row["name"], row["name_ar"], _weight(row["weight"]) or 1) for row in self.filled()
        )
        return Scene(self.cleaned_data["scenario"], self.cleaned_data["scenario_ar"], points)


def _weight(text: str) -> int:
    """0 for what is no weight; nothing typed weighs 1."""
    plain = western_digits(text or "1")
    fits = plain.isascii() and plain.isdigit() and len(plain) < 3
    return int(plain) if fits and 1 <= int(plain) <= limits.MOST_WEIGHT else 0
