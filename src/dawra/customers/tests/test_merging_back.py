"""Merge, then take apart: whatever two records had, and whatever was done in between elsewhere, nothing is lost or mixed."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from dawra.access.errors import Answer
from dawra.customers.actions.adding import NewPoint
from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.consent import NewConsent, record_consent
from dawra.customers.actions.contact import Place, add_point, affiliate
from dawra.customers.actions.lifecycle import set_lifecycle
from dawra.customers.actions.notes import write_note
from dawra.customers.actions.people import NewPerson, add_person, edit_person
from dawra.customers.actions.tags import change_tags
from dawra.customers.duplicates.merging import merge, unmerge
from dawra.customers.models import Person
from dawra.customers.rules import LIFECYCLE
from dawra.customers.tests.acts import tables

WORDS = ("", "Riyadh", "Jeddah", "محمد")
FIELDS = some.fixed_dictionaries(
    {name: some.sampled_from(WORDS) for name in ("name_ar", "title", "city", "about", "source")}
)
DEEDS = some.lists(
    some.one_of(
        some.tuples(some.just("phone"), some.sampled_from(["+966501111111", "+966502222222", "+966503333333"])),
        some.tuples(some.just("tag"), some.sampled_from(["vip", "fair", "cold"])),
        some.tuples(some.just("company"), some.integers(0, 2)),
        some.tuples(some.just("consent"), some.tuples(some.sampled_from(["email", "sms"]), some.booleans())),
        some.tuples(some.just("stage"), some.sampled_from(LIFECYCLE)),
        some.tuples(some.just("note"), some.just("a note")),
    ),
    max_size=6,
)
SIDES = some.fixed_dictionaries(
    {name: some.sampled_from(["", "kept", "gone"]) for name in ("name", "title", "city", "about")}
)


def do(signer, person_id, deeds, companies):
    for what, value in deeds:
        with suppress(Answer):
            if what == "phone":
                add_point(signer, kind="person", record_id=person_id, point=NewPoint("phone", value))
            elif what == "tag":
                change_tags(signer, kind="person", record_id=person_id, add=[value], remove=[])
            elif what == "company":
                affiliate(signer, person_id=person_id, company_id=companies[value].pk, place=Place())
            elif what == "consent":
                channel, granted = value
                wording = "Yes" if granted else ""
                record_consent(signer, person_id=person_id, consent=NewConsent(channel, granted, "consent", wording))
            elif what == "stage":
                set_lifecycle(signer, kind="person", record_id=person_id, to_stage=value)
            else:
                write_note(signer, records=[Person.fetch(signer, person_id)], body=value)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ours=FIELDS,
    theirs=FIELDS,
    ours_did=DEEDS,
    theirs_did=DEEDS,
    sides=SIDES,
    language=some.sampled_from(["", "ar", "en"]),
)
def test_merging_and_taking_apart_leaves_no_trace_but_what_was_edited_since(
    actor, sana, ours, theirs, ours_did, theirs_did, sides, language
):  # fmt: skip
    from django.db import transaction

    with transaction.atomic():
        signer = actor(sana)
        companies = [add_company(signer, plan=NewCompany(name=f"Firm {number}")).record for number in range(3)]
        pair = []
        for name, values, deeds in (("Huda", ours, ours_did), ("Hoda", theirs, theirs_did)):
            plan = NewPerson(name=name, points=(NewPoint("email", f"{name}@x.example"),), **values)
            person = add_person(signer, plan=plan).record
            do(signer, person.pk, deeds, companies)
            pair.append(person.pk)
        before = tables()
        row = merge(
            signer, kind="person", kept_id=pair[0], gone_id=pair[1], choices={k: v for k, v in sides.items() if v}
        ).record
        if language:
            edit_person(signer, person_id=pair[0], changes={"language": language})
        _, left = unmerge(signer, merge_id=row.pk)
        assert not left.rows
        if language:
            assert Person.fetch(signer, pair[0]).language == language
            edit_person(signer, person_id=pair[0], changes={"language": ""})
        assert tables() == before
        transaction.set_rollback(True)
