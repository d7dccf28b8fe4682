"""A new deal enters its stage with everything that follows from it."""

from datetime import date, timedelta

import pytest

from dawra.access.errors import Invalid, NotFound, Refused
from dawra.customers import search
from dawra.customers.actions.companies import edit_company
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.models import Deal, Rate, StageVisit
from dawra.deals.money import RateMissing
from dawra.journal import jobs
from dawra.journal.models import Entry
from tests.cast import NOW


def test_a_deal_enters_the_first_stage_with_its_probability(deal, sana, pipeline):
    made = deal(sana, amount_minor=100_000, expected_close_on=date(2026, 12, 12))
    assert (made.stage, made.probability_bp, made.probability_source) == (pipeline["prospecting"], 500, "stage")
    assert (made.currency, made.base_minor, made.weighted_minor) == ("SAR", 100_000, 5_000)
    assert made.board_on == date(2026, 12, 12)
    assert made.stalls_on == date(2026, 12, 7)
    assert made.owner == sana


def test_its_first_visit_begins_when_it_began(deal, sana):
    began = NOW - timedelta(days=9)
    visit = StageVisit.objects.get(deal=deal(sana, at=began))
    assert (visit.entered_at, visit.exited_at, visit.entered_by) == (began, None, sana)


def test_the_journal_tells_of_it_and_search_finds_it_in_arabic(deal, sana, company, actor):
    made = deal(sana, name="تخطيط مسارات", company_id=company(sana).pk)
    assert Entry.objects.get(kind="deals.deal_added.1").facts["deal_id"] == str(made.pk)
    assert [found.id for found in search.find(actor(sana), "النيل")] == [made.pk]


def test_search_shows_its_company_in_the_readers_language(deal, sana, company, actor, client_of, now):
    firm = company(sana)
    made = deal(sana, name="Route planning", company_id=firm.pk)
    (found,) = search.find(actor(sana), "route")
    assert (found.id, found.detail, found.detail_ar) == (made.pk, "Nile Transport", "النيل للنقل")
    for language, name, other in (("ar", "النيل للنقل", "Nile Transport"), ("en", "Nile Transport", "النيل للنقل")):
        sana.language = language
        sana.save()
        for address in ("/search/?q=route", "/search/pick/?kind=deal&q=route"):
            html = client_of(sana).get(address).content.decode()
            assert name in html and other not in html, (language, address)
    edit_company(actor(sana), company_id=firm.pk, changes={"name": "Delta Lines", "name_ar": "خطوط الدلتا"})
    jobs.run_now("customers.refind_people_of", now, company_id=str(firm.pk))
    assert [one.detail_ar for one in search.find(actor(sana), "delta lines", kinds=("deal",))] == ["خطوط الدلتا"]


def test_a_foreign_amount_is_valued_at_the_newest_rate_up_to_today(deal, sana):
    Rate.objects.create(currency="USD", valid_from_on=date(2026, 1, 1), rate="3.70")
    Rate.objects.create(currency="USD", valid_from_on=date(2026, 11, 1), rate="3.75")
    Rate.objects.create(currency="USD", valid_from_on=date(2026, 12, 1), rate="4")
    made = deal(sana, amount_minor=100_01, currency="USD")
    assert (made.base_minor, made.rate, made.rate_on) == (375_04, "3.75", date(2026, 11, 1))


def test_a_currency_without_a_rate_is_refused_and_told_where_to_set_one(deal, sana):
    with pytest.raises(RateMissing, match="/settings/rates/"):
        deal(sana, currency="EUR")
    assert not Deal._base_manager.exists()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"name": "  "}, "name"),
        ({"amount_minor": -1}, "amount_minor"),
        ({"currency": "riyal"}, "currency"),
        ({"probability_bp": 10_001}, "probability_bp"),
        ({"at": NOW + timedelta(hours=1)}, "at"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(deal, sana, asked, field):
    with pytest.raises(Invalid) as refusal:
        deal(sana, **({"name": "Fleet routing"} | asked))
    assert refusal.value.field == field


def test_a_stranger_cannot_sell_to_a_company_hidden_from_him(deal, sana, zayn, company):
    with pytest.raises(NotFound):
        deal(zayn, company_id=company(sana).pk)


def test_who_may_not_work_on_deals_adds_none(actor, sana, pipeline):
    reader = actor(sana).limited_to({"deals.read"}, "api")
    with pytest.raises(Refused):
        add_deal(reader, new=NewDeal(name="Fleet routing"))


def test_only_who_may_assign_gives_a_new_deal_to_another(deal, sana, omar, lina):
    assert deal(omar, owner_id=sana.pk).owner == sana
    with pytest.raises(Refused):
        deal(sana, owner_id=lina.pk)
