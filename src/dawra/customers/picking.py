"""Choosing one record in a form by typing its name.

    picker = Picker.read(request.POST, "company", label=_("Company"), kinds=("company",), actor=request.actor)
    if picker.error: …                      # 422: the template lists what fits
    company_id = picker.record_id           # None where nothing was asked

With scripts the hidden field holds "kind:id"; without, the words decide: exactly one hit is taken, several are listed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from dawra.access.actor import Actor
from dawra.access.errors import NotFound
from dawra.access.kinds import open_record
from dawra.customers.search import Found, find
from dawra.figures.words import fold

MOST = 8


@dataclass(frozen=True, slots=True)
class Picker:
    """name: of the field. kinds: with commas, for the address. chosen: "kind:id" or ""."""

    name: str
    label: str | Promise
    kinds: str
    required: bool = False
    chosen: str = ""
    words: str = ""
    error: str = ""
    choices: tuple[Found, ...] = ()

    @property
    def kind(self) -> str:
        return self.chosen.partition(":")[0]

    @property
    def record_id(self) -> UUID | None:
        return UUID(self.chosen.partition(":")[2]) if self.chosen else None

    @classmethod
    def empty(
        cls, name: str, *, label: str | Promise, kinds: Sequence[str], required: bool = False, about: Any = None
    ) -> "Picker":
        """about: a record to begin with."""
        chosen = f"{about.kind}:{about.pk}" if about is not None else ""
        words = about.name if about is not None else ""
        return cls(name, label, ",".join(kinds), required, chosen, words)

    @classmethod
    def read(
        cls,
        data: Mapping[str, Any],
        name: str,
        *,
        label: str | Promise,
        kinds: Sequence[str],
        actor: Actor,
        required: bool = False,
    ) -> "Picker":
        """What a form sent. 1 query for a chosen record, up to 3 for words."""
        words = str(data.get(f"{name}_words", ""))[:200].strip()
        said = str(data.get(f"{name}_choice", "") or data.get(name, ""))
        known = ",".join(kinds)
        if said:
            kind, _sep, text = said.partition(":")
            try:
                record: Any = open_record(actor, kind if kind in kinds else "", UUID(text))
            except (ValueError, NotFound):
                return cls(name, label, known, required, "", words, _("This record is not there any more."))
            # Words typed over a choice that was made before count for more than the choice.
            if (
                not words
                or data.get(f"{name}_choice")
                or fold(words) in fold(f"{record.name} · {getattr(record, 'name_ar', '')}")
            ):
                return cls(name, label, known, required, f"{kind}:{record.pk}", words or record.name)
        if not words:
            return cls(name, label, known, required, error=_("Choose a record.") if required else "")
        found = find(actor, words, kinds=kinds, limit=MOST)
        if len(found) == 1:
            return cls(name, label, known, required, f"{found[0].kind}:{found[0].id}", found[0].title)
        error = _("Several match. Choose one.") if found else _("Nothing matches. Try fewer letters.")
        return cls(name, label, known, required, "", words, error, tuple(found))
