"""What links do to people and companies that stand already."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from dawra.access.actor import Actor
from dawra.customers import finding
from dawra.customers.importing.pending import Arrival, joins
from dawra.customers.importing.targets import Parsed, Work
from dawra.customers.models import Affiliation, Company, Consent, LifecycleChange, Person
from dawra.figures.words import fold
from dawra.journal import actions as journal
from dawra.journal.catalogue.customers import CompanyAdded, ConsentRecorded


def add_by_name(
    actor: Actor, named: Mapping[str, str], more: Mapping[str, Mapping[str, Any]] = MappingProxyType({})
) -> dict[str, UUID]:
    """Companies of which only the name is known so far: foreign key → name in, foreign key → record out. 5 queries or none.

    more: foreign key → columns known besides; created_at among them dates the company back
    """
    made = {
        key: Company.signed_by(
            actor, name=name, folded=fold(name)[:420], lifecycle="lead", lifecycle_since=actor.now
        )
        for key, name in named.items()
    }  # fmt: skip
    if not made:
        return {}
    for key, columns in more.items():
        for column, value in columns.items():
            setattr(made[key], column, value)
        made[key].lifecycle_since = made[key].created_at
    Company._base_manager.bulk_create(made.values(), batch_size=100)
    LifecycleChange.objects.bulk_create(
        LifecycleChange(
            record_kind="company", record_id=one.pk, to_stage=one.lifecycle, changed_at=one.lifecycle_since,
            changed_by_id=actor.member_id,
        )
        for one in made.values()
    )  # fmt: skip
    finding.refind("company", [one.pk for one in made.values()])
    journal.write_many(actor, [(CompanyAdded(one.pk, one.name), [one], one.created_at) for one in made.values()])
    return {key: one.pk for key, one in made.items()}


@joins("person.company")
def affiliate(work: Work, links: Sequence[Arrival]) -> None:
    """People belong to companies; the first company of a person is the main one. 5 queries or none."""
    if not links:
        return
    people = {link.waiting for link in links}
    there: dict[UUID, set[UUID]] = {}
    for person_id, company_id in Affiliation.objects.filter(person_id__in=people).values_list(
        "person_id", "company_id"
    ):
        there.setdefault(person_id, set()).add(company_id)
    living = set(Person._base_manager.filter(pk__in=people).values_list("pk", flat=True))
    made = []
    for link in links:
        has = there.setdefault(link.waiting, set())
        if link.arrived in has or link.waiting not in living:
            continue
        role = str(link.facts.get("role", ""))[:160]
        made.append(
            Affiliation(person_id=link.waiting, company_id=link.arrived, role=role, is_primary=not has)
        )  # fmt: skip
        has.add(link.arrived)
    Affiliation.objects.bulk_create(made, batch_size=200)
    finding.refind("person", list(dict.fromkeys(one.person_id for one in made)))


@joins("company.parent")
def set_parents(work: Work, links: Sequence[Arrival]) -> None:
    """Who belongs to whom, where nobody has said otherwise and nobody would become their own parent. 2 queries and 1 each."""
    if not links:
        return
    above = dict(Company._base_manager.filter(parent__isnull=False).values_list("pk", "parent_id"))
    for link in links:
        place: UUID | None = link.arrived
        for _step in range(50):
            if place is None or place == link.waiting:
                break
            place = above.get(place)
        if place is None:
            # Not an edit by a person: the version stays, so that the next import may still fill the record.
            Company._base_manager.filter(pk=link.waiting, parent__isnull=True).update(parent=link.arrived)
            above.setdefault(link.waiting, link.arrived)


def refuse_contact(actor: Actor, rows: Sequence[tuple[Parsed, UUID]]) -> None:
    """Who asked the other system for no mail or no calls has asked us. 2 queries and the journal, or none."""
    asked = {
        (record_id, channel)
        for row, record_id in rows
        for field, channel in (("no_email", "email"), ("no_phone", "phone"))
        if row.values.get(field) is True
    }
    if not asked:
        return
    newest: dict[tuple[UUID, str], bool] = {}
    said = Consent.objects.filter(person_id__in={record_id for record_id, _channel in asked})
    for person_id, channel, granted in said.order_by("given_at", "pk").values_list("person_id", "channel", "granted"):
        newest[person_id, channel] = granted
    made = [
        Consent(
            person_id=record_id, channel=channel, granted=False, basis="objection", given_at=actor.now,
            recorded_at=actor.now, recorded_by_id=actor.member_id,
        )
        for record_id, channel in sorted(asked, key=str)
        if newest.get((record_id, channel)) is not False
    ]  # fmt: skip
    Consent.objects.bulk_create(made, batch_size=200)
    journal.write_many(
        actor,
        [
            (
                ConsentRecorded(one.person_id, one.pk, one.channel, False, one.basis),
                [Person(pk=one.person_id)],
                actor.now,
            )
            for one in made
        ],
    )
