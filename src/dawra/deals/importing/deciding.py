"""What a row of another CRM says of a deal: where it stands and stood, what it is worth, whom it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from dawra.customers.importing import meaning
from dawra.customers.importing.linking import owner_keys, put_owner, shown
from dawra.customers.importing.pending import References
from dawra.customers.importing.plan import GUESSED
from dawra.customers.importing.saying import Said
from dawra.customers.importing.targets import Parsed, Reject, Work
from dawra.deals import money, rules
from dawra.deals.importing.opportunities import UNKNOWN
from dawra.deals.importing.rates import Rates
from dawra.deals.importing.stages import Map, Reasons
from dawra.deals.importing.ways import Step, Told, way
from dawra.deals.models import Stage, StageHeard
from dawra.figures.money import Money
from dawra.figures.words import fold

MIDDAY = time(12)
TEXTS = {"next_step": 200, "source": 80, "about": 50_000, "campaign": 120}


@dataclass(slots=True)
class Decided:
    """What a row says of a deal. columns: of the record; steps: its way; waits: (what, kind, key) still to come."""

    columns: dict[str, Any]
    steps: list[Step[Stage]]
    began_at: datetime
    heard: list[Step[Stage]] = field(default_factory=list)
    people: list[UUID] = field(default_factory=list)
    waits: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def stage(self) -> Stage:
        return self.steps[-1].stage

    @property
    def since(self) -> datetime:
        return self.steps[-1].at


class Deciding:
    """Rows of one file, a batch at a time. Writes nothing. Cost: 5 to 9 queries a batch."""

    def __init__(self, work: Work) -> None:
        self._work, self._actor = work, work.actor
        self._kept = money.books()
        self._zone = ZoneInfo(self._kept.time_zone)
        self._reasons, self._map = Reasons(), Map.drawn()
        self.known = References(work)
        self._rates: dict[str, Rates] = {}

    def begin(self, rows: Sequence[Parsed]) -> None:
        self.known.ask(
            {
                "deal": [key for row in rows for key in (row.key, name_key(row))],
                "member": [key for row in rows for key in owner_keys(row)],
                "company": [key for row in rows for key in _company_keys(row)],
                "person": [key for row in rows for key in _person_keys(row)],
            }
        )
        for row in rows:
            put_owner(row, self.known)
        self._firms = meaning.companies_named(self._actor, [row.values.get("company", "") for row in rows])
        self._mails = meaning.people_by_mail(
            self._actor, [point.normal for row in rows for point in row.values.get("email", ())]
        )
        self._names = meaning.people_named(self._actor, [name for row in rows for name in _people_named(row)])
        asked = {kind: [k for row in rows for k in keys(row)] for kind, keys in
                 (("company", _company_keys), ("person", _person_keys))}  # fmt: skip
        self._visible = set().union(
            *(meaning.visible(self._actor, kind, filter(None, (self.known.of(kind, key) for key in keys)))
              for kind, keys in asked.items())
        )  # fmt: skip
        keys = {key for row in rows for key in (row.key, name_key(row))}
        heard = StageHeard.objects.filter(system=self._work.system, deal_key__in=keys)
        self.heard: dict[str, list[StageHeard]] = {}
        for one in heard.select_related("stage__version"):
            self.heard.setdefault(one.deal_key, []).append(one)

    def decide(self, row: Parsed) -> Decided:
        values = row.values
        if not values.get("name"):
            raise Reject("missing", "name")
        stage, passed = self._stage(row)
        began_at = self._at(values.get("created_at")) or self._at(values.get("stage_since")) or self._work.begun_at
        closed_at = self._closed(row, stage)
        heard = [Step(one.stage, one.at) for one in self.heard_of(row)]
        entered = self._entered(row)
        if told_in := self._worked_in(row, passed, began_at, closed_at):
            entered.append(told_in)
            passed = self._map.first_of(passed)
        told = Told(stage, passed, began_at, None if closed_at else self._at(values.get("stage_since")), closed_at)
        steps = way(told, [*heard, *entered])
        if len({step.stage.version_id for step in steps}) > 1:
            steps = [step for step in steps if step.stage.version_id == stage.version_id]
        if not any(name in values for name in ("created_at", "stage_since", "closed_at", "expected_close_on")):
            row.said.append(Said("no_dates"))
        decided = Decided(self._columns(row, stage, closed_at), steps, min(began_at, steps[0].at), entered)
        self._link(row, decided)
        return decided

    def _worked_in(
        self, row: Parsed, passed: Stage, began_at: datetime, closed_at: datetime | None
    ) -> Step[Stage] | None:
        """Won or lost beside the stage it was in: that was entered when the stage changed last, not at the beginning."""
        since = self._at(row.values.get("stage_since"))
        if closed_at is None or since is None or passed == self._map.first_of(passed):
            return None
        return Step(passed, since) if began_at < since < closed_at else None

    def heard_of(self, row: Parsed) -> list[StageHeard]:
        """What was told of its way before, by its id, or by its name where only one deal has that."""
        by_name = name_key(row)
        shared = self.known.is_shared("deal", by_name)
        return [*self.heard.get(row.key, ()), *(() if shared else self.heard.get(by_name, ()))]

    def _stage(self, row: Parsed) -> tuple[Stage, Stage]:
        """(where it stands, where it was worked before as far as the row tells)."""
        values = row.values
        stage = self._map.stage(values.get("stage", ""), values.get("pipeline", ""))
        state = values.get("state", "")
        if values.get("is_won") is True or state == "won":
            final = self._map.final_of(stage, rules.WON)
        elif values.get("is_closed") is True or state == "lost":
            final = self._map.final_of(stage, rules.LOST)
        elif values.get("active") is False and values.get("probability", 0) == 0:
            final = self._map.final_of(stage, rules.LOST)  # how Odoo writes lost
        else:
            final = stage if stage is not None and stage.type != rules.OPEN else None
        if final is None and stage is None and state == "open":
            stage = self._map.entrance  # the file says only that it is open
        if final is None and stage is None:
            raise Reject("missing", "stage")
        if final is None:
            assert stage is not None
            return stage, self._map.first_of(stage)
        return final, stage if stage is not None and stage.type == rules.OPEN else self._map.first_of(final)

    def _closed(self, row: Parsed, stage: Stage) -> datetime | None:
        if stage.type == rules.OPEN:
            return None
        names = ("won_at", "closed_at") if stage.type == rules.WON else ("lost_at", "closed_at")
        said = next(
            (row.values[name] for name in (*names, "expected_close_on", "stage_since") if name in row.values), None
        )
        at = self._at(said)
        if at is None:
            raise Reject("closed_without_date", "closed_at")
        if at > self._work.begun_at:
            row.said.append(Said("closed_in_future", "expected_close_on"))
        return min(at, self._work.begun_at)

    def _entered(self, row: Parsed) -> list[Step[Stage]]:
        """Columns that say when each stage was entered."""
        found = []
        for name, said in row.values.items():
            if name.startswith("entered."):
                stage, at = self._map.stages.get(name[8:].rpartition(".")[0]), self._at(said)
                if stage is not None and at is not None:
                    found.append(Step(stage, min(at, self._work.begun_at)))
        return found

    def _columns(self, row: Parsed, stage: Stage, closed_at: datetime | None) -> dict[str, Any]:
        values = row.values
        currency = values.get("currency") or values.get("amount_currency") or self._kept.base_currency
        amounts = {}
        for name in ("amount", "recurring"):
            minor = values.get(f"{name}_minor", 0)
            of = values.get(f"{name}_currency", currency)
            # The row's own currency goes before that of the file.
            amounts[f"{name}_minor"] = minor if of == currency else Money.of(Money(minor, of).amount, currency).minor
        if not 0 <= amounts["amount_minor"] <= money.LARGEST_MINOR:
            raise Reject("not_amount", "amount_minor", value=values.get("amount_minor"))
        said = values.get("probability")
        own = said is not None and closed_at is None and said != stage.probability_bp
        reason = values.get("reason", "")
        found = self._reasons.of(stage.type, reason, UNKNOWN) if closed_at else None
        expected = values.get("expected_close_on")
        columns = {
            "name": values["name"][:200], "currency": currency, **amounts, "expected_close_on": expected,
            "probability_bp": said if own else stage.probability_bp, "probability_source": "person" if own else "stage",
            "forecast_category": stage.forecast_category, "closed_at": closed_at, "reason": found,
            "reason_words": reason if reason and (found is None or found.code == UNKNOWN) else "",
            **{name: values.get(name, "")[:most] for name, most in TEXTS.items()},
        }  # fmt: skip
        if reason and closed_at is None:
            columns["reason_words"] = ""
        return columns

    def _link(self, row: Parsed, decided: Decided) -> None:
        values = row.values
        people: dict[UUID, None] = {}
        for key in values.get("person_ids", ()):
            found = next((one for k in (f"id:{key}", f"lead:{key}") if (one := self._seen("person", k))), None)
            if found is None and self._seen("company", f"id:{key}") is not None:
                continue  # Odoo keeps people and companies in one table: this one is the company
            if found is None:
                decided.waits.append(("deal.person", "person", f"id:{key}"))
                row.said.append(Said("waits_for", "person_ids", {"value": key}))
            else:
                people[found] = None
        if not values.get("person_ids"):
            people |= dict.fromkeys(self._mails[p.normal] for p in values.get("email", ()) if p.normal in self._mails)
            mails = row.values.get("email", ()) if self._work.system == GUESSED and not people else ()
            for point in mails:
                decided.waits.append(("deal.person", "person", f"email:{point.normal}"))
                row.said.append(Said("waits_for", "email", {"value": point.normal}))
            for name in _people_named(row) if not people else ():
                found = self._seen("person", f"name:{fold(name)}") or self._names.get(fold(name))
                if found is None:
                    several = self.known.is_shared("person", f"name:{fold(name)}")
                    decided.waits += [] if several else [("deal.person", "person", f"name:{fold(name)}")]
                    row.said.append(Said("several_of_name" if several else "waits_for", "person", {"value": name}))
                else:
                    people[found] = None
        decided.people = list(people)
        decided.columns["company_id"] = self._company(row, decided)

    def _company(self, row: Parsed, decided: Decided) -> UUID | None:
        keys, name = _company_keys(row), row.values.get("company", "")
        found = next((one for key in keys if (one := self._seen("company", key)) is not None), None)
        if found is None and name and not row.values.get("company_ids"):
            found = self._firms.get(fold(name))
        if found is None and any(self._seen("person", key) is not None for key in keys):
            return None  # Odoo again: the customer is a person
        if found is None and keys:
            several = self.known.is_shared("company", keys[0])
            if not several:
                decided.waits.append(("deal.company", "company", keys[0]))
            row.said.append(
                Said("several_of_name" if several else "waits_for", "company", {"value": name or shown(keys[0])})
            )
        return found

    def _seen(self, kind: str, key: str) -> UUID | None:
        found = self.known.of(kind, key)
        return found if found in self._visible else None

    def _at(self, said: datetime | date | None) -> datetime | None:
        if said is None:
            return None
        if isinstance(said, datetime):
            return said if said.tzinfo else said.replace(tzinfo=self._zone)
        return datetime.combine(said, MIDDAY, self._zone)

    def follows(self, columns: Mapping[str, Any], stage: Stage, since: datetime) -> dict[str, Any]:
        currency, closed_at = columns["currency"], columns["closed_at"]
        if currency not in self._rates:
            self._rates[currency] = Rates(currency, self._kept)
        used = self._rates[currency].on(self._kept.day_of(closed_at or self._actor.now))
        if used is None:
            raise Reject("no_rate", "amount_minor", currency=currency)
        derived = rules.derived(
            rules.Worth(
                amount_minor=columns["amount_minor"], currency=currency, base_currency=self._kept.base_currency,
                rate=Decimal(used.rate), probability_bp=columns["probability_bp"],
                expected_close_on=columns["expected_close_on"], state=stage.type,
                active_on=self._kept.day_of(since), stalled_after_days=stage.stalled_after_days,
            )
        )  # fmt: skip
        return {
            "rate": used.rate, "rate_on": used.on, "base_minor": derived.base_minor,
            "weighted_minor": derived.weighted_minor, "board_on": derived.board_on, "stalls_on": derived.stalls_on,
        }  # fmt: skip


def name_key(row: Parsed) -> str:
    return f"name:{fold(row.values.get('name', ''))}"


def _company_keys(row: Parsed) -> list[str]:
    keys = [f"id:{one}" for one in row.values.get("company_ids", ())]
    name = fold(row.values.get("company", ""))
    return keys or ([name] if name else [])


def _people_named(row: Parsed) -> list[str]:
    return [row.values["person"]] if "person" in row.values else []


def _person_keys(row: Parsed) -> list[str]:
    ids = row.values.get("person_ids", ())
    return [*(f"{space}:{one}" for one in ids for space in ("id", "lead")),
            *(f"name:{fold(name)}" for name in _people_named(row))]  # fmt: skip
