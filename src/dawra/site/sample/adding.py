"""From the plan to records: one step is one transaction of at most some hundred records."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.customers import letter_sampling
from dawra.customers import sampling as customers
from dawra.deals import sampling as deals
from dawra.deals import sampling_close_plans, sampling_next_best
from dawra.deals.actions.starting import start_with_defaults
from dawra.prospecting import brief_sampling
from dawra.prospecting import sampling as prospecting
from dawra.prospecting.actions.settings import start_with_defaults as start_prospecting
from dawra.site.sample import words
from dawra.site.sample.inquiries import LeadPlan, inquiries
from dawra.site.sample.things import ActivityPlan, CompanyPlan, DealPlan, PersonPlan, Plan
from dawra.team import sampling as team
from dawra.team import training_sampling

COMPANIES_A_STEP, PEOPLE_A_STEP, DEALS_A_STEP, ACTIVITIES_A_STEP, LEADS_A_STEP = 250, 250, 150, 250, 250

NOBODY = -2


@dataclass(frozen=True, slots=True)
class Step:
    title: str | Promise
    run: Callable[[], None]


class Adding:
    """The steps that add a plan, signed by whoever loads it where no member of the sample did it."""

    def __init__(self, actor: Actor, plan: Plan) -> None:
        self._actor, self._plan = actor, plan
        self._signers = [
            Actor(member.id, member.name, actor.now, sees=None, via="import", everything=True)
            for member in plan.members
        ]
        self._won: dict[int, datetime] = {}
        self._begun: dict[int, datetime] = {}
        for deal in plan.deals:
            _code, began, _exited = deal.visits[0]
            self._begun[deal.company] = min(began, self._begun.get(deal.company, began))
            if deal.state == "won":
                at = deal.visits[-1][1]
                self._won[deal.company] = min(at, self._won.get(deal.company, at))

    def steps(self) -> list[Step]:
        return list(self._steps())

    def _steps(self) -> Iterator[Step]:
        plan = self._plan
        yield Step(_("Team, products and rates"), self._ground)
        for start in range(0, len(plan.companies), COMPANIES_A_STEP):
            yield Step(
                _("Companies"), partial(self._companies, plan.companies[start : start + COMPANIES_A_STEP], start)
            )
        for start in range(0, len(plan.people), PEOPLE_A_STEP):
            yield Step(_("People"), partial(self._people, plan.people[start : start + PEOPLE_A_STEP]))
        for start in range(0, len(plan.deals), DEALS_A_STEP):
            yield Step(_("Deals"), partial(self._deals, plan.deals[start : start + DEALS_A_STEP]))
        for start in range(0, len(plan.activities), ACTIVITIES_A_STEP):
            part = plan.activities[start : start + ACTIVITIES_A_STEP]
            yield Step(_("Calls, meetings, notes and tasks"), partial(self._activities, part))
        yield Step(_("Letters"), partial(letter_sampling.write_letters, self._actor))
        yield Step(_("Research briefs"), self._briefs)
        asked = inquiries(plan)
        for start in range(0, len(asked), LEADS_A_STEP):
            yield Step(_("Leads"), partial(self._leads, asked[start : start + LEADS_A_STEP]))
        yield Step(_("Close plans"), partial(sampling_close_plans.write, self._actor, self._actor.now))
        yield Step(_("Training"), partial(training_sampling.write, self._actor, self._actor.now))
        yield Step(_("What is proposed"), partial(sampling_next_best.write, self._actor.now))

    def _ground(self) -> None:
        plan = self._plan
        start_with_defaults(self._actor)
        start_prospecting(self._actor)
        team.write_teams(
            self._actor, [(key, name, name_ar) for key, (name, name_ar) in zip(plan.teams, words.TEAMS, strict=True)]
        )
        team.write_members(
            self._actor, [team.NewMember(m.id, m.name, m.name_ar, m.role, plan.teams[m.team]) for m in plan.members]
        )
        base = plan.setting.base_currency
        deals.write_products(
            [
                {
                    "id": key, "code": code, "name": name, "name_ar": name_ar, "family": family, "price_minor": price,
                    "currency": base, "recurs": recurs,
                }
                for key, price, (code, name, name_ar, family, _usd, recurs) in zip(
                    plan.products, plan.prices, words.PRODUCTS, strict=True
                )
            ]
        )  # fmt: skip
        deals.write_rates([(rate.currency, rate.rate, rate.valid_from_on) for rate in plan.rates])

    def _briefs(self) -> None:
        plan, who = self._plan, self._signers
        companies = [(one.id, who[one.owner].member_id) for one in plan.companies]
        brief_sampling.write_briefs("company", companies, self._actor.now, seed=1)
        brief_sampling.write_briefs(
            "person", [(p.id, who[p.owner].member_id) for p in plan.people], self._actor.now, seed=2
        )

    def _companies(self, companies: tuple[CompanyPlan, ...], start: int) -> None:
        news = []
        for place, one in enumerate(companies, start):
            stages = [("lead", one.created_at)]
            if place in self._begun:
                stages.append(("opportunity", max(self._begun[place], one.created_at)))
            if place in self._won:
                stages.append(("customer", self._won[place]))
            values = {
                "id": one.id, "name": one.name, "name_ar": one.name_ar, "industry": one.industry, "country": one.country,
                "city": one.city, "employees": one.employees, "source": one.source, "created_at": one.created_at,
                "owner_id": self._signers[one.owner].member_id,
            }  # fmt: skip
            news.append(customers.NewRecord(values, [("site", one.site)], stages, self._signers[one.owner]))
        customers.write_companies(news)

    def _people(self, people: tuple[PersonPlan, ...]) -> None:
        news = []
        for one in people:
            company = self._plan.companies[one.company]
            points = [("email", one.email), *([("phone", one.phone)] if one.phone else [])]
            values = {
                "id": one.id, "name": one.name, "name_ar": one.name_ar, "title": one.title, "language": one.language,
                "country": company.country, "city": company.city, "source": company.source, "created_at": one.created_at,
                "owner_id": self._signers[one.owner].member_id,
            }  # fmt: skip
            news.append(
                customers.NewRecord(
                    values,
                    points,
                    [("lead", one.created_at)],
                    self._signers[one.owner],
                    (company.id, company.name, company.name_ar),
                )
            )
        customers.write_people(news)

    def _deals(self, part: tuple[DealPlan, ...]) -> None:
        products = dict(enumerate(self._plan.products))
        deals.Writer(self._plan.setting.now).write([self._deal(one) for one in part], products)

    def _deal(self, one: DealPlan) -> deals.NewDeal:
        company = self._plan.companies[one.company]
        owner = self._owner(one.owner)
        values = {
            "id": one.id, "name": one.name, "company_id": company.id, "owner_id": owner.member_id,
            "amount_minor": one.amount.minor, "currency": one.amount.currency, "expected_close_on": one.close_on,
            "next_step": one.next_step, "next_step_on": one.next_step_on, "source": one.source,
            "competitors": list(one.competitors),
        }  # fmt: skip
        splits: list[tuple[UUID, int]] = []
        if one.helper is not None and one.owner not in (-1, one.helper):
            splits = [(self._plan.members[one.owner].id, 7000), (self._plan.members[one.helper].id, 3000)]
        return deals.NewDeal(
            values=values,
            visits=one.visits,
            lines=[(ln.product, ln.quantity, ln.price_minor, ln.discount_bp, ln.total_minor) for ln in one.lines],
            people=[(self._plan.people[person].id, role) for person, role in one.people],
            splits=splits,
            reason=one.reason,
            company=(company.name, company.name_ar),
            signed=owner,
        )

    def _activities(self, part: tuple[ActivityPlan, ...]) -> None:
        news = []
        for one in part:
            deal = self._plan.deals[one.deal]
            owner = self._owner(one.owner)
            about = [("deal", deal.id), ("company", self._plan.companies[deal.company].id)]
            if one.person >= 0:
                about.append(("person", self._plan.people[one.person].id))
            values = {
                "id": one.id, "what": one.what, "title": one.title, "body": one.body, "happened_at": one.happened_at,
                "due_at": one.due_at, "done_at": one.done_at, "owner_id": owner.member_id,
                "duration_minutes": one.minutes, "direction": one.direction,
            }  # fmt: skip
            at = one.happened_at or max(deal.visits[0][1], min(one.due_at or self._actor.now, self._plan.setting.now))
            news.append(customers.NewActivity(values, about, owner, min(at, self._plan.setting.now)))
        customers.write_activities(news)

    def _leads(self, part: tuple[LeadPlan, ...]) -> None:
        news = []
        for one in part:
            person = self._plan.people[one.person]
            values = {
                "person_id": person.id, "company_id": self._plan.companies[person.company].id, "source": one.source,
                "campaign": one.campaign, "words": one.words, "status": one.status,
            }  # fmt: skip
            deal_id = self._plan.deals[one.deal].id if one.deal >= 0 else None
            owner = None if one.owner == NOBODY else self._owner(one.owner)
            news.append(
                prospecting.NewLead(
                    one.id,
                    values,
                    person.name,
                    owner,
                    one.asked_at,
                    one.answered_after,
                    one.decided_at,
                    one.reason,
                    deal_id,
                )
            )
        prospecting.write_leads(self._actor, news)
        deals.write_origins([(new.id, new.deal_id) for new in news if new.deal_id])

    def _owner(self, place: int) -> Actor:
        return self._actor if place < 0 else self._signers[place]
