"""Our own simple files: people and companies under plain headings, in English or Arabic, custom fields by name."""

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import blake2b
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from dawra.customers import rules
from dawra.customers.importing import values
from dawra.customers.importing.recognising import Column, Format, Part, register
from dawra.customers.models import LifecycleStage
from dawra.customers.queries.fields import fields_of
from dawra.figures.words import fold

_NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "external id", "record id", "المعرف"),
    "name": ("name", "full name", "contact name", "الاسم", "الاسم الكامل"),
    "given_name": ("first name", "given name", "الاسم الأول"),
    "family_name": ("last name", "family name", "surname", "اسم العائلة"),
    "name_ar": ("name_ar", "arabic name", "name (arabic)", "الاسم العربي", "الاسم بالعربية"),
    "email": ("email", "e-mail", "email address", "mail", "البريد", "البريد الإلكتروني"),
    "phone": ("phone", "phone number", "telephone", "tel", "الهاتف", "رقم الهاتف"),
    "mobile": ("mobile", "mobile phone", "cell", "الجوال", "المحمول"),
    "company": ("company", "company name", "organization", "organisation", "account", "الشركة", "اسم الشركة"),
    "title": ("title", "job title", "position", "المسمى الوظيفي", "الوظيفة"),
    "country": ("country", "country/region", "الدولة", "البلد"),
    "city": ("city", "المدينة"),
    "source": ("source", "lead source", "المصدر"),
    "tags": ("tags", "labels", "الوسوم"),
    "owner": ("owner", "account owner", "contact owner", "salesperson", "المسؤول", "المالك"),
    "lifecycle": ("lifecycle", "lifecycle stage", "مرحلة دورة الحياة", "المرحلة"),
    "language": ("language", "اللغة"),
    "about": ("about", "description", "notes", "ملاحظات", "الوصف"),
    "site": ("website", "site", "web", "domain", "الموقع", "الموقع الإلكتروني"),
    "industry": ("industry", "sector", "القطاع", "المجال"),
    "employees": ("employees", "number of employees", "headcount", "عدد الموظفين"),
    "revenue_minor": ("revenue", "annual revenue", "الإيراد", "الإيراد السنوي"),
    "founded_year": ("founded", "year founded", "year_established", "سنة التأسيس"),
    "parent": ("parent", "parent company", "subsidiary of", "الشركة الأم"),
    "address": ("address", "street", "العنوان"),
}


def _column(field: str, read: values.Read, *more: str) -> Column:
    return Column(field, read, (*_NAMES[field], *more))


def lifecycle_names() -> dict[str, str]:
    """Every way a lifecycle stage may be written: code, the built-in names, the workspace's own."""
    return lifecycle_words()[0]


def lifecycle_words() -> tuple[dict[str, str], dict[str, str]]:
    """(every way a lifecycle stage may be written → its code, code → the name to show). 1 query."""
    shown = {code: code.replace("_", " ").capitalize() for code in rules.LIFECYCLE}
    names = {code.replace("_", " "): code for code in rules.LIFECYCLE}
    for language in ("en", "ar"):
        with override(language):
            names |= {fold(gettext(code.replace("_", " ").capitalize())): code for code in rules.LIFECYCLE}
    for stage in LifecycleStage.objects.all():
        names |= {fold(name): stage.code for name in (stage.name, stage.name_ar) if name}
        shown[stage.code] = stage.name or stage.name_ar or shown.get(stage.code, stage.code)
    return names, shown


def workspace_columns(record_kind: str) -> tuple[Column, ...]:
    """What this workspace named itself: lifecycle stages, and custom fields by name in either script. 2 queries."""
    columns = [_column("lifecycle", values.lifecycle(*lifecycle_words()))]
    for card in fields_of(record_kind):
        names = tuple(name for name in (card.name, card.name_ar, card.key) if name)
        columns.append(Column(f"custom.{card.key}", values.custom(card), names, card.name))
    return tuple(columns)


def key_of(named: Callable[[Mapping[str, Any]], str]) -> Callable[[Mapping[str, Any], str, int], str]:
    """The row's own id; else what names it; else its place in this very file, so that the file again changes nothing."""

    def key(row: Mapping[str, Any], file: str, number: int) -> str:
        if "id" in row:
            return f"id:{row['id']}"[:200]
        name = named(row)
        if len(name) > 150:
            name = blake2b(name.encode(), digest_size=16).hexdigest()
        return name or f"row:{file[:32]}:{number}"

    return key


def _person(row: Mapping[str, Any]) -> str:
    if "email" in row:
        return f"email:{row['email'][0].normal}"
    if "phone" in row and "name" in row:
        return f"phone:{row['phone'][0].normal}:{fold(row['name'])}"
    return ""


def _company(row: Mapping[str, Any]) -> str:
    return fold(row.get("name") or row.get("name_ar") or "")


_SHARED = (
    _column("id", values.text(150)),
    _column("name_ar", values.text(200)),
    _column("email", values.email),
    _column("phone", values.phone),
    _column("country", values.country),
    _column("city", values.text(120)),
    _column("source", values.text(80)),
    _column("tags", values.words),
    _column("owner", values.text(254)),
    _column("language", values.language),
    _column("about", values.prose(10_000)),
)

PEOPLE = Part(
    code="people",
    title=_("People"),
    target="person",
    columns=(
        _column("name", values.text(200)),
        _column("given_name", values.text(100)),
        _column("family_name", values.text(100)),
        _column("mobile", values.phone),
        _column("company", values.text(200)),
        _column("title", values.text(160)),
        *_SHARED,
    ),
    needs=(),
    any_of=("name", "name_ar", "email", "given_name", "family_name"),
    key=key_of(_person),
    weight=0.001,
    more=partial(workspace_columns, "person"),
)
COMPANIES = Part(
    code="companies",
    title=_("Companies"),
    target="company",
    columns=(
        _column("name", values.text(200), *_NAMES["company"]),
        _column("site", values.site),
        _column("industry", values.text(80)),
        _column("employees", values.whole()),
        _column("revenue_minor", values.amount()),
        _column("founded_year", values.whole(1000, 2200)),
        _column("parent", values.text(200)),
        _column("address", values.text(1000)),
        *_SHARED,
    ),
    needs=("name",),
    key=key_of(_company),
    more=partial(workspace_columns, "company"),
)


def set_up() -> None:
    register(Format("simple", _("Plain table"), (COMPANIES, PEOPLE)))
