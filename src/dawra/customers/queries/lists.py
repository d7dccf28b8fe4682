"""The lists of people and companies: what can be asked, which columns there are, and what a page of rows needs."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.listing import Field, Listing
from dawra.access.reading import naming
from dawra.customers import places, rules
from dawra.customers.columns import added, filters
from dawra.customers.listing_page import Badge, Column, Link, Offer, chosen_columns
from dawra.customers.models import Company, ContactPoint, Person, Tagging
from dawra.customers.queries import cards
from dawra.customers.queries import fields as custom
from dawra.customers.queries.asking import (
    company_ask,
    company_name_ask,
    moment_field,
    points_field,
    tag_field,
    text_field,
)
from dawra.customers.queries.stages import TONES, stage_choices
from dawra.customers.rules import FieldCard
from dawra.customers.search import narrowed
from dawra.figures.words import named
from dawra.team.colleagues import colleagues

MODELS: dict[str, type[Person] | type[Company]] = {"person": Person, "company": Company}
SORTS = {"name": "folded", "created": "created_at", "updated": "updated_at"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A list ready to be laid out: listing_page.list_page(offer, rows, asked, prepare=prepare)."""

    offer: Offer
    rows: QuerySet[Any]
    prepare: Callable[[list[Any]], Iterable[Any]]


def list_of(actor: Actor, kind: str, language: str, asked: QueryDict) -> Asked:
    """People or companies the actor may see, with the custom fields of today. 2 queries, and at most 5 a page of rows."""
    actor.must("customers.read")
    fields = custom.fields_of(kind)
    stages = dict(stage_choices(language))
    offer = _offer(kind, language, fields, stages)
    shown = {column.code for column in chosen_columns(offer, asked.get("columns", ""))}
    rows = naming(MODELS[kind].objects.visible_to(actor), owner=("name", "name_ar"))
    return Asked(
        offer, rows, partial(_prepare, actor, kind, shown, [f for f in fields if f.input_name in shown], language)
    )


def matching(actor: Actor, kind: str, asked: str) -> QuerySet[Any]:
    """The rows a query string matches, unordered, for work on all of them. Raises Invalid."""
    listing = _listing(kind).with_fields(custom.filter_fields(custom.fields_of(kind), "en"))
    return listing.filtered(MODELS[kind].objects.visible_to(actor), listing.parse(QueryDict(asked)))


def listing(kind: str, asked: Mapping[str, Any] | None = None) -> Listing:
    """What a list of this kind can be asked. Custom fields only if one is asked for: 1 query then, else none."""
    plain = _listing(kind)
    if custom.asked_for(asked or {}):
        return plain.with_fields(custom.filter_fields(custom.fields_of(kind), "en"))
    return plain


@cache
def _listing(kind: str) -> Listing:
    fields = {
        "name": Field("folded", "text", _("Name"), blank=""),
        "owner": Field("owner_id", "id", _("Owner")),
        "lifecycle": Field("lifecycle", "choice", _("Lifecycle stage"), choices=rules.LIFECYCLE, blank=""),
        "country": Field("country", "choice", _("Country"), choices=tuple(sorted(places.COUNTRIES)), blank=""),
        "tag": tag_field(kind),
        "source": text_field("source", _("Source")),
        "created": moment_field("created_at", _("Added")),
        "updated": moment_field("updated_at", _("Changed")),
        "last_activity": moment_field("last_activity_at", _("Last activity")),
    }
    if kind == "person":
        fields |= {
            "company": Field(company_ask, "id", _("Company")),
            "company_name": Field(company_name_ask, "text", _("Name of the company")),
            "email": points_field(kind, "email", _("E-mail")),
            "title": text_field("title", _("Title")),
            "language": Field("language", "choice", _("Language"), choices=places.LANGUAGES, blank=""),
        }
    else:
        fields |= {
            "industry": text_field("industry", _("Industry")),
            "city": text_field("city", _("City")),
            "employees": Field("employees", "number", _("Employees")),
            "site": points_field(kind, "site", _("Website")),
            "parent": Field("parent_id", "id", _("Parent company")),
        }
    newest = frozenset({"created_at"})
    plain = Listing(fields=fields, sorts=SORTS, default_sort="-created", search=narrowed, by_owner=newest)
    return plain.with_fields(filters(kind))


def _offer(kind: str, language: str, fields: list[FieldCard], stages: dict[str, str]) -> Offer:
    columns = _people_columns(language, stages) if kind == "person" else _company_columns(language, stages)
    offer = Offer(
        kind=kind,
        listing=_listing(kind),
        columns=(*columns, *(one.column for one in added(kind, language).values()), *_shared_columns(language)),
        choices={
            "owner": partial(owner_choices, language),
            "lifecycle": lambda: list(stages.items()),
            "country": partial(places.countries, language),
            "language": partial(places.languages, language),
        },
        picks={"company": "company"} if kind == "person" else {"parent": "company"},
    )
    return offer.with_more(
        custom.filter_fields(fields, language),
        [_custom_column(field, language) for field in fields if field.type != "long_text"],
        custom.choices_of(fields, language),
        custom.picks_of(fields),
    )


def owner_choices(language: str) -> list[tuple[str, str]]:
    """Active members by name. 1 query."""
    return [(str(one.id), named(one.name, one.name_ar, language)) for one in colleagues()]


