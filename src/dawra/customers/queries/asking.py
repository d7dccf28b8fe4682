"""Filters of lists that are no plain column: days, tags, addresses, the company somebody belongs to."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dawra.access.listing import Field
from dawra.customers.models import Affiliation, ContactPoint, Tagging
from dawra.figures.words import fold


def moment_field(column: str, label: Any) -> Field:
    """A moment filtered by days: "to" includes the whole of its day."""

    def ask(operator: str, value: Any) -> Q:
        if operator == "empty":
            return Q(**{f"{column}__isnull": value})
        if operator == "on":
            begin = timezone.make_aware(datetime.combine(value, time.min))
            return Q(**{f"{column}__gte": begin, f"{column}__lt": begin + timedelta(days=1)})
        if operator == "lte" and timezone.localtime(value).time() == time.min:
            return Q(**{f"{column}__lt": value + timedelta(days=1)})
        return Q(**{f"{column}__{operator}": value})

    return Field(ask, "moment", label)


def tag_field(kind: str) -> Field:
    """Filter by a tag's name, for any kind of record."""

    def ask(operator: str, value: Any) -> Q:
        rows = Tagging.objects.filter(record_kind=kind)
        if operator == "empty":
            found = Q(pk__in=rows.values("record_id"))
            return ~found if value else found
        if operator == "in":
            rows = rows.filter(tag__folded__in=[fold(one) for one in value])
        else:
            rows = rows.filter(tag__folded=fold(value))
        found = Q(pk__in=rows.values("record_id"))
        return ~found if operator == "not" else found

    return Field(ask, "choice", _("Tag"))


def points_field(kind: str, point_kind: str, label: Any) -> Field:
    def ask(operator: str, value: Any) -> Q:
        rows = ContactPoint.objects.filter(kind=point_kind, **{f"{kind}__isnull": False})
        if operator == "empty":
            found = Q(pk__in=rows.values(f"{kind}_id"))
            return ~found if value else found
        lookup = {"is": "normal", "starts": "normal__startswith"}.get(operator, "normal__contains")
        return Q(pk__in=rows.filter(**{lookup: value}).values(f"{kind}_id"))

    return Field(ask, "text", label)


def text_field(column: str, label: Any) -> Field:
    """A column that is not kept folded: compared without case."""

    def ask(operator: str, value: Any) -> Q:
        if operator == "empty":
            return Q(**{column: ""}) if value else ~Q(**{column: ""})
        lookup = {"is": "iexact", "starts": "istartswith"}.get(operator, "icontains")
        return Q(**{f"{column}__{lookup}": value})

    return Field(ask, "text", label, parse=str.strip)


def company_ask(operator: str, value: Any) -> Q:
    rows = Affiliation.objects.filter(until_on__isnull=True)
    if operator == "empty":
        found = Q(pk__in=rows.values("person_id"))
        return ~found if value else found
    rows = rows.filter(company_id__in=value if isinstance(value, list) else [value])
    found = Q(pk__in=rows.values("person_id"))
    return ~found if operator == "not" else found


def company_name_ask(operator: str, value: Any) -> Q:
    rows = Affiliation.objects.filter(until_on__isnull=True, company__deleted_at__isnull=True)
    if operator == "empty":
        return company_ask(operator, value)
    lookup = {"is": "company__folded", "starts": "company__folded__startswith"}.get(
        operator, "company__folded__contains"
    )
    return Q(pk__in=rows.filter(**{lookup: value}).values("person_id"))
