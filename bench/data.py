"""A company of a given size, the same every time: people, companies, deals with their way through the stages, a journal.

Rows go in by bulk inserts through the models, five hundred at a time, as an import does. Times are counted back from
`now`, so that a board measured today has deals that stall today.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from bench import words
from bench.sizes import Made, Size
from dawra.access.actions.roles import seed_roles
from dawra.access.actor import Actor
from dawra.customers.models import Affiliation, Company, ContactPoint, Person, SearchRow
from dawra.deals.models import Criterion, Deal, OutcomeReason, Pipeline, PipelineVersion, Rate, Stage, StageVisit
from dawra.figures.money import share_of
from dawra.figures.words import fold
from dawra.journal.catalogue.deals import DealAdded
from dawra.journal.models import Entry, Mention
from dawra.team.models import Member, Team, Workspace

SEED = 7
BATCH = 500
MONTHS = 36
PASSWORD = "a long enough passphrase"
RATES = {"SAR": "1", "USD": "3.75", "AED": "1.02"}
CURRENCIES = (("SAR", 80), ("USD", 15), ("AED", 5))


class Maker:
    """Draws one company from one seed."""

    def __init__(self, size: Size, now: datetime, say: Callable[[str], None]) -> None:
        self.size, self.now, self.say = size, now, say
        self.rng = random.Random(SEED)
        self.count = 0

    def id(self) -> UUID:
        """Ascending like the house's own ids, but drawn from the seed."""
        self.count += 1
        millis = int(self.now.timestamp() * 1000) - 10**10 + self.count
        return UUID(
            int=millis << 80 | 0x7 << 76 | self.rng.getrandbits(12) << 64 | 0b10 << 62 | self.rng.getrandbits(62)
        )

    def before(self, days: float) -> datetime:
        return self.now - timedelta(seconds=int(days * 86400))

    def found(self) -> Made | None:
        """The company an earlier run has left here; None if there is none."""
        members = {member.email.split("@")[0]: member for member in Member.objects.select_related("role", "team")}
        if "member10" not in members:
            return None
        self.reps = [members["member10"]]
        return Made(members["member0"], members["member1"], members["member10"], self.a_long_deal().id, "demo")

    def make(self) -> Made:
        with transaction.atomic():
            self.company_itself()
        self.say("companies")
        self.companies = [self.id() for _ in range(self.size.companies)]
        keep(Company, (self.company(pk, number) for number, pk in enumerate(self.companies)))
        self.say("people")
        self.people_rows()
        self.say("deals")
        self.deal_rows()
        self.long_timeline()
        self.say("statistics")
        settle()
        return Made(self.admin, self.managers[0], self.reps[0], self.long_deal, "demo")

    def company_itself(self) -> None:
        Workspace.objects.create(
            name="Masar Fleet",
            base_currency="SAR",
            weekend_days=[5, 6],
            time_zone="Asia/Riyadh",
            created_at=self.before(1200),
        )
        roles = seed_roles(Actor.system("bench", self.now))
        root = self.team("Sales", None)
        teams = [self.team(name, root) for name in ("North", "South", "East", "West")]
        self.admin = self.member(0, roles["administrator"], None)
        self.managers = [self.member(1 + place, roles["manager"], team) for place, team in enumerate(teams)]
        self.reps = [self.member(10 + place, roles["rep"], teams[place % 4]) for place in range(24)]
        # The top seller has a good quarter of everything, as in the data the peers were measured on.
        self.weights = [1 / (place + 1) for place in range(24)]
        pipeline = Pipeline.objects.create(name="Sales", name_ar="المبيعات", is_default=True)
        version = PipelineVersion.objects.create(pipeline=pipeline, number=1, published_at=self.before(1200))
        Rate.objects.bulk_create(
            Rate(currency=code, rate=rate, valid_from_on=self.before(1200).date())
            for code, rate in RATES.items()
            if code != "SAR"
        )
        self.stages = []
        for position, (code, name, name_ar, type_, share, stalled, criterion) in enumerate(words.STAGES):
            stage = Stage.objects.create(
                version=version, code=code, name=name, name_ar=name_ar, type=type_, position=position,
                probability_bp=share, stalled_after_days=stalled or 14,
            )  # fmt: skip
            self.stages.append(stage)
            if criterion:
                Criterion.objects.create(stage=stage, sort="box", name=criterion[0], name_ar=criterion[1])
        self.reasons = {
            outcome: [
                OutcomeReason.objects.create(outcome=outcome, code=code, name=code.capitalize(), position=place)
                for place, code in enumerate(codes)
            ]
            for outcome, codes in (("won", ("price", "fit")), ("lost", ("price", "timing", "competitor", "silence")))
        }

    def team(self, name: str, parent: Team | None) -> Team:
        team = Team(id=self.id(), name=name, parent=parent)
        team.path = (parent.path if parent else "/") + team.id.hex + "/"
        team.save(force_insert=True)
        return team

    def member(self, number: int, role: Any, team: Team | None) -> Member:
        given, family = words.GIVEN[number % len(words.GIVEN)], words.FAMILY[number % len(words.FAMILY)]
        member = Member(
            id=self.id(), email=f"member{number}@masar.example", name=f"{given[0]} {family[0]}",
            name_ar=f"{given[1]} {family[1]}".strip() if given[1] and family[1] else "", role=role, team=team, created_at=self.before(1200),
        )  # fmt: skip
        member.set_password(PASSWORD)
        member.save(force_insert=True)
        return member

    def owner(self) -> Member:
        return self.rng.choices(self.reps, self.weights)[0]

    def company(self, pk: UUID, number: int) -> Company:
        place, trade = self.rng.choice(words.PLACES), self.rng.choice(words.TRADES)
        name, name_ar = f"{place[0]} {trade[0]} {number}", f"{place[1]} {trade[1]} {number}"
        country, city = self.rng.choice(words.CITIES)
        return Company(
            id=pk, name=name, name_ar=name_ar, folded=fold(f"{name} {name_ar}"), country=country, city=city, owner=self.owner(),
            lifecycle="opportunity", **self.signed(self.before(self.rng.uniform(200, 1100))),
        )  # fmt: skip

    def signed(self, at: datetime) -> dict[str, Any]:
        return {"created_at": at, "updated_at": at, "created_by": self.admin, "updated_by": self.admin} | (
            {"lifecycle_since": at}
        )

    def people_rows(self) -> None:
        """People with one e-mail, one phone and one company each, and their search lines."""
        ids = [self.id() for _ in range(self.size.people)]
        stages = ("subscriber", "lead", "marketing_qualified", "sales_qualified", "opportunity", "customer")
        people: dict[UUID, Person] = {}
        for pk in ids:
            given, family = self.rng.choice(words.GIVEN), self.rng.choice(words.FAMILY)
            name = f"{given[0]} {family[0]}"
            name_ar = f"{given[1]} {family[1]}" if given[1] and family[1] else ""
            country, city = self.rng.choice(words.CITIES)
            people[pk] = Person(
                id=pk, name=name, name_ar=name_ar, folded=fold(f"{name} {name_ar}"), country=country, city=city, owner=self.owner(),
                source=self.rng.choice(words.SOURCES), lifecycle=self.rng.choice(stages), title="Manager",
                **self.signed(self.before(self.rng.uniform(0, MONTHS * 30))),
            )  # fmt: skip
        keep(Person, people.values())
        keep(ContactPoint, (point for number, pk in enumerate(ids) for point in self.points(pk, number)))
        keep(
            Affiliation,
            (
                Affiliation(
                    id=self.id(), person_id=pk, company_id=self.companies[number % len(self.companies)], is_primary=True
                )
                for number, pk in enumerate(ids)
            ),
        )
        keep(
            SearchRow,
            (
                SearchRow(
                    record_kind="person",
                    record_id=pk,
                    owner_id=person.owner_id,
                    title=person.name,
                    folded=f"{person.folded} p{number}@example.com",
                )
                for number, (pk, person) in enumerate(people.items())
            ),
        )

    def points(self, pk: UUID, number: int) -> Iterator[ContactPoint]:
        email, phone = f"p{number}@example.com", f"+9665{number:08d}"
        yield ContactPoint(
            id=self.id(),
            person_id=pk,
            kind="email",
            value=email,
            normal=email,
            unique_key=f"email:person:{email}",
            is_primary=True,
        )
        yield ContactPoint(id=self.id(), person_id=pk, kind="phone", value=phone, normal=phone, is_primary=True)

    # Deals: the first `open_deals` are open, the rest are won or lost somewhere in three years.

    def deal_rows(self) -> None:
        deals: list[Deal] = []
        visits: list[StageVisit] = []
        entries: list[Entry] = []
        for number in range(self.size.deals):
            deal, way = self.deal(number)
            deals.append(deal)
            visits += way
            entries.append(self.added(deal, way[0]))
            if len(deals) == 20 * BATCH:
                self.keep_deals(deals, visits, entries)
                deals, visits, entries = [], [], []
        self.keep_deals(deals, visits, entries)

    def keep_deals(self, deals: list[Deal], visits: list[StageVisit], entries: list[Entry]) -> None:
        keep(Deal, deals)
        keep(StageVisit, visits)
        kept = keep(Entry, entries)
        keep(
            Mention,
            (
                Mention(
                    entry=entry,
                    record_kind="deal",
                    record_id=UUID(entry.facts["deal_id"]),
                    kind=entry.kind,
                    happened_at=entry.happened_at,
                )
                for entry in kept
            ),
        )

    def deal(self, number: int) -> tuple[Deal, list[StageVisit]]:
        rng = self.rng
        is_open = number < self.size.open_deals
        last = rng.choices(range(6), (26, 20, 18, 15, 12, 9))[0] if is_open else rng.randrange(2, 6)
        age = rng.expovariate(1 / 12) if is_open else rng.uniform(1, MONTHS * 30)
        cycle = rng.uniform(3, 9) * (last + 1)
        marks = [
            self.before(age + cycle * (last - place) / (last + 1) + (0 if is_open else 4)) for place in range(last + 1)
        ]
        stage = self.stages[last] if is_open else self.stages[6 if rng.random() < 0.3 else 7]
        closed_at = None if is_open else self.before(age)
        currency = rng.choices([c for c, _ in CURRENCIES], [w for _, w in CURRENCIES])[0]
        amount = 0 if rng.random() < 0.05 else int(rng.lognormvariate(8.34, 1.4)) * 100
        base = int(amount * float(RATES[currency]))  # made-up data; the house itself never multiplies money by floats
        share = 0 if stage.type == "lost" else stage.probability_bp
        closes = None if rng.random() < 0.07 else (self.now + timedelta(days=rng.randint(-20, 160))).date()
        name = f"{rng.choice(words.WANTS)} {number}"
        since = closed_at or marks[-1]
        signed = self.signed(marks[0])
        signed.pop("lifecycle_since")
        deal = Deal(
            id=self.id(), name=name, folded=fold(name), company_id=rng.choice(self.companies), stage=stage, stage_since=since, state=stage.type,
            amount_minor=amount, currency=currency, base_minor=base, weighted_minor=share_of(base, share), rate=RATES[currency],
            expected_close_on=closes, board_on=closes or date.max, closed_at=closed_at, probability_bp=share, owner=self.owner(),
            next_step="" if rng.random() < 0.2 else rng.choice(words.STEPS), source=rng.choice(words.SOURCES),
            stalls_on=(since + timedelta(days=stage.stalled_after_days)).date() if is_open else None,
            reason=None if is_open else rng.choice(self.reasons[stage.type]), **signed,
        )  # fmt: skip
        steps = [(self.stages[place], marks[place]) for place in range(last + 1)]
        if closed_at:
            steps.append((stage, closed_at))
        ends = [at for _, at in steps[1:]] + [None]
        way = [
            StageVisit(
                id=self.id(), deal=deal, stage=at_stage, entered_at=entered, exited_at=left, amount_minor=amount, currency=currency,
                probability_bp=at_stage.probability_bp, expected_close_on=closes, entered_by_id=deal.owner_id,
            )
            for (at_stage, entered), left in zip(steps, ends, strict=True)
        ]  # fmt: skip
        return deal, way

    def added(self, deal: Deal, first: StageVisit) -> Entry:
        fact = DealAdded(deal.id, deal.name, first.stage_id, first.stage.name, deal.amount_minor, deal.currency)
        from dawra.journal.catalogue import code_of, facts_of

        return Entry(
            key=self.id(),
            kind=code_of(fact),
            happened_at=first.entered_at,
            written_at=first.entered_at,
            member_id=deal.owner_id,
            via="ui",
            facts=facts_of(fact),
        )

    def a_long_deal(self) -> Deal:
        rows = Deal.objects.visible_to(Actor.system("bench", self.now)).filter(state="open", owner=self.reps[0])
        first: Deal = rows.order_by("id")[0]
        return first

    def long_timeline(self) -> None:
        """One open deal with two hundred lines."""
        from dawra.journal.catalogue import code_of, facts_of
        from dawra.journal.catalogue.deals import DealEdited

        deal = self.a_long_deal()
        self.long_deal = deal.id
        facts = [
            DealEdited(deal.id, deal.name, {"next_step": [words.STEPS[n % 6], words.STEPS[(n + 1) % 6]]})
            for n in range(199)
        ]
        entries = keep(
            Entry,
            (
                Entry(
                    key=self.id(),
                    kind=code_of(fact),
                    happened_at=self.before(20 - n / 10),
                    written_at=self.before(20 - n / 10),
                    member=self.reps[0],
                    via="ui",
                    facts=facts_of(fact),
                )
                for n, fact in enumerate(facts)
            ),
        )
        keep(
            Mention,
            (
                Mention(entry=e, record_kind="deal", record_id=deal.id, kind=e.kind, happened_at=e.happened_at)
                for e in entries
            ),
        )


def keep(model: Any, rows: Iterable[Any]) -> list[Any]:
    """Insert in transactions of a few thousand rows, batches of 500."""
    kept: list[Any] = []
    rows = iter(rows)
    while chunk := list(islice(rows, 20 * BATCH)):
        with transaction.atomic():
            kept += model._base_manager.bulk_create(chunk, batch_size=BATCH)
    return kept


def settle() -> None:
    """What a database does by itself overnight: statistics, and for PostgreSQL the visibility map."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
