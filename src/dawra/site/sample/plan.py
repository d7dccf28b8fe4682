"""What the sample company consists of: plain values that follow from a seed number and a day. Pure; no database.

Two years of selling: how often deals move on, how long they stay and when they begin follow the shares below. They are
invented to look like a mid-size seller, not measured anywhere.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from dawra.figures.money import Money, decimals_of, line_total
from dawra.site.sample import words
from dawra.site.sample.things import (
    ActivityPlan,
    CompanyPlan,
    DealPlan,
    LinePlan,
    MemberPlan,
    PersonPlan,
    Plan,
    RatePlan,
    Setting,
)

COMPANIES, PEOPLE, DEALS = 2000, 6000, 4000
DAYS = 730
NAMESPACE = UUID("3f0c2f6e-6d51-4c0e-9f6f-0d4f7a1f5a11")
# stage, share that goes on, usual days in it
FUNNEL = (
    ("prospecting", 0.76, 7), ("research", 0.80, 6), ("first_contact", 0.68, 10),
    ("demo", 0.72, 9), ("objections", 0.74, 13), ("closing", 0.78, 9),
)  # fmt: skip
STALLED_SHARE = 0.02
# Some trades and sizes suit the sample company better, so that there is something to learn from its deals.
SUITS = (-0.05, 0.0, 0.05)
SUITS_SIZE = (-0.03, 0.0, 0.03)
MONTHS = (1.0, 0.9, 1.1, 0.9, 1.05, 0.95, 0.7, 0.65, 1.2, 1.2, 1.15, 1.1)
PER_DOLLAR = {
    "USD": "1", "SAR": "3.75", "AED": "3.6725", "EGP": "48.5", "EUR": "0.92", "GBP": "0.79", "JOD": "0.709",
    "KWD": "0.307", "QAR": "3.64", "MAD": "10.1",
}  # fmt: skip
WON_REASONS, LOST_REASONS = ("fit", "price", "relationship", "speed", "reference"), (
    "price", "competitor", "no_budget", "no_decision", "timing", "missing_feature", "no_answer", "not_a_fit",
)  # fmt: skip
ROLES = ("champion", "economic_buyer", "user", "blocker", "influencer", "signatory")


def _tilt(company: CompanyPlan) -> float:
    """Added to the share of deals that go on from each stage."""
    trades = sorted({industry for _en, _ar, industry in words.TRADES})
    size = (company.employees >= 50) + (company.employees >= 200)
    return SUITS[trades.index(company.industry) % len(SUITS)] + SUITS_SIZE[size]


def plan(setting: Setting, *, share: float = 1.0) -> Plan:
    """The whole sample. share: less of it, for tests. About a second."""
    return _Maker(setting).make(share)


class _Maker:
    def __init__(self, setting: Setting) -> None:
        self._it, self._rng = setting, Random(setting.seed)  # noqa: S311 - repeatable, not secret
        self._zone = ZoneInfo(setting.zone)
        self._today = setting.now.astimezone(self._zone).date()
        self._currencies = [setting.base_currency]
        if setting.base_currency in PER_DOLLAR:
            self._currencies += [code for code in ("USD", "AED", "EGP") if code != setting.base_currency]

    def make(self, share: float) -> Plan:
        counts = [max(3, round(count * share)) for count in (COMPANIES, PEOPLE, DEALS)]
        members = self._members()
        self._reps = [place for place, member in enumerate(members) if member.role == "rep"]
        self._base_prices = [
            int(
                Decimal(price)
                * Decimal(PER_DOLLAR.get(self._it.base_currency, "1"))
                * 10 ** decimals_of(self._it.base_currency)
            )
            for *_names, price, _recurs in words.PRODUCTS
        ]
        self._companies = self._make_companies(counts[0])
        self._people = self._make_people(counts[1])
        self._of_company: dict[int, list[int]] = {}
        for place, person in enumerate(self._people):
            self._of_company.setdefault(person.company, []).append(place)
        deals = sorted((self._deal(n) for n in range(counts[2])), key=lambda deal: deal.visits[0][1])
        # The oldest things come first, so that what lists call newest is new.
        activities = [activity for place, deal in enumerate(deals) for activity in self._activities(place, deal)]
        return Plan(
            self._it, tuple(self._key("team", n) for n in range(len(words.TEAMS))), members, self._rates(),
            tuple(self._base_prices), tuple(self._key("product", n) for n in range(len(words.PRODUCTS))),
            self._companies, self._people, tuple(deals), tuple(activities),
        )  # fmt: skip

    def _key(self, what: str, place: int) -> UUID:
        return uuid5(NAMESPACE, f"{self._it.seed}/{what}/{place}")

    def _id(self, at: datetime) -> UUID:
        """A UUID of version 7 as it would have been made then."""
        millis = int(at.timestamp() * 1000)
        bits = self._rng.getrandbits(74)
        return UUID(int=(millis & (2**48 - 1)) << 80 | 0x7 << 76 | (bits >> 62) << 64 | 0b10 << 62 | bits & (2**62 - 1))

    def _name(self) -> tuple[str, str]:
        given, family = self._rng.choice(words.GIVEN), self._rng.choice(words.FAMILY)
        return f"{given[0]} {family[0]}", f"{given[1]} {family[1]}"

    def _members(self) -> tuple[MemberPlan, ...]:
        made: list[MemberPlan] = []
        taken: set[str] = set()
        for team in range(len(words.TEAMS)):
            for place in range(5):
                name, name_ar = self._name()
                while name in taken:
                    name, name_ar = self._name()
                taken.add(name)
                role = "manager" if place == 0 else "rep"
                made.append(MemberPlan(self._key("member", len(made)), name, name_ar, role, team))
        return tuple(made)

    def _rates(self) -> tuple[RatePlan, ...]:
        base = Decimal(PER_DOLLAR.get(self._it.base_currency, "1"))
        found = []
        for code in self._currencies[1:]:
            for quarter in range(9):
                drift = Decimal(1000 + self._rng.randint(-12, 12)) / 1000 if code == "EGP" else Decimal(1)
                rate = (base / Decimal(PER_DOLLAR[code]) * drift).quantize(Decimal("0.000001"))
                found.append(
                    RatePlan(
                        code, format(rate.normalize(), "f"), self._today - timedelta(days=DAYS + 40 - quarter * 91)
                    )
                )
        return tuple(found)

    # When

    def _moment(self, day: date) -> datetime:
        """A working hour of that day, or of the next working day."""
        while day.isoweekday() in self._it.weekend:
            day += timedelta(days=1)
        minute = self._rng.randint(9 * 60, 16 * 60 + 45)
        return datetime.combine(day, time(minute // 60, minute % 60), self._zone)

    def _begin(self) -> datetime:
        """A day of the two years: more in busy months, more lately than long ago."""
        while True:
            ago = int(DAYS * (1 - self._rng.random() ** 0.85))
            day = self._today - timedelta(days=ago)
            if self._rng.random() * 1.2 < MONTHS[day.month - 1]:
                moment = self._moment(day)
                if moment < self._it.now:
                    return moment

    # Who

    def _make_companies(self, count: int) -> tuple[CompanyPlan, ...]:
        pairs = [(brand, trade) for brand in range(len(words.BRANDS)) for trade in range(len(words.TRADES))]
        chosen = self._rng.sample(pairs, min(count, len(pairs)))
        places = [(country, city) for country, city, weight in words.CITIES for _ in range(weight)]
        made = []
        for brand, trade in chosen:
            (brand_en, brand_ar), (trade_en, trade_ar, industry) = words.BRANDS[brand], words.TRADES[trade]
            country, city = self._rng.choice(places)
            at = self._moment(self._today - timedelta(days=self._rng.randint(20, DAYS + 30)))
            at = min(at, self._it.now - timedelta(days=8))
            slug = f"{brand_en}-{trade_en}".lower().replace(" ", "-")
            made.append(
                CompanyPlan(
                    self._id(at), f"{brand_en} {trade_en}", f"{brand_ar} {trade_ar}", industry, country, city,
                    int(self._rng.lognormvariate(4.6, 1.1)) + 4, f"{slug}.example", self._rng.choice(self._reps), at,
                    self._rng.choice(words.SOURCES),
                )
            )  # fmt: skip
        return tuple(made)

    def _make_people(self, count: int) -> tuple[PersonPlan, ...]:
        made = []
        for place in range(count):
            company_place = place if place < len(self._companies) else self._rng.randrange(len(self._companies))
            company = self._companies[company_place]
            name, name_ar = self._name()
            at = max(company.created_at, self._it.now - timedelta(days=self._rng.randint(5, DAYS)))
            first, _sep, family = name.lower().replace("al-", "al").partition(" ")
            email = f"{first}.{family}.{place}@{company.site}"
            # 555-0100 to 555-0199 of each North American area are kept for fiction; so are 07700 900000-900999.
            if place % 10 < 7:
                phone = f"+1{201 + (place // 100) % 79}55501{place % 100:02}"
            else:
                phone = f"+447700900{place % 1000:03}" if place % 10 < 9 else ""
            made.append(
                PersonPlan(
                    self._id(at), name, name_ar, self._rng.choice(words.TITLES), company_place, email, phone,
                    "ar" if company.country not in ("GB", "DE", "US") and self._rng.random() < 0.7 else "en", company.owner, at,
                )
            )  # fmt: skip
        return tuple(made)

    # What was sold

    def _deal(self, place: int) -> DealPlan:
        company_place = self._rng.randrange(len(self._companies))
        company = self._companies[company_place]
        began = max(self._begin(), company.created_at)
        visits, state = self._way(began, _tilt(company))
        currency = self._it.base_currency if self._rng.random() < 0.72 else self._rng.choice(self._currencies)
        lines = self._lines(company, currency)
        amount = Money(sum(line.total_minor for line in lines), currency)
        there = self._of_company.get(company_place, [])
        chosen = self._rng.sample(there, min(len(there), self._rng.choice((1, 1, 2, 2, 3))))
        people = tuple(
            (person, ROLES[min(n, 5)] if n else self._rng.choice(ROLES[:3])) for n, person in enumerate(chosen)
        )
        people = tuple(dict(people).items())
        is_open = state == "open"
        admin = is_open and self._rng.random() < 0.08
        step = is_open and self._rng.random() < 0.78
        reason = "" if is_open else self._rng.choice(WON_REASONS if state == "won" else LOST_REASONS)
        first_word = words.PRODUCTS[lines[0].product]
        arabic = self._rng.random() < 0.4
        return DealPlan(
            id=self._id(began),
            name=f"{company.name_ar} · {first_word[2]}" if arabic else f"{company.name} · {first_word[1]}",
            company=company_place,
            people=people,
            owner=-1 if admin else company.owner,
            lines=lines,
            amount=amount,
            visits=visits,
            state=state,
            reason=reason,
            next_step=self._rng.choice(words.STEPS) if step else "",
            next_step_on=self._today + timedelta(days=self._rng.randint(-4, 14)) if step else None,
            close_on=self._today + timedelta(days=self._rng.randint(-12, 80)) if is_open else visits[-1][1].date(),
            helper=self._rng.choice(self._reps) if self._rng.random() < 0.08 else None,
            source=company.source,
            competitors=(self._rng.choice(words.COMPETITORS),) if self._rng.random() < 0.3 else (),
        )

    def _way(self, began: datetime, tilt: float) -> tuple[tuple[tuple[str, datetime, datetime | None], ...], str]:
        """Through the funnel until it is won, lost, or today."""
        visits: list[tuple[str, datetime, datetime | None]] = []
        at, now = began, self._it.now
        for stage, goes_on, usual in FUNNEL:
            if self._rng.random() < STALLED_SHARE and at > now - timedelta(days=150):
                return (*visits, (stage, at, None)), "open"
            days = max(1, round(self._rng.lognormvariate(0, 0.7) * usual))
            left = self._moment((at + timedelta(days=days)).astimezone(self._zone).date())
            if left >= now:
                return (*visits, (stage, at, None)), "open"
            visits.append((stage, at, left))
            at = left
            if self._rng.random() > goes_on + tilt:
                return (*visits, ("lost", at, None)), "lost"
        return (*visits, ("won", at, None)), "won"

    def _lines(self, company: CompanyPlan, currency: str) -> tuple[LinePlan, ...]:
        base = self._it.base_currency
        scale = Decimal(PER_DOLLAR[currency]) / Decimal(PER_DOLLAR[base]) if currency != base else Decimal(1)
        scale *= Decimal(10) ** (decimals_of(currency) - decimals_of(base))
        made = []
        for product in sorted(self._rng.sample(range(len(words.PRODUCTS)), self._rng.choice((1, 1, 2, 2, 3)))):
            single = words.PRODUCTS[product][3] == "Services"
            quantity = 1 if single else max(2, int(company.employees * self._rng.uniform(0.05, 0.4)))
            price = int(self._base_prices[product] * scale)
            discount = self._rng.choice((0, 0, 0, 500, 1000, 1500))
            made.append(LinePlan(product, quantity, price, discount, line_total(Decimal(quantity), price, discount)))
        return tuple(made)

    # What was done

    def _activities(self, place: int, deal: DealPlan) -> list[ActivityPlan]:
        made = []
        person = deal.people[0][0] if deal.people else -1
        for _stage, entered, exited in deal.visits:
            end = min(exited or self._it.now, self._it.now)
            if self._rng.random() > 0.45 or end - entered < timedelta(hours=3) or _stage in ("won", "lost"):
                continue
            at = entered + (end - entered) * self._rng.random()
            made.append(self._done(place, deal, person, at.replace(second=0, microsecond=0)))
        if deal.state == "open" and self._rng.random() < 0.7:
            made.append(self._task(place, deal, person))
        return made

    def _done(self, place: int, deal: DealPlan, person: int, at: datetime) -> ActivityPlan:
        what = self._rng.choice(("call", "call", "meeting", "email", "note"))
        said = {"call": words.CALLS, "meeting": words.MEETINGS, "email": words.EMAILS, "note": ("",)}[what]
        body = self._rng.choice(words.NOTES) if what == "note" or self._rng.random() < 0.3 else ""
        minutes = {"call": self._rng.randint(3, 35), "meeting": self._rng.choice((30, 45, 60, 90))}.get(what)
        direction = self._rng.choice(("in", "out", "out")) if what in ("call", "email") else ""
        title = self._rng.choice(said)
        return ActivityPlan(
            self._id(at), what, title, body, at, None, None, deal.owner, place, person, minutes, direction
        )

    def _task(self, place: int, deal: DealPlan, person: int) -> ActivityPlan:
        day = self._today + timedelta(days=self._rng.choice((-5, -3, -2, -1, 0, 0, 0, 1, 1, 2, 3, 5, 8)))
        due = self._moment(day) if day >= self._today else self._moment(day - timedelta(days=2))
        made_at = min(due, self._it.now) - timedelta(days=self._rng.randint(1, 3))
        made_at = max(made_at, deal.visits[0][1])
        kind = "meeting" if self._rng.random() < 0.2 and due > self._it.now else "task"
        title = self._rng.choice(words.MEETINGS if kind == "meeting" else words.TASKS)
        task = ActivityPlan(self._id(made_at), kind, title, "", None, due, None, deal.owner, place, person, None, "")
        if kind == "task" and due < self._it.now - timedelta(days=4) and self._rng.random() < 0.6:
            return replace(task, done_at=due, happened_at=due)
        return task