@lru_cache(maxsize=2)
def _begin(kind: str) -> str:
    """Where the addresses of a kind begin: a page of rows needs a hundred of them."""
    nobody = UUID(int=0)
    return reverse(f"customers:{kind}", args=[nobody]).removesuffix(f"{nobody}/")


def link_to(record: Any, language: str) -> Link:
    """A record's own page under its name in the reader's language, with the other script beside."""
    text = named(record.name, record.name_ar, language)
    other = record.name if text == record.name_ar else record.name_ar
    return Link(f"{_begin(record.kind)}{record.pk}/", text, other if other != text else "")


def _people_columns(language: str, stages: dict[str, str]) -> list[Column]:
    return [
        Column("name", _("Name"), lambda r: link_to(r, language), "record", sort="name", phone=True),
        Column("company", _("Company"), lambda r: r.company_link, "record", phone=True),
        Column("title", _("Title"), lambda r: r.title),
        _stage_column(stages),
        Column("email", _("E-mail"), lambda r: r.reach.get("email"), "email"),
        Column("phone", _("Phone"), lambda r: r.reach.get("phone"), "phone"),
    ]


def _company_columns(language: str, stages: dict[str, str]) -> list[Column]:
    return [
        Column("name", _("Name"), lambda r: link_to(r, language), "record", sort="name", phone=True),
        _stage_column(stages),
        Column("industry", _("Industry"), lambda r: r.industry),
        Column("employees", _("Employees"), lambda r: r.employees, "number"),
        Column("city", _("City"), lambda r: r.city),
        Column("site", _("Website"), lambda r: r.reach.get("site"), "link", shown=False),
    ]


def _stage_column(stages: dict[str, str]) -> Column:
    return Column(
        "lifecycle", _("Stage"), lambda r: Badge(stages.get(r.lifecycle, r.lifecycle), TONES.get(r.lifecycle, "")), "badge",
        phone=True,
    )  # fmt: skip


def _shared_columns(language: str) -> list[Column]:
    return [
        Column("country", _("Country"), lambda r: places.country_name(r.country, language)),
        Column("owner", _("Owner"), lambda r: r.owner, "member"),
        Column("created", _("Added"), lambda r: r.created_at, "day", sort="created"),
        Column("updated", _("Changed"), lambda r: r.updated_at, "ago", sort="updated", shown=False),
        Column("last_activity", _("Last activity"), lambda r: r.last_activity_at, "ago", shown=False),
        Column("tags", _("Tags"), lambda r: r.tag_names, "words", shown=False),
        Column("source", _("Source"), lambda r: r.source, shown=False),
    ]


def _custom_column(field: FieldCard, language: str) -> Column:
    def read(row: Any) -> Any:
        value = custom.shown(field, row.custom.get(field.key), language)
        return row.people_named.get(value) if field.type == "person" else value

    return Column(
        field.input_name, named(field.name, field.name_ar, language), read, custom.LOOKS[field.type], shown=False,
        sort=custom.sort_of(field),
        written=lambda row: rules.as_text(field, row.custom.get(field.key), language),
    )  # fmt: skip


def _prepare(
    actor: Actor, kind: str, shown: set[str], fields: list[FieldCard], language: str, rows: list[Any]
) -> list[Any]:
    """Give each row what its columns read: addresses, company, tags, people named by custom fields."""
    ids = [row.pk for row in rows]
    reach = _reach(kind, ids) if shown & {"email", "phone", "site"} else {}
    companies = cards.primary_companies(ids) if "company" in shown else {}
    seen = _seen_companies(actor, {one[0] for one in companies.values()})
    tags = tag_names(ids) if "tags" in shown else {}
    people = people_named(actor, [f for f in fields if f.type == "person"], rows, language)
    for code, one in added(kind, language).items():
        if code in shown:
            one.prepare(rows)
    for row in rows:
        row.reach = reach.get(row.pk, {})
        row.tag_names = tags.get(row.pk, [])
        row.people_named = people
        row.company_link = None
        if row.pk in companies and companies[row.pk][0] in seen:
            company_id, name, name_ar = companies[row.pk]
            row.company_link = Link(f"{_begin('company')}{company_id}/", named(name, name_ar, language))
    return rows


def tag_names(ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    """record → its tags by name. 1 query."""
    found: dict[UUID, list[str]] = {}
    rows = Tagging.objects.filter(record_id__in=list(ids)).order_by("tag__folded")
    for record_id, name in rows.values_list("record_id", "tag__name"):
        found.setdefault(record_id, []).append(name)
    return found


def _reach(kind: str, ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    if kind == "person":
        return cards.primary_points(ids)
    rows = ContactPoint.objects.filter(company_id__in=ids).order_by("is_primary", "-id")
    found: dict[UUID, dict[str, str]] = {}
    for holder, point_kind, value in rows.values_list("company_id", "kind", "value"):
        found.setdefault(holder, {})[point_kind] = value
    return found


def _seen_companies(actor: Actor, ids: set[UUID]) -> set[UUID]:
    if actor.sees_all or not ids:
        return ids
    return set(Company.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))


def people_named(actor: Actor, fields: list[FieldCard], rows: list[Any], language: str) -> dict[str, Link]:
    """id as text → link, for the people that custom fields name, as far as the actor may see them. At most 1 query."""
    ids = {row.custom[field.key] for field in fields for row in rows if row.custom.get(field.key)}
    if not ids:
        return {}
    return {str(p.pk): link_to(p, language) for p in Person.objects.visible_to(actor).filter(pk__in=ids)}
