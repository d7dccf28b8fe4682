"""Writing a training path: a question with its answers, and the role-play with what it is marked on."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dawra.figures.words import western_digits
from dawra.team.actions import training as limits
from dawra.team.drafts import Scene
from dawra.team.forms.training_writing import InOneLanguage, words
from dawra.team.learning import Option, Point, Question

EMPTY_OPTIONS, EMPTY_POINTS = 2, 2


class Rows(forms.Form):
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


class QuestionForm(InOneLanguage, Rows):
    cells = ("key", "name", "name_ar", "right")
    most_rows = limits.MOST_OPTIONS

    name = words(_("Question"), limits.LONGEST_LINE, 2)
    name_ar = words(_("Question in Arabic"), limits.LONGEST_LINE, 2, arabic=True)
    many = forms.BooleanField(required=False, label=_("Several answers may be chosen"))
    why = words(_("Why"), limits.LONGEST_LINE * 2, 3, hint=_("Said once the question has been answered."))
    why_ar = words(_("Why, in Arabic"), limits.LONGEST_LINE * 2, 3, arabic=True)

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
            self.rows_error = gettext(
                "Several answers are marked as right: allow that several may be chosen, or mark one."
            )
        elif self.too_long():
            self.rows_error = gettext("An answer holds at most %(most)s characters.") % {"most": limits.LONGEST_LINE}
        if self.rows_error:
            self.add_error(None, self.rows_error)
        return cleaned

    def said(self, key: str) -> Question:
        options = tuple(Option(row["key"], row["name"], row["name_ar"], bool(row["right"])) for row in self.filled())
        return Question(key, options=options, **self.cleaned_data)


class SceneForm(Rows):
    cells = ("key", "name", "name_ar", "weight")
    most_rows = limits.MOST_POINTS

    scenario = words(
        _("The scene"),
        limits.LONGEST_TEXT,
        10,
        hint=_("Who plays whom, what each knows, and how long it takes. Markdown."),
    )
    scenario_ar = words(_("The scene in Arabic"), limits.LONGEST_TEXT, 10, arabic=True)

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
