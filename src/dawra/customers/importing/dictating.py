"""A plan as programs and the command line write it: JSON that says only what is to be otherwise than proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from dawra.access.actor import Actor
from dawra.access.errors import Invalid
from dawra.customers.importing import planning
from dawra.customers.importing.arriving import Sample, put_plans, sample
from dawra.customers.importing.asking import Asked, Question, questions
from dawra.customers.importing.opening import plan_of
from dawra.customers.importing.plan import ON_MATCH, FilePlan
from dawra.customers.importing.reading import Limits
from dawra.customers.importing.recognising import FORMATS, normal
from dawra.customers.importing.remembered import again, remember
from dawra.customers.importing.showing import KINDS, field_names
from dawra.customers.models import Import, ImportFile


def dictated(plan: FilePlan, said: Mapping[str, Any], seen: Sample) -> FilePlan:
    """The plan with what somebody said. A column is named by its index, else by its header.

    said:   {"columns": [{"index" or "header", "field", "options", "on_match"}], "create", "update", "country", "currency"}
    Raises: Invalid (a column that the file does not have, an unknown field)
    """
    known = {column.field: column for column in FORMATS[plan.system].part(plan.part).all_columns()}
    columns = list(plan.columns)
    for told in said.get("columns") or ():
        at = _place(plan, told)
        one, cells = columns[at], seen.cells[at] if at < len(seen.cells) else ()
        name = one.field if told.get("field") is None else str(told["field"])
        if name and name not in known:
            raise Invalid(
                _("There is no field “%(name)s”. Known are: %(known)s."), field="columns", name=name[:80],
                known=", ".join(known),
            )  # fmt: skip
        on_match = told.get("on_match") or one.on_match
        if on_match not in ON_MATCH:
            raise Invalid(_("What a match does is one of: %(known)s."), field="columns", known=", ".join(ON_MATCH))
        options = dict(one.options if name == one.field else {}) | dict(told.get("options") or {})
        columns[at] = again(replace(one, field=name, on_match=on_match, options=options), known, cells)
    given = {name: said[name] for name in ("create", "update", "country", "currency") if said.get(name) is not None}
    return replace(plan, columns=tuple(columns), **given)


def dictate(
    actor: Actor, *, import_: Import, said: Mapping[UUID, Mapping[str, Any]], limits: Limits, save_as: str = ""
) -> None:
    """Keep what was said of the files of a waiting import. Raises Refused, Conflict, Invalid, Unreadable."""
    plans = {}
    for file in import_.files.select_related("within").filter(pk__in=list(said)):
        plans[file.pk] = dictated(plan_of(file), said[file.pk], sample(file, limits))
    planning.decide(actor, import_=import_, plans=plans)
    if save_as:
        for file in import_.files.filter(pk__in=list(plans)):
            remember(actor, file=file, plan=plans[file.pk], name=save_as)


def described(file: ImportFile, language: str, limits: Limits) -> dict[str, Any]:
    """How a file is read, what may be chosen, and what is open. Raises Unreadable."""
    plan, seen = plan_of(file), sample(file, limits)
    part = FORMATS[plan.system].part(plan.part)
    known = {column.field: column for column in part.all_columns()}
    kind = KINDS.get(part.target, "")
    asked = Asked(kind, language)
    told = plan.plain()
    for one, column in zip(told["columns"], plan.columns, strict=True):
        cells = seen.cells[column.index] if column.index < len(seen.cells) else ()
        one["samples"] = list(dict.fromkeys(cells))[:3]
        asks = questions(asked, known[column.field], cells, column.options) if column.field in known else ()
        one["questions"] = [_question(question) for question in asks]
    names = {name: shown.strip("\u2068\u2069") for name, shown in field_names(known.values(), kind, language).items()}
    return {
        "id": file.pk,
        "name": file.name,
        "plan": told,
        "fields": names,
        "remembered": file.plan.get("remembered", ""),
    }


def by_headings(actor: Actor, import_: Import, limits: Limits) -> None:
    """Plans for an import that nobody looks at: fields by headings and by what was kept, options by what values prove."""
    put_plans(actor, import_, limits)
    for file in import_.files.all():
        plan = plan_of(file)
        if not file.plan.get("columns") or file.plan.get("remembered"):
            continue
        columns = FORMATS[plan.system].part(plan.part).all_columns()
        names = {normal(name): column.field for column in columns for name in column.names}
        kept = tuple(
            one if not one.field or names.get(normal(one.header)) == one.field else replace(one, field="", open=())
            for one in plan.columns
        )
        ImportFile.objects.filter(pk=file.pk).update(plan=replace(plan, columns=kept).plain())


def _place(plan: FilePlan, told: Mapping[str, Any]) -> int:
    index = told.get("index")
    if isinstance(index, int) and 0 <= index < len(plan.columns):
        return index
    wanted = normal(str(told.get("header", "")))
    found: Sequence[int] = [one.index for one in plan.columns if normal(one.header) == wanted]
    if not found or index is not None:
        raise Invalid(
            _("The file has no column “%(name)s”."), field="columns", name=str(told.get("header") or index)[:80]
        )
    return found[0]


def _question(question: Question) -> dict[str, Any]:
    return {
        "code": question.code, "example": question.example, "is_open": question.is_open,
        "ways": [{"value": way.value, "reading": str(way.reading)} for way in question.ways],
        "labels": [{"label": word.text, "key": word.key, "count": word.count} for word in question.words],
        "options": [{"key": key, "name": name} for key, name in question.options],
    }  # fmt: skip
