"""One person chosen in any form, as a custom field asks for it: a combobox with scripts; without, the words decide.

Three inputs come back: <name> ("person:<id>", set by the script, or what stood there), <name>_words, and <name>_choice
where several fitted; <name>_was says what stood there, so that words typed over it count even where no script runs.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dawra.access.actor import Actor
from dawra.customers import search
from dawra.figures.words import fold

MOST = 8


class PersonInput(forms.TextInput):
    """Its value is an id as text, or words. names: of ids that may be shown. choices: what the words fitted."""

    def __init__(self, names: Mapping[str, str], label: Any) -> None:
        super().__init__()
        self.names, self.label = dict(names), label
        self.choices: tuple[search.Found, ...] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        chosen, before = str(data.get(name) or ""), str(data.get(f"{name}_was") or "")
        words = " ".join(str(data.get(f"{name}_words") or "").split())[:200]
        if data.get(f"{name}_choice"):
            return _id(str(data[f"{name}_choice"]))
        if f"{name}_words" not in data:
            return _id(chosen) or chosen.strip()[:200]
        was_id, _space, was_words = before.partition(" ")
        picked = _id(chosen)
        return picked if picked and (picked != was_id or words == was_words) else words

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_words" not in data

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
        person_id = _id(str(value or ""))
        words = " ".join(self.names.get(person_id, "").split()) if person_id else str(value or "")
        takes = {
            "name": name,
            "chosen": f"person:{person_id}" if person_id else "",
            "was": f"{person_id} {words}" if person_id else "",
            "words": words,
            "attrs": SafeString(flatatt({**self.attrs, **(attrs or {})})),
            "label": self.label,
            "choices": self.choices,
        }
        return SafeString(render_to_string("customers/person_input.html", takes))


class PersonField(forms.Field):
    """Cleans to the id of one person the actor may see, as text; "" for nothing. now: what is stored, which may stay."""

    def __init__(self, *, actor: Actor, names: Mapping[str, str], now: Any = None, **options: Any) -> None:
        super().__init__(widget=PersonInput(names, options.get("label", "")), **options)
        self.actor, self.now = actor, str(now or "")

    @property
    def picker(self) -> PersonInput:
        assert isinstance(self.widget, PersonInput)
        return self.widget

    def clean(self, value: Any) -> str:
        """1 query for a new choice, a search for words. Raises ValidationError."""
        text = str(value or "")
        person_id = _id(text)
        if not text or person_id == self.now != "":
            return text
        if person_id:
            known = names_of(self.actor, [person_id])
            if not known:
                raise ValidationError(_("This record is not there any more."))
            self.picker.names |= known
            return person_id
        found = search.find(self.actor, text, kinds=("person",), limit=MOST)
        exact = [hit for hit in found if fold(text) in {fold(hit.title), *map(fold, hit.title.split(" · "))}]
        for fitting in (exact, found):
            if len(fitting) == 1:
                self.picker.names[str(fitting[0].id)] = fitting[0].title
                return str(fitting[0].id)
        self.picker.choices = tuple(found)
        raise ValidationError(_("Several match. Choose one.") if found else _("Nothing matches. Try fewer letters."))


def names_of(actor: Actor, ids: Iterable[Any]) -> dict[str, str]:
    """id as text → what the person is called, of those the actor may see. 1 query, none for nothing."""
    found = search.titles(actor, [UUID(known) for known in (_id(str(one or "")) for one in ids) if known])
    return {str(record_id): hit.title for record_id, hit in found.items() if hit.kind == "person"}


def _id(text: str) -> str:
    """The id in "person:<id>" or "<id>"; "" if it is none."""
    begin, _colon, rest = text.strip().rpartition(":")
    try:
        return str(UUID(rest)) if begin in ("", "person") else ""
    except ValueError:
        return ""
