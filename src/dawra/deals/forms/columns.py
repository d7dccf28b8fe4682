"""How the deals' table is drawn and what its filters offer: columns and choices, the workspace's own fields among them."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dawra.customers.listing_page import Badge, Choices, Column, Link, Looks, Offer
from dawra.customers.queries import fields as custom_fields
from dawra.customers.queries.tags import tag_choices
from dawra.customers.rules import FieldCard
from dawra.deals.models import Deal
from dawra.deals.queries import pipelines, table
from dawra.deals.queries.lanes import Drawing
from dawra.deals.rules import LOST, OPEN, WON, is_stalled
from dawra.figures.money import Money
from dawra.figures.words import named
from dawra.team import colleagues

TONES = {OPEN: "brand", WON: "good", LOST: "bad"}
STATES = ((OPEN, _("Open")), (WON, _("Won")), (LOST, _("Lost")))
FORECASTS = (
    ("pipeline", pgettext_lazy("forecast", "Pipeline")),
    ("best_case", _("Best case")),
    ("commit", _("Commit")),
    ("closed", pgettext_lazy("forecast", "Closed")),
    ("omitted", _("Left out")),
)


def offer(asking: table.Asking, drawn: Drawing | None = None) -> Offer:
    """Columns, filters and choices of the deals' table, the workspace's own fields among them.

    1 query for those fields; choices ask when a dialog or a chip needs them.
    """
    custom = custom_fields.fields_of("deal")
    return _own_offer(asking, drawn).with_more(
        custom_fields.filter_fields(custom, _language()),
        [_custom_column(one) for one in custom],
        custom_fields.choices_of(custom, _language()),
        custom_fields.picks_of(custom),
    )


def _custom_column(one: FieldCard) -> Column:
    language = _language()

    def read(deal: Deal) -> Any:
        return custom_fields.shown(one, deal.custom.get(one.key), language)

    looks: Looks = "text" if one.type == "person" else custom_fields.LOOKS[one.type]
    label, sort = named(one.name, one.name_ar, language), custom_fields.sort_of(one)
    return Column(one.input_name, label, read, looks, sort, shown=False)


def _own_offer(asking: table.Asking, drawn: Drawing | None) -> Offer:
    return Offer(
        kind="deal",
        listing=table.listing(asking),
        columns=_columns(asking),
        choices={
            "owner": partial(owner_choices, asking),
            "stage": partial(_stage_choices, asking, drawn),
            "state": lambda: STATES,
            "tag": tag_choices,
            "forecast": lambda: FORECASTS,
            "reason": lambda: [(r.code, named(r.name, r.name_ar, _language())) for r in pipelines.reasons()],
        },
        picks={"company": "company", "person": "person"},
    )


def owner_choices(asking: table.Asking) -> Choices:
    """me, nobody, and the members the actor can see deals of. 1 query."""
    sees = asking.actor.sees
    found = colleagues.colleagues(sees)
    special: list[tuple[str, Any]] = [(table.ME, _("Me"))]
    if sees is None or len(sees) > 1:
        special.append((table.TEAM, _("My team")))
    special.append((table.NOBODY, _("Nobody")))
    return [*special, *((str(one.id), named(one.name, one.name_ar, _language())) for one in found)]


def _stage_choices(asking: table.Asking, drawn: Drawing | None) -> Choices:
    if drawn is not None:
        lanes = [*drawn.lanes, *(lane for lane in (drawn.won, drawn.lost) if lane)]
        return [(lane.code, named(lane.name, lane.name_ar, _language())) for lane in lanes if lane.stage_id]
    found: dict[str, str] = {}
    for one in pipelines.pipelines(asking.actor):
        for stage in one.current.stages if one.current else ():
            found.setdefault(stage.code, named(stage.name, stage.name_ar, _language()))
    return list(found.items())


def _language() -> str:
    return (get_language() or "en")[:2]


def named_in_words(thing: Any) -> str:
    return named(thing.name, thing.name_ar, _language()) if thing else ""


def _columns(asking: table.Asking) -> tuple[Column, ...]:
    deals_url = reverse("deals:board")

    def stage_of(deal: Deal) -> Badge:
        stalled = is_stalled(deal.state, deal.stalls_on, asking.today)
        return Badge(named(deal.stage.name, deal.stage.name_ar, _language()), "warn" if stalled else TONES[deal.state])

    def name_of(deal: Deal) -> Link:
        return Link(f"{deals_url}{deal.pk}/", deal.name)

    def company_of(deal: Deal) -> str:
        return named(deal.company.name, deal.company.name_ar, _language()) if deal.company else ""

    forecasts = dict(FORECASTS)
    return (
        Column("name", _("Deal"), name_of, "record", sort="name", phone=True),
        Column("company", _("Company"), company_of, "text", phone=True),
        Column("stage", _("Stage"), stage_of, "badge", phone=True, written=lambda deal: deal.stage.name),
        Column("amount", _("Amount"), lambda deal: Money(deal.amount_minor, deal.currency), "money", sort="amount", phone=True),
        Column("close", _("Close date"), lambda deal: deal.expected_close_on, "day", sort="close"),
        Column("next_step", _("Next step"), lambda deal: deal.next_step),
        Column("owner", _("Owner"), lambda deal: deal.owner, "member"),
        Column("probability", _("Probability, %"), lambda deal: deal.probability_bp // 100, "number", shown=False),
        Column(
            "qualification", _("Qualification"), lambda deal: deal.qualification, "number", sort="qualification", shown=False
        ),
        Column("forecast", _("Forecast category"), lambda deal: forecasts.get(deal.forecast_category, ""), shown=False),
        Column(
            "base", _("In the base currency"), lambda deal: Money(deal.base_minor, asking.base_currency), "money", shown=False
        ),
        Column("stage_since", _("In stage since"), lambda deal: deal.stage_since, "day", sort="stage_since", shown=False),
        Column("source", _("Source"), lambda deal: deal.source, shown=False),
        Column("campaign", _("Campaign"), lambda deal: deal.campaign, shown=False),
        Column("reason", _("Reason"), lambda deal: named_in_words(deal.reason), shown=False),
        Column("closed", _("Closed on"), lambda deal: deal.closed_at, "day", shown=False),
        Column("tags", _("Tags"), lambda deal: deal.tag_names, "words", shown=False),
        Column("created", _("Added on"), lambda deal: deal.created_at, "day", sort="created", shown=False),
    )  # fmt: skip
