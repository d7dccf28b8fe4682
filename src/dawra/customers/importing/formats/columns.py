"""Columns and readers that the exports of all CRMs share."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from dawra.customers.importing import values
from dawra.customers.importing.own_format import workspace_columns
from dawra.customers.importing.recognising import Column, Part
from dawra.customers.importing.values import Cell, Read, Wrong
from dawra.customers.importing.values.dates import understood
from dawra.figures.words import fold, western_digits

Key = Callable[[Mapping[str, Any], str, int], str]

ARABIC: dict[str, tuple[str, ...]] = {
    "name": ("الاسم", "الاسم الكامل"), "given_name": ("الاسم الأول",), "family_name": ("اسم العائلة", "الاسم الأخير"),
    "email": ("البريد الإلكتروني", "البريد"), "phone": ("الهاتف", "رقم الهاتف", "هاتف العمل"),
    "mobile": ("الجوال", "المحمول", "الهاتف المحمول", "رقم الجوال"),
    "company": ("الشركة", "اسم الشركة", "اسم الحساب", "المؤسسة", "المنظمة"),
    "title": ("المسمى الوظيفي", "المنصب", "الوظيفة"), "country": ("الدولة", "البلد", "الدولة/المنطقة"),
    "city": ("المدينة",), "source": ("المصدر", "مصدر العميل المحتمل", "المصدر الأصلي"), "tags": ("الوسوم", "العلامات"),
    "owner": ("المسؤول", "المالك", "مندوب المبيعات", "مالك جهة الاتصال", "مالك الحساب", "مالك الصفقة"),
    "lifecycle": ("مرحلة دورة الحياة",), "about": ("الوصف", "ملاحظات"), "site": ("الموقع الإلكتروني", "الموقع"),
    "industry": ("المجال", "القطاع", "الصناعة"), "employees": ("عدد الموظفين", "الموظفون"),
    "revenue_minor": ("الإيراد السنوي", "الإيرادات السنوية"), "parent": ("الشركة الأم", "الحساب الرئيسي"),
    "address": ("العنوان", "الشارع"), "created_at": ("تاريخ الإنشاء", "وقت الإنشاء"),
    "amount_minor": ("المبلغ", "القيمة", "قيمة الصفقة"), "stage": ("المرحلة", "مرحلة الصفقة"),
    "expected_close_on": ("تاريخ الإغلاق المتوقع", "تاريخ الإغلاق"), "probability": ("الاحتمالية", "الاحتمال"),
    "next_step": ("الخطوة التالية",), "currency": ("العملة",), "due": ("تاريخ الاستحقاق",),
    "body": ("الملاحظات", "التعليقات", "المحتوى"), "reason": ("سبب الخسارة", "سبب الإغلاق"),
    "pipeline": ("المسار", "مسار المبيعات"), "quantity": ("الكمية",), "price_minor": ("السعر", "سعر الوحدة"),
}  # fmt: skip

LABELS = {
    "company_id": _("Company's foreign id"), "parent_id": _("Parent's foreign id"), "owner_id": _("Owner's foreign id"),
    "person_ids": _("People's foreign ids"), "company_ids": _("Companies' foreign ids"),
    "deal_ids": _("Deals' foreign ids"), "deal_id": _("Deal's foreign id"), "created_at": _("Created"),
    "state_name": _("State or province"), "zip": _("Postal code"), "no_email": _("No e-mail wanted"),
    "no_phone": _("No calls wanted"), "secondary_email": _("Second e-mail"),
    "expected_close_on": _("Expected close"), "closed_at": _("Closed"), "stage_since": _("In the stage since"),
    "probability": _("Probability"), "next_step": _("Next step"), "pipeline": _("Pipeline"), "state": _("Won or lost"),
    "reason": _("Reason"), "currency": _("Currency"), "at": _("When"), "due": _("Due"), "done": _("Done"),
    "done_at": _("Done at"), "minutes": _("Duration"), "direction": _("Direction"), "outcome": _("Outcome"),
    "body": _("Text"), "what": _("Kind of activity"), "person": _("Person"), "deal": _("Deal"),
    "quantity": _("Quantity"), "discount": _("Discount"), "code": _("Product code"), "active": _("Active"),
    "converted": _("Converted"), "probability_text": _("Probability"), "subject": _("Subject"),
    "about_ids": _("Foreign ids of what it is about"), "about_name": _("What it is about"), "campaign": _("Campaign"),
    "clock": _("Duration"), "in_minutes": _("Duration"), "contact": _("Contact"), "deal_type": _("Kind of deal"),
    "days": _("Days in the stage"), "due_time": _("Due at"), "expected_revenue": _("Expected revenue"),
    "field": _("Changed field"), "was": _("Before the change"), "forecast": _("Forecast category"), "host": _("Host"),
    "invoice": _("Invoice"), "is_closed": _("Closed or open"), "is_won": _("Won"), "lost_at": _("Lost on"),
    "won_at": _("Won on"), "is_company": _("Is a company"), "login": _("Sign-in name"), "username": _("Sign-in name"),
    "partner": _("Customer"), "partner_id": _("Customer's foreign id"), "price": _("Price"),
    "product_id": _("Product's foreign id"), "profile": _("Profile"), "recurring_minor": _("Monthly amount"),
    "role": _("Role"), "same_as": _("Ids of the same record"), "status": _("Status"), "stock": _("Stock"),
    "type": _("Kind"), "unit": _("Unit"), "where": _("Place"),
}  # fmt: skip
ASKS = {"email": "email", "phone": "phone"}


def column(field: str, read: Read, *names: str, required: bool = False) -> Column:
    """names: the API name first, then the labels it has had. The Arabic ones of its field come by themselves."""
    asks = str(getattr(read, "family", ASKS.get(field, "")))
    return Column(field, read, (*names, *ARABIC.get(field, ())), LABELS.get(field, ""), required, asks=asks)


def labelled(field: str, options: Mapping[str, Any], words: Mapping[str, str], *names: str) -> Column:
    """A column of options. options: key → shown name; words: what systems write → key, "" = leave empty."""
    read = values.one_of(options, words)
    return Column(
        field, read, (*names, *ARABIC.get(field, ())), LABELS.get(field, ""), asks="labels", labels=dict(options)
    )


def part(code: str, title: Any, target: str, columns: tuple[Column, ...], **more: Any) -> Part:
    """kind: whose custom fields may stand in the file as well."""
    kind = more.pop("kind", "")
    if kind and "more" not in more:
        more["more"] = partial(workspace_columns, kind)
    more.setdefault("needs", ())
    more.setdefault("key", by_id())
    if target.startswith("activity"):  # a title is a job title elsewhere
        columns = tuple(replace(one, label=LABELS["subject"]) if one.field == "title" else one for one in columns)
    return Part(code=code, title=title, target=target, columns=columns, **more)


def by_id(prefix: str = "id", else_by: tuple[str, ...] = ()) -> Key:
    """The row's own id in its system; else what names it; else its place in this very file."""

    def key(row: Mapping[str, Any], file: str, number: int) -> str:
        if "id" in row:
            return f"{prefix}:{row['id']}"
        named = "/".join(fold(plain_text(row[name])) for name in else_by if name in row)
        return f"{prefix}={named}"[:200] if named else f"row:{file[:32]}:{number}"

    return key


