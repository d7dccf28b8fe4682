"""Any list is sorted by a custom number, date or amount: no row twice, none left out, empty ones last, both ways round."""

import base64
import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dawra.access.ids import new_ids
from dawra.access.listing import Query
from dawra.customers.actions.fields import FieldPlan, define_field
from dawra.customers.models import Company, Person
from dawra.customers.queries.lists import listing, matching
from dawra.deals.models import Deal
from dawra.figures.words import fold
from dawra.journal import jobs
from dawra.team.models import SavedView
from tests.cast import NOW

# Equal values, a fraction, a negative number, three empty ones.
WRITTEN: dict[str, list[Any]] = {
    "number": [3, 3, 3, 0.5, -7, 10**14, None, None, None],
    "money": [
        {"minor": n, "currency": "SAR"} if n is not None else None for n in (5, 5, 900, 12, -1, 5, None, None, None)
    ],
    "date": ["2026-11-23", "2026-11-23", "1999-01-01", "2030-12-31", "2026-11-23", "2026-01-02", None, None, None],
}
KINDS: dict[str, tuple[Any, str]] = {
    "person": (Person, "people"),
    "company": (Company, "companies"),
    "deal": (Deal, "deals"),
}


@pytest.fixture
def made(actor, admin, sana, system, pipeline):
    """made(kind, type) → the field, and names in the order they were written, of Sana's records."""

    def make(kind: str, type: str) -> Any:
        field = define_field(actor(admin), record_kind=kind, type=type, plan=FieldPlan(f"Size {type}"))
        jobs.run_now("customers.index_field", NOW, field_id=str(field.id))
        ids = new_ids(len(WRITTEN[type]))  # in rising order, even within one millisecond
        for n, value in enumerate(WRITTEN[type]):
            custom = {} if value is None else {field.key: value}
            name = f"Row {n}"
            row = KINDS[kind][0].signed_by(
                system, pk=ids[n], name=name, folded=fold(name), owner=sana, custom=custom, **stands(kind)
            )
            row.save(force_insert=True)
        return field

    def stands(kind: str) -> dict[str, Any]:
        if kind != "deal":
            return {"lifecycle_since": NOW}
        return {"stage": pipeline["research"], "stage_since": NOW, "currency": "SAR", "board_on": NOW.date()}

    return make


@pytest.fixture
def pipeline(cast, system):
    from dawra.deals.actions.starting import start_with_defaults
    from dawra.deals.models import Stage

    start_with_defaults(system)
    return {stage.code: stage for stage in Stage.objects.order_by("position")}


def in_order(type: str, values: list[Any], down: bool) -> list[Any]:
    plain = [value["minor"] if isinstance(value, dict) else value for value in values]
    filled = sorted((value for value in plain if value is not None), reverse=down)
    return [*filled, *(value for value in plain if value is None)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("type", WRITTEN)
def test_the_api_pages_through_every_row_once_in_order(caller, sana, made, kind, type):
    field = made(kind, type)
    call = caller(sana)
    for sign in ("", "-"):
        for size in (1, 2, 4, 50):
            seen, after = [], ""
            while True:
                said = call("get", f"/{KINDS[kind][1]}?sort={sign}{field.input_name}&limit={size}&after={after}").json()
                seen += said["items"]
                after = said["next"]
                if not after:
                    break
            assert len({one["id"] for one in seen}) == len(seen) == len(WRITTEN[type])
            values = [one["custom"].get(field.key) for one in seen]
            values = [value["minor"] if isinstance(value, dict) else value for value in values]
            assert values == in_order(type, WRITTEN[type], sign == "-"), (sign, size)
            assert "sorted_value" not in seen[0]


def test_pages_of_records_offer_the_order_at_the_head_of_the_column(client_of, sana, made):
    for kind, address in (("person", "/people/"), ("company", "/companies/"), ("deal", "/deals/table/")):
        field = made(kind, "number")
        browser = client_of(sana)
        asked = f"{address}?columns={field.input_name}&sort=-{field.input_name}"
        first = browser.get(f"{asked}&limit=4").content.decode()
        assert 'aria-sort="descending"' in first, kind
        assert first.index("Row 5") < first.index("Row 2") < first.index("Row 0") and "Row 3" not in first, kind
        assert browser.get(f"{asked}&custom_nothing=1").status_code == 422
        views = "/deals/views/" if kind == "deal" else f"{address}views/"
        browser.post(views, {"name": f"By size {kind}", "asked": f"sort=-{field.input_name}", "is_shared": "on"})
        assert SavedView.objects.get(name=f"By size {kind}").query["sort"] == f"-{field.input_name}"
        assert f"sort=-{field.input_name}" in browser.get(address).content.decode()


def mark(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


@pytest.mark.parametrize("type", WRITTEN)
def test_a_hostile_order_or_page_mark_is_refused(caller, sana, made, type):
    field = made("person", type)
    call = caller(sana)
    for sort in (
        "custom_nothing",
        "custom",
        "--" + field.input_name,
        f"{field.input_name}.minor",
        "custom__id",
        "custom_x'--",
    ):
        assert call("get", f"/people?sort={sort}").status_code == 422, sort
    key = str(uuid4())
    bad = [("f", "NaN", key), ("f", "Infinity", key), ("f", "x", key), ("f", [1], key), ("t", NOW.isoformat(), key)]
    bad += [("s", "'; DROP TABLE", key), ("f", "1e999999", key), ("q", 1, key), ("i", 10**80, key), ("n", None, "x")]
    for parts in bad:
        answer = call("get", f"/people?sort={field.input_name}&after={mark(*parts)}")
        assert answer.status_code == 422, parts
    assert call("get", f"/people?sort={field.input_name}&after={mark('n', None, key)}").status_code == 200


def test_a_field_put_away_is_sorted_by_no_more_and_words_never_are(caller, actor, admin, sana, made):
    from dawra.customers.actions.fields import archive_field

    words = define_field(actor(admin), record_kind="person", type="text", plan=FieldPlan("Words"))
    call = caller(sana)
    assert call("get", f"/people?sort={words.input_name}").status_code == 422
    field = made("person", "number")
    archive_field(actor(admin), field_id=field.id)
    assert call("get", f"/people?sort={field.input_name}").status_code == 422


def test_the_order_walks_the_index_made_for_the_field(actor, admin, made):
    field = made("person", "number")
    order = listing("person", {"sort": field.input_name})
    for sort in (field.input_name, f"-{field.input_name}"):
        rows = matching(actor(admin), "person", "")
        with CaptureQueriesContext(connection) as asked:
            order.page(rows, Query(sort=sort, limit=2))
        assert len(asked) == 1
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN QUERY PLAN " + asked[0]["sql"])
                plan = " ".join(row[3] for row in cursor.fetchall())
            assert "custom_person_size_number (<expr>" in plan and "TEMP B-TREE" not in plan
