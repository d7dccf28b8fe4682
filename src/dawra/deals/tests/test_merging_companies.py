"""Deals go over with their company and their people, and come back."""

from dawra.customers.actions.companies import NewCompany, add_company
from dawra.customers.actions.people import NewPerson, add_person
from dawra.customers.duplicates.merging import merge, unmerge
from dawra.customers.tests.acts import tables
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.models import Deal, DealPerson


def test_deals_go_over_with_company_and_people_and_come_back(actor, sana, pipeline):
    signer = actor(sana)
    firms = [add_company(signer, plan=NewCompany(name=name)).record for name in ("Nile Foods", "Nile Food Co")]
    people = [add_person(signer, plan=NewPerson(name=name)).record for name in ("Huda", "Hoda")]
    deals = [add_deal(signer, new=NewDeal(name=f"Deal {n}", company_id=firm.pk)) for n, firm in enumerate(firms)]
    for deal in deals:
        DealPerson.objects.create(deal_id=deal.pk, person=people[1])
    DealPerson.objects.create(deal_id=deals[0].pk, person=people[0])
    before = tables()
    rows = [
        merge(signer, kind=kind, kept_id=one.pk, gone_id=other.pk, choices={}).record
        for kind, (one, other) in (("company", firms), ("person", people))
    ]
    assert set(Deal._base_manager.values_list("company_id", flat=True)) == {firms[0].pk}
    assert DealPerson.objects.count() == 2 and set(DealPerson.objects.values_list("person", flat=True)) == {
        people[0].pk
    }
    for row in reversed(rows):
        unmerge(signer, merge_id=row.pk)
    assert tables() == before