def plain_text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(plain_text(one) for one in value)
    return str(getattr(value, "normal", value))


# Readers


def identity(written: str, cell: Cell) -> str:
    """A foreign id. Spreadsheets turn 123 into 123.0; nobody counts records in halves."""
    clean = values.text(150)(written, cell)
    return re.sub(r"^(\d+)\.0+$", r"\1", western_digits(clean))


def identities(written: str, cell: Cell) -> list[str]:
    """Several foreign ids in one cell."""
    parts = [part.strip() for part in re.split(r"[;,|]", written)]
    return list(dict.fromkeys(identity(part, cell) for part in parts if part))


def salesforce_id(written: str, cell: Cell) -> str:
    """The 18 characters of an id, also where 15 were written: the last three say which letters are capital."""
    clean = written.strip()
    if len(clean) == 15 and clean.isascii() and clean.isalnum():
        blocks = (clean[start : start + 5] for start in (0, 5, 10))
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
        clean += "".join(alphabet[sum(char.isupper() << place for place, char in enumerate(b))] for b in blocks)
    # With its three last characters an id is told apart without case; links are compared so.
    return clean.lower() if len(clean) == 18 else identity(clean, cell)


def salesforce_ids(written: str, cell: Cell) -> list[str]:
    return [salesforce_id(part, cell) for part in re.split(r"[;,\s]+", written) if part]


@values.of("date")
def when(written: str, cell: Cell) -> datetime | date | None:
    """A moment, aware or without a zone, or only a day, as the cell says it. The keepers know whose midday a day has."""
    if written.startswith("0000-00-00"):
        cell.note("zero_date")
        return None
    options = cell.options
    found = understood(written, options.get("order") or "", options.get("calendar") or "")
    if found.note:
        cell.note(found.note)
    if found.clock is None:
        return found.day
    zone = timezone(found.offset) if found.offset is not None else None
    if zone is None and options.get("zone"):
        return datetime.combine(found.day, found.clock, ZoneInfo(options["zone"]))
    return datetime.combine(found.day, found.clock, zone)


def minutes(unit: str = "minutes") -> Read:
    """A duration as whole minutes: 30, 00:30, 1:30:00; unit: of a bare number; clock: 12:34 are minutes and seconds."""
    divisor: Decimal = {"minutes": Decimal(1), "seconds": Decimal(60), "milliseconds": Decimal(60_000), "hours": 1 / Decimal(60),
        "clock": Decimal(1),
    }[unit]  # fmt: skip

    def read(written: str, cell: Cell) -> int:
        plain = western_digits(written).strip()
        if clock := re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d))?", plain):
            if unit == "clock" and clock[3] is None:
                return round((int(clock[1]) * 60 + int(clock[2])) / 60)
            return int(clock[1]) * 60 + int(clock[2])
        try:
            number = Decimal(plain) / divisor
        except ArithmeticError:
            raise Wrong("not_number", value=written[:60]) from None
        if not number.is_finite() or not 0 <= number <= 100_000:
            raise Wrong("out_of_range", value=written[:60], least=0, most=100_000)
        return int(number.to_integral_value())

    return read


name = values.text(200)
short = values.text(80)
