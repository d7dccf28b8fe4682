"""What somebody chose on the page "Match columns", as a plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from dawra.customers.importing.arriving import Sample
from dawra.customers.importing.asking import ASK, MOST_LABELS
from dawra.customers.importing.plan import ON_MATCH, FilePlan
from dawra.customers.importing.recognising import FORMATS
from dawra.customers.importing.remembered import again
from dawra.customers.importing.showing import NEW, NewField, new_column, proposed_field
from dawra.customers.models.field import FIELD_TYPES

POLICIES = {"both": (True, True), "create": (True, False), "update": (False, True)}
ORDERS, DECIMALS = ("dmy", "mdy", "ymd", "ydm"), (".", ",")


@dataclass(frozen=True, slots=True)
class Answers:
    """new: columns that are to become custom fields. fresh: those whose field was chosen just now, before it could be named.

    remember: the name to keep the mapping under, "" for not at all
    """

    plan: FilePlan
    new: Mapping[int, NewField] = field(default_factory=dict)
    fresh: bool = False
    remember: str = ""

    @property
    def is_open(self) -> bool:
        return self.fresh or bool(self.plan.open) or any(self.plan.columns[at].open for at in self.new)


def answers(post: Mapping[str, str], plan: FilePlan, seen: Sample) -> Answers:
    """Reads the form; what it does not speak of stays as it was."""
    known = {column.field: column for column in FORMATS[plan.system].part(plan.part).all_columns()}
    columns, new, fresh = [], {}, False
    for one in plan.columns:
        at, cells = one.index, seen.cells[one.index] if one.index < len(seen.cells) else ()
        wanted = post.get(f"field_{at}", one.field)
        if wanted == NEW:
            fresh = fresh or f"new_name_{at}" not in post
            new[at] = _new(post, at, one.header, cells)
            column = new_column(new[at], one.header)
            asked = again(replace(one, field=NEW, options=_options(post, at, {})), {NEW: column}, cells)
            columns.append(replace(asked, field=""))
            continue
        name = wanted if wanted in known else ""
        options = _options(post, at, {} if name != one.field else one.options)
        on_match = post.get(f"on_match_{at}", one.on_match)
        changed = replace(one, field=name, options=options, on_match=on_match if on_match in ON_MATCH else one.on_match)
        columns.append(again(changed, known, cells))
    create, update = POLICIES.get(post.get("policy", ""), (plan.create, plan.update))
    decided = replace(
        plan, columns=tuple(columns), create=create, update=update,
        country=post.get("country", plan.country)[:2].upper(), currency=post.get("currency", plan.currency)[:3].upper(),
    )  # fmt: skip
    name = post.get("name", "").strip()[:80] if post.get("remember") else ""
    return Answers(decided, new, fresh, name)


def with_fields(answered: Answers, made: Mapping[int, str], seen: Sample) -> FilePlan:
    """The plan once the new fields are there. made: column → field."""
    known = {column.field: column for column in FORMATS[answered.plan.system].part(answered.plan.part).all_columns()}
    columns = tuple(
        again(replace(one, field=made[one.index]), known, seen.cells[one.index]) if one.index in made else one
        for one in answered.plan.columns
    )
    return replace(answered.plan, columns=columns)


def _new(post: Mapping[str, str], at: int, header: str, cells: Any) -> NewField:
    proposed = proposed_field(header, cells)
    type_ = post.get(f"new_type_{at}", proposed.type)
    return NewField(
        post.get(f"new_name_{at}", proposed.name)[:80], type_ if type_ in FIELD_TYPES else proposed.type,
        post.get(f"new_choices_{at}", proposed.choices)[:20_000],
    )  # fmt: skip


def _options(post: Mapping[str, str], at: int, before: Mapping[str, Any]) -> dict[str, Any]:
    options = dict(before)
    for name, allowed in (("order", ORDERS), ("decimal", DECIMALS)):
        if (said := post.get(f"{name}_{at}", "")) in allowed:
            options[name] = said
    labels: dict[str, str] = dict(options.get("labels", {}))
    for number in range(MOST_LABELS):
        word = post.get(f"word_{at}_{number}")
        if word is None:
            break
        answer = post.get(f"label_{at}_{number}", ASK)
        if answer == ASK:
            labels.pop(word, None)
        else:
            labels[word[:300]] = answer[:100]
    if labels:
        options["labels"] = labels
    else:
        options.pop("labels", None)
    return options
