"""The companies that rows of people name: by foreign id, or by a name that only one has."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from dawra.access.ids import new_id
from dawra.customers.importing import matching
from dawra.customers.importing.identities import Identities
from dawra.customers.importing.targets import Work
from dawra.customers.models import Company
from dawra.figures.words import fold

MOST_KNOWN = 50_000


class Firms:
    """Asked a batch at a time. What has once been found by name is not asked again. Cost: 1 to 3 queries a batch."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.ids = Identities(work, "company")
        self._bilingual = matching.bilingual_companies(work.actor)
        self._known: dict[str, UUID | None] = {}
        self.names: dict[UUID, tuple[str, str]] = {}
        self.added: dict[UUID, str] = {}

    def ask(self, names: Iterable[str], foreign: Iterable[str]) -> None:
        """names: as written. foreign: ids of the same system."""
        self.added = {}
        if len(self._known) > MOST_KNOWN:
            self._known, self.names = {}, {}
        written = {folded: name for name in names if (folded := fold(name)) and folded not in self._known}
        self.ids.ask([*written, *(f"id:{one}" for one in foreign)])
        unknown = {folded: name for folded, name in written.items() if self.ids.get(folded) is None}
        self._known |= self._by_name(unknown)
        if self._work.memory and written:
            kept = self._work.memory.get("firm", unknown)
            self._known |= {folded: UUID(key) for folded, (key, _name) in kept.items()}
            self.names |= {UUID(key): (name, "") for key, name in kept.values()}
        found = {one.record_id for key in [*written, *(f"id:{o}" for o in foreign)] if (one := self.ids.get(key))}
        if missing := found - self.names.keys():
            rows = Company._base_manager.filter(pk__in=missing).values_list("id", "name", "name_ar")
            self.names |= {pk: (name, name_ar) for pk, name, name_ar in rows}

    def _by_name(self, written: dict[str, str]) -> dict[str, UUID | None]:
        """None where several have the name; what nobody has is left out. 1 query."""
        found: dict[str, UUID | None] = {}
        for pk, folded, name, name_ar in matching.called(self._work.actor, Company, written):
            found[folded] = None if folded in found else pk
            self.names[pk] = (name, name_ar)
        for folded in written.keys() & self._bilingual.keys():
            for pk, name, name_ar in self._bilingual[folded]:
                found[folded] = None if folded in found and found[folded] != pk else pk
                self.names[pk] = (name, name_ar)
        return found

    def of(self, name: str, foreign: str, say: Any) -> UUID | None:
        """The company meant, a new one if nobody is called so; None where that cannot be told, which is said."""
        if foreign and (known := self.ids.get(f"id:{foreign}")):
            return known.record_id
        folded = fold(name)
        if not folded:
            return None
        if folded in self._known:
            if self._known[folded] is None:
                say("several_companies", value=name)
            return self._known[folded]
        known = self.ids.get(folded)
        if known is None:
            key = new_id()
            self.added[key] = name
            self.names[key] = (name, "")
            self.ids.keep(folded, key, "", 1)
            return key
        return known.record_id

    def save(self) -> None:
        """The names kept as foreign ids, which a row of the company itself may claim later."""
        self.ids.save()
        memory = self._work.memory
        if memory is None:
            # Known from now on: safe only once the batch is written, and a batch that fails gets a new keeper.
            self._known |= {fold(name): key for key, name in self.added.items()}
        else:
            memory.put("firm", {fold(name): [key.hex, name] for key, name in self.added.items()})
