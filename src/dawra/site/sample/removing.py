"""Taking the sample out: what the user's own records need stays as the user's own, everything else goes."""

from collections.abc import Callable
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers import letter_sampling
from dawra.customers import sampling as customers
from dawra.deals import sampling as deals
from dawra.deals import sampling_close_plans
from dawra.journal import sampling as journal
from dawra.prospecting import brief_sampling
from dawra.prospecting import sampling as prospecting
from dawra.site.sample.things import Plan
from dawra.team import sampling as team
from dawra.team import training_sampling

AT_ONCE = 200
KINDS = ("activity", "lead", "deal", "person", "company")


def needed() -> dict[str, set[UUID]]:
    """Records of the sample that something of the user's points at, and what those need in turn. About 10 queries."""
    all_deals = deals.sample_ids()
    leaning = customers.leaning_on_sample(all_deals)
    kept_deals = leaning & all_deals
    companies, people = (a | b for a, b in zip(deals.needed_by(kept_deals), prospecting.needed_by_own(), strict=True))
    return {
        "deal": kept_deals,
        "company": (companies | leaning) & customers.sample_ids("company"),
        "person": (people | leaning) & customers.sample_ids("person"),
    }


def keep_needed() -> dict[str, int]:
    """They lose the mark of the sample. Returns how many of each kind."""
    wanted = needed()
    deals.keep_as_own(wanted["deal"])
    customers.keep_as_own(wanted["company"] | wanted["person"])
    return {kind: len(ids) for kind, ids in wanted.items() if ids}


def left(kind: str) -> list[UUID]:
    if kind == "lead":
        return sorted(prospecting.sample_ids())
    return sorted(deals.sample_ids() if kind == "deal" else customers.sample_ids(kind))


def take_out_some(kind: str) -> int:
    """The next records of this kind, with their history. Returns how many went."""
    ids = left(kind)[:AT_ONCE]
    if ids:
        if kind != "activity":
            journal.take_out(ids)
        _TAKE[kind](ids)
    return len(ids)


def take_out_ground(actor: Actor, plan: Plan) -> int:
    """Members, teams, products and rates. What stays and was theirs is the actor's from now on. Returns members kept."""
    members = team.sample_members()
    deals.hand_over(members, actor.member_id)
    brief_sampling.take_out_briefs()
    letter_sampling.take_out_templates()
    sampling_close_plans.take_out_templates()
    brief_sampling.hand_over(members, actor.member_id)
    prospecting.hand_over(members, actor.member_id)
    customers.hand_over(members, actor.member_id)
    deals.take_out_products([(rate.currency, rate.rate, rate.valid_from_on) for rate in plan.rates])
    training_sampling.take_out()
    return team.take_out(plan.teams)


def _deal(ids: list[UUID]) -> None:
    journal.take_out(deals.hanging_on(ids))
    customers.take_out("deal", ids)
    deals.take_out(ids)


_TAKE: dict[str, Callable[[list[UUID]], None]] = {
    "activity": lambda ids: customers.take_out("activity", ids),
    "lead": prospecting.take_out,
    "deal": _deal,
    "person": lambda ids: customers.take_out("person", ids),
    "company": lambda ids: customers.take_out("company", ids),
}
