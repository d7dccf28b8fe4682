"""People and companies of our own files, and who waits for them: a deal or an activity whose row came first."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers.importing import owners
from dawra.customers.importing.matching import only_namesakes
from dawra.customers.importing.overwriting import Overwriting
from dawra.customers.importing.pending import arrive, arrive_by_name
from dawra.customers.importing.targets import REJECTED, Judged, Keeper, Outcome, Parsed, TakesBack, Target, Work
from dawra.customers.models import Company, ImportRow, PendingLink, Person
from dawra.figures.words import fold
from dawra.journal.models import Entry

MODELS = {"person": Person, "company": Company}


class Awaited:
    """kind: person or company. inner: the target that keeps them."""

    def __init__(self, kind: str, inner: Target) -> None:
        self.code, self.permission = inner.code, inner.permission
        self._kind, self._inner = kind, inner

    def open(self, work: Work) -> "AwaitedKeeper":
        return AwaitedKeeper(work, self._kind, self._inner.open(work))

    def take_back(self, actor: Actor, rows: Sequence[ImportRow], cause: Entry, *, edited: bool) -> list[str]:
        assert isinstance(self._inner, TakesBack)
        return self._inner.take_back(actor, rows, cause, edited=edited)


class AwaitedKeeper:
    def __init__(self, work: Work, kind: str, inner: Keeper) -> None:
        self._work, self._kind, self._inner = work, kind, inner
        # Asked once a file: rows of people and companies make nobody wait for people and companies.
        waits = PendingLink.objects.filter(system=work.system, wants_kind__in=("person", "company"))
        self._is_awaited = work.memory is None and waits.exists()

    def keep(self, rows: Sequence[Parsed]) -> list[Outcome]:
        over = Overwriting(self._work, self._kind, rows)
        outcomes = over.kept(self._inner.keep(rows))
        owners.wait(self._work, self._kind, rows, outcomes)
        if self._is_awaited:
            self._arrive(rows, outcomes)
        return outcomes

    def judge(self, rows: Sequence[Parsed]) -> list[Judged]:
        return Overwriting(self._work, self._kind, rows).judged(self._inner.judge(rows))

    def _arrive(self, rows: Sequence[Parsed], outcomes: Sequence[Outcome]) -> None:
        came: dict[str, UUID] = {}
        names: dict[str, UUID] = {}
        for row, outcome in zip(rows, outcomes, strict=True):
            if outcome.record_id is None or outcome.outcome == REJECTED:
                continue
            came[row.key] = outcome.record_id
            came |= {f"email:{point.normal}": outcome.record_id for point in row.values.get("email", ())}
            names |= {fold(name): outcome.record_id for name in _names(row.values)}
        # A name tells who is meant only where nobody else is called so.
        only = only_namesakes(self._work.actor, MODELS[self._kind], names)
        before = "" if self._kind == "company" else "name:"
        came |= {f"{before}{name}": record_id for name, record_id in names.items() if only.get(name) == record_id}
        arrive(self._work, self._kind, came)
        if self._kind == "person":
            arrive_by_name(self._work, [row.values["company"] for row in rows if "company" in row.values])


def _names(values: Mapping[str, object]) -> list[str]:
    whole = " ".join(str(values[one]) for one in ("given_name", "family_name") if values.get(one))
    return [str(one) for one in (values.get("name") or whole,) if one]
