"""Parts of the actions on people and companies: checking values, finding what changed, telling what collides. No actions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Conflict, Invalid, Refused, Stale
from dawra.customers import places, rules
from dawra.customers.models import Company, ContactPoint, Person
from dawra.customers.queries.fields import fields_of
from dawra.customers.rules import FieldCard
from dawra.figures.words import fold
from dawra.journal.catalogue import as_plain
from dawra.journal.models import Entry
from dawra.team.colleagues import colleagues
from dawra.team.queries.people import habits as workspace

MODELS: dict[str, type[Person] | type[Company]] = {"person": Person, "company": Company}
TEXTS = {
    "name": 200, "name_ar": 200, "title": 160, "city": 120, "about": 10_000, "source": 80,
    "industry": 80, "address": 2000,
}  # fmt: skip
CODES = {"country", "language", "time_zone"}
WHOLES = {"employees": 2**31 - 1, "founded_year": 2200, "revenue_minor": 10**15}
SHARED = frozenset({"name", "name_ar", "language", "time_zone", "country", "city", "about", "source"})
EDITABLE = {
    "person": SHARED | {"title"},
    "company": SHARED
    | {"parent_id", "industry", "employees", "revenue_minor", "revenue_currency", "founded_year", "address"},
}
Record = Person | Company


@dataclass(frozen=True, slots=True)
class Done:
    """What an edit left behind. entry: None where nothing differed, so nothing was written."""

    record: Any
    entry: Entry | None


def clean(kind: str, field: str, value: Any) -> Any:
    """The value as the column keeps it. Raises Invalid(field)."""
    if field not in EDITABLE[kind]:
        raise Invalid(_("There is no field “%(name)s”."), field=field, name=field[:80])
    if field in TEXTS:
        text = str(value or "").replace("\x00", "").strip()
        text = text if field in ("about", "address") else " ".join(text.split())
        if len(text) > TEXTS[field]:
            raise Invalid(_("Shorten this to %(most)s characters."), field=field, most=TEXTS[field])
        return text
    if field in CODES:
        return _code(field, str(value or ""))
    if field == "revenue_currency":
        code = str(value or "").upper()
        if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
            raise Invalid(_("A currency has three letters: SAR, USD."), field=field)
        return code
    if field == "parent_id":
        return UUID(str(value)) if value else None
    if value in (None, ""):
        return None
    if not isinstance(value, int) or not 0 <= value <= WHOLES[field]:
        raise Invalid(_("Write a whole number, zero or more."), field=field)
    return value


def name_of(kind: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """The two names, at least one of them; an Arabic name alone is the name. Raises Invalid."""
    name, name_ar = clean(kind, "name", values.get("name", "")), clean(kind, "name_ar", values.get("name_ar", ""))
    if not name and not name_ar:
        raise Invalid(_("Write a name."), field="name")
    return name or name_ar, name_ar


def custom_values(
    fields: list[FieldCard], written: Mapping[str, Any], now: Mapping[str, Any], currency: str
) -> dict[str, Any]:
    """key → stored value (None removes it) for what was written. Raises Invalid(custom_<key>)."""
    known = {field.key: field for field in fields}
    found = {}
    for key, value in written.items():
        if key not in known:
            raise Invalid(_("There is no field “%(name)s”."), field=f"custom_{key}"[:80], name=key[:80])
        try:
            found[key] = rules.parse(known[key], value, currency=currency, now=now.get(key))
        except rules.Wrong as wrong:
            raise invalid(wrong, known[key].input_name) from None
    return found


def invalid(wrong: rules.Wrong, field: str) -> Invalid:
    return Invalid(_(wrong.sentence), field=field, **wrong.facts)


def edit(actor: Actor, record: Record, changes: Mapping[str, Any], version: int | None) -> dict[str, list[Any]]:
    """Clean and write changes of a fetched record; returns field → [before, after]. Part of an action."""
    ready: dict[str, Any] = {}
    for code, value in changes.items():
        if not code.startswith("custom."):
            ready[code] = clean(record.kind, code, value)
    if "name" in ready and not ready["name"]:
        ready["name"] = ready.get("name_ar", record.name_ar)
        if not ready["name"]:
            raise Invalid(_("Write a name."), field="name")
    custom = {code[7:]: value for code, value in changes.items() if code.startswith("custom.")}
    if custom:
        known = list(fields_by_key(record.kind).values())
        values = custom_values(known, custom, record.custom, workspace().base_currency)
        ready |= {f"custom.{key}": value for key, value in values.items()}
        after = {**record.custom, **values}
        for one in rules.missing(known, after, record.lifecycle, rules.reached(record.lifecycle)):
            if one.key in values:
                raise Invalid(_("“%(field)s” is required at this stage."), field=one.input_name, name=one.name)
    return apply(actor, record, ready, version)


def apply(actor: Actor, record: Record, changes: Mapping[str, Any], version: int | None) -> dict[str, list[Any]]:
    """Write the changes that differ; returns field → [before, after], plain, custom fields as custom.<key>.

    changes: column → value, custom.<key> → stored value. Raises Stale with theirs and yours field by field.
    """
    wanted = {field: value for field, value in changes.items() if _now(record, field) != value}
    if version is not None and version != record.version and wanted:
        raise Stale(
            record=record.kind, id=record.pk, version=record.version,
            theirs={field: _spoken(_now(record, field)) for field in wanted},
            yours={field: _spoken(value) for field, value in wanted.items()},
        )  # fmt: skip
    if not wanted:
        return {}
    told = {f: [_spoken(_now(record, f)), _spoken(value)] for f, value in wanted.items()}
    columns = {field: value for field, value in wanted.items() if not field.startswith("custom.")}
    custom = {field[7:]: value for field, value in wanted.items() if field.startswith("custom.")}
    if custom:
        columns["custom"] = {k: v for k, v in {**record.custom, **custom}.items() if v is not None}
    if "name" in columns or "name_ar" in columns:
        columns["folded"] = fold(f"{columns.get('name', record.name)} {columns.get('name_ar', record.name_ar)}")
    record.change(actor, columns)
    return told


def held(record: Record, field: str) -> Any:
    """What a field holds now, as the journal would keep it."""
    return _spoken(_now(record, field))


def must_be_at(record: Record, version: int | None, **wanted: Any) -> None:
    """Raises Stale if the actor saw an older version."""
    if version is not None and version != record.version:
        raise Stale(
            record=record.kind, id=record.pk, version=record.version,
            theirs={field: _spoken(getattr(record, field)) for field in wanted}, yours=wanted,
        )  # fmt: skip


def may_own(actor: Actor, owner_id: UUID | None, now: UUID | None = None) -> None:
    """Whether the actor may make that member the owner: with the permission, or of what is theirs or nobody's.

    Raises Refused, Invalid. 1 query for another member.
    """
    if owner_id is None or owner_id != actor.member_id:
        if now != actor.member_id or actor.member_id is None:
            actor.must("records.assign")
        if owner_id is not None and not colleagues([owner_id]):
            raise Invalid(_("Choose an active member."), field="owner_id")
    elif now is not None and now != actor.member_id and not actor.may("records.assign"):
        raise Refused(permission="records.assign")


def taken(actor: Actor, kind: str, keys: list[str], besides: UUID | None = None) -> Conflict | None:
    """Whose the unique addresses are already; says no more than the actor may see. 1 query, 2 if one is taken."""
    rows = ContactPoint.objects.filter(unique_key__in=keys)
    if besides:
        rows = rows.exclude(**{f"{kind}_id": besides})
    found = rows.values_list("normal", f"{kind}_id").first() if keys else None
    if found is None:
        return None
    value, record_id = found
    holder = MODELS[kind].objects.visible_to(actor).filter(pk=record_id).first()
    if holder is None:
        return Conflict(_("%(value)s is already used by a record you cannot see."), field="points", value=value)
    return Conflict(
        _("%(value)s already belongs to %(name)s."),
        field="points", value=value, name=holder.name, holder_kind=kind, holder_id=holder.pk,
    )  # fmt: skip


def fields_by_key(kind: str) -> dict[str, FieldCard]:
    """Archived ones too: their values can still be brought back. 1 query."""
    return {field.key: field for field in fields_of(kind, archived=True)}


def _now(record: Record, field: str) -> Any:
    return record.custom.get(field[7:]) if field.startswith("custom.") else getattr(record, field)


def _spoken(value: Any) -> Any:
    return as_plain(rules.plain(value))


def _code(field: str, code: str) -> str:
    if not code:
        return ""
    if field == "country":
        if code.upper() not in places.COUNTRIES:
            raise Invalid(_("Choose a country."), field=field)
        return code.upper()
    if field == "time_zone":
        if code not in places.time_zones():
            raise Invalid(_("Choose a time zone."), field=field)
        return code
    if not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Invalid(_("Choose a language."), field=field)
    return code.lower()
