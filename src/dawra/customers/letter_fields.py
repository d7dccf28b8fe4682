"""What letters can say of a person, their company, whoever writes and the house. Imported when the room is ready."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from dawra.access.actor import Actor
from dawra.customers import places
from dawra.customers.merging.fields import FIELDS, About, Group, Offered
from dawra.customers.merging.filters import Audience
from dawra.customers.merging.names import first_name
from dawra.customers.models import Affiliation, Company, ContactPoint, Person
from dawra.customers.queries import fields as custom
from dawra.figures.calendars import LEVANT
from dawra.figures.money import Money
from dawra.figures.words import named
from dawra.team import queries as team

SORTS = {"number": "number", "money": "money", "date": "date", "choices": "list", "yes_no": "flag", "link": "link"}


def audience_of(person: Person, language: str) -> Audience:
    """How a letter to this person writes numbers and days. 1 query."""
    house = team.workspace()
    zone = person.time_zone or (house.time_zone if house else "UTC")
    return Audience(language, zone, month_names="levant" if person.country in LEVANT else "nile")


def own_fields(kind: str) -> Sequence[Offered]:
    """Custom fields as deal.own.key; of people they would name somebody else. 1 query."""
    return [
        Offered(f"{kind}.own.{one.key}", SORTS.get(one.type, "text"), name=one.name, name_ar=one.name_ar)
        for one in custom.fields_of(kind)
        if one.type != "person"
    ]


def own_values(kind: str, stored: Mapping[str, Any], language: str) -> dict[str, Any]:
    """1 query, none where there is nothing."""
    if not stored:
        return {}
    found = {}
    for one in custom.fields_of(kind):
        if one.type != "person" and stored.get(one.key) is not None:
            found[f"{kind}.own.{one.key}"] = _plain(custom.shown(one, stored[one.key], language))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    if isinstance(value, float):
        return Decimal(repr(value))
    return value if isinstance(value, bool | int | Decimal | Money | date | None) else str(value)


def _of_person(actor: Actor, about: About) -> dict[str, Any]:
    """2 queries, 1 more with custom fields."""
    person = Person.fetch(actor, about.person_id)
    name = named(person.name, person.name_ar, about.language)
    mail = ContactPoint.objects.filter(person=person, kind="email").order_by("-is_primary", "id").first()
    return {
        "person.name": name,
        "person.first_name": first_name(name),
        "person.title": person.title,
        "person.city": person.city,
        "person.country": places.country_name(person.country, about.language) if person.country else "",
        "person.email": mail.value if mail else "",
        **own_values("person", person.custom, about.language),
    }


def _of_company(actor: Actor, about: About) -> dict[str, Any]:
    """The one the letter is written from, else where the person works now. 2 queries, 1 more with custom fields."""
    wanted: Any = about.record_id if about.kind == "company" else None
    if wanted is None:
        works = Affiliation.objects.filter(person_id=about.person_id, until_on__isnull=True)
        wanted = works.order_by("-is_primary", "id").values_list("company_id", flat=True).first()
    company = Company.objects.visible_to(actor).filter(pk=wanted).first() if wanted else None
    if company is None:
        return {}
    return {
        "company.name": named(company.name, company.name_ar, about.language),
        "company.industry": company.industry,
        "company.city": company.city,
        "company.country": places.country_name(company.country, about.language) if company.country else "",
        **own_values("company", company.custom, about.language),
    }


def _of_writer(actor: Actor, about: About) -> dict[str, Any]:
    """1 query."""
    if actor.member_id is None:
        return {}
    me = team.myself(actor)
    return {"me.name": named(me.name, me.name_ar, about.language), "me.title": me.title, "me.email": me.email}


def _of_house(actor: Actor, about: About) -> dict[str, Any]:
    """1 query."""
    house = team.workspace()
    return {"us.name": house.name if house else "", "us.today": timezone.localtime(actor.now).date()}


def _people_of_company(actor: Actor, company_id: UUID) -> list[tuple[UUID, str, str]]:
    ids = Affiliation.objects.filter(company_id=company_id, until_on__isnull=True).values("person_id")
    rows = Person.objects.visible_to(actor).filter(pk__in=ids).order_by("folded", "id")
    return [(row.pk, row.name, row.name_ar) for row in rows[:50]]


FIELDS.offer(
    Group(
        "person",
        _("Person"),
        (
            Offered("person.first_name", "text", _("First name")),
            Offered("person.name", "text", _("Full name")),
            Offered("person.title", "text", _("Job title")),
            Offered("person.email", "text", _("E-mail")),
            Offered("person.city", "text", _("City")),
            Offered("person.country", "text", _("Country")),
        ),
        _of_person,
        lambda: own_fields("person"),
    )
)
FIELDS.offer(
    Group(
        "company",
        _("Company"),
        (
            Offered("company.name", "text", _("Name of the company")),
            Offered("company.industry", "text", _("Industry")),
            Offered("company.city", "text", _("City")),
            Offered("company.country", "text", _("Country")),
        ),
        _of_company,
        lambda: own_fields("company"),
    )
)
FIELDS.offer(
    Group(
        "me",
        _("Who writes"),
        (
            Offered("me.name", "text", _("Full name")),
            Offered("me.title", "text", _("Job title")),
            Offered("me.email", "text", _("E-mail")),
        ),
        _of_writer,
    )
)
FIELDS.offer(
    Group(
        "us",
        _("Our company"),
        (Offered("us.name", "text", _("Name of the company")), Offered("us.today", "date", _("Today"))),
        _of_house,
    )
)
FIELDS.people["company"] = _people_of_company
