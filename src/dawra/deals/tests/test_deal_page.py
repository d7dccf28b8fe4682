"""The page of one deal, and what is done on it without scripts and with them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from dawra.deals.actions.lines import NewLine, set_lines
from dawra.deals.actions.people import set_person
from dawra.deals.actions.splits import Split, set_splits
from dawra.deals.models import Deal, DealLine, DealPerson, StageVisit
from dawra.journal.models import Entry
from tests.cast import NOW


def now_of(made: Deal) -> Deal:
    return Deal._base_manager.get(pk=made.pk)


@pytest.fixture
def full(deal, sana, omar, company, person, actor, pipeline):
    """A deal with everything a deal can have."""
    nile = company(sana)
    made = deal(
        sana,
        company_id=nile.pk,
        amount_minor=4_820_000,
        expected_close_on=date(2026, 12, 12),
        next_step="Call Huda",
        next_step_on=NOW.date(),
        competitors=("RouteIQ",),
        stage_id=pipeline["objections"].pk,
        at=NOW - timedelta(days=4),
    )
    set_person(actor(sana), deal_id=made.pk, person_id=person(sana).pk, role="champion")
    set_person(actor(omar), deal_id=made.pk, person_id=person(omar, "Karim Fadel").pk, role="blocker")
    from decimal import Decimal

    set_lines(actor(sana), deal_id=made.pk, lines=[NewLine(Decimal(180), 2200, name="Routing", recurs="month")])
    set_splits(actor(sana), deal_id=made.pk, shares=[Split(sana.pk, 7000), Split(omar.pk, 3000)])
    return made


def test_it_shows_the_facts_the_people_and_the_way(client_of, sana, full):
    page = client_of(sana).get(reverse("deals:deal", args=[full.pk])).content.decode()
    for text in (
        "Fleet routing",
        "Nile Transport",
        "Handling objections",
        "RouteIQ",
        "Huda Amin",
        "Call Huda",
        "Quote sent",
    ):
        assert text in page
    assert "4,752,000" in page.replace("\u2066", "") or "47,520" in page


def test_the_companys_research_brief_is_one_press_away_for_who_may_read_it(client_of, sana, omar, full):
    address = reverse("prospecting:brief", args=["company", full.company_id])
    assert address in client_of(sana).get(reverse("deals:deal", args=[full.pk])).content.decode()
    sana.role.permissions = [one for one in sana.role.permissions if not one.startswith("prospecting.")]
    sana.role.save()
    assert address not in client_of(sana).get(reverse("deals:deal", args=[full.pk])).content.decode()


def test_of_a_hidden_person_only_the_name_is_told(client_of, sana, full):
    page = client_of(sana).get(reverse("deals:deal", args=[full.pk])).content.decode()
    karim = DealPerson.objects.get(deal=full, role="blocker")
    assert "Karim Fadel" in page
    assert f'href="{reverse("customers:person", args=[karim.person_id])}"' not in page


def test_it_speaks_arabic(client_of, sana, full):
    sana.language = "ar"
    sana.save()
    page = client_of(sana).get(reverse("deals:deal", args=[full.pk])).content.decode()
    assert "معالجة الاعتراضات" in page


def test_strangers_find_nothing(client_of, zayn, lina, full):
    for name in ("deal", "edit", "lines", "splits", "add_person"):
        for stranger in (zayn, lina):
            assert client_of(stranger).get(reverse(f"deals:{name}", args=[full.pk])).status_code == 404
    for name in ("field", "stage", "reopen", "next_step", "newer_version"):
        answer = client_of(zayn).post(reverse(f"deals:{name}", args=[full.pk]), {"stage": "demo", "field": "amount"})
        assert answer.status_code == 404, name
    assert client_of(zayn).post(reverse("deals:delete", args=[full.pk])).status_code == 403


def test_its_queries_do_not_grow_with_its_size(client_of, sana, full, django_assert_max_num_queries, actor, person):
    client = client_of(sana)
    address = reverse("deals:deal", args=[full.pk])
    client.get(address)
    for n in range(12):
        set_person(actor(sana), deal_id=full.pk, person_id=person(sana, f"Person {n}").pk, role="user")
    with django_assert_max_num_queries(20):
        client.get(address)


def test_a_field_is_edited_in_its_place(client_of, sana, full):
    url = reverse("deals:field", args=[full.pk])
    said = {"field": "amount", "value": "1,234.50", "version": str(now_of(full).version)}
    answer = client_of(sana).post(url, said, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["X-Version"]) == (204, str(now_of(full).version))
    assert now_of(full).amount_minor == 123_450
    stale = client_of(sana).post(url, said | {"value": "7"}, headers={"HX-Request": "true"})
    assert stale.status_code == 409
    wrong = client_of(sana).post(url, {"field": "amount", "value": "much"}, headers={"HX-Request": "true"})
    assert wrong.status_code == 422


def test_an_unmet_move_asks_why_and_goes_through_with_a_reason(client_of, sana, full):
    client, url = client_of(sana), reverse("deals:stage", args=[full.pk])
    asked = client.post(url, {"stage": "closing"})
    assert asked.status_code == 422
    assert "Quote sent" in asked.content.decode()
    assert client.post(url, {"stage": "closing", "override": "Sent by phone"}).status_code == 302
    assert now_of(full).stage.code == "closing"


def test_winning_and_reopening_without_scripts(client_of, sana, full):
    client, url = client_of(sana), reverse("deals:stage", args=[full.pk])
    assert client.get(url, {"stage": "won"}).status_code == 200
    client.post(url, {"stage": "won", "reason": "fit", "override": "They signed"})
    assert now_of(full).state == "won"
    client.post(reverse("deals:reopen", args=[full.pk]))
    assert (now_of(full).state, now_of(full).stage.code) == ("open", "objections")


def test_the_next_step_is_done_and_another_written(client_of, sana, full):
    client, url = client_of(sana), reverse("deals:next_step", args=[full.pk])
    client.post(url, {"act": "done"})
    assert (now_of(full).next_step, now_of(full).next_step_on) == ("", None)
    client.post(url, {"next_step": "Send the contract", "next_step_on": "2026-12-01"})
    assert (now_of(full).next_step, now_of(full).next_step_on) == ("Send the contract", date(2026, 12, 1))


def test_products_and_credit_are_edited_in_forms(client_of, sana, omar, full):
    client = client_of(sana)
    rows = {
        "product_0": "",
        "name_0": "Onboarding",
        "quantity_0": "2",
        "price_0": "100",
        "discount_0": "10",
        "recurs_0": "",
    }
    client.post(reverse("deals:lines", args=[full.pk]), rows | {"follow": "yes"})
    assert DealLine.objects.get(deal=full).total_minor == now_of(full).amount_minor == 18_000
    shares = {
        "member_0": sana.pk,
        "share_0": "60",
        "sort_0": "revenue",
        "member_1": omar.pk,
        "share_1": "30",
        "sort_1": "revenue",
    }
    assert client.post(reverse("deals:splits", args=[full.pk]), shares).status_code == 422
    assert client.post(reverse("deals:splits", args=[full.pk]), shares | {"share_1": "40"}).status_code == 302


def test_everything_is_edited_in_one_form(client_of, sana, full):
    client, url = client_of(sana), reverse("deals:edit", args=[full.pk])
    shown = client.get(url)
    said = {name: field.value() or "" for name, field in ((b.name, b) for b in shown.context["form"])}
    answer = client.post(url, said | {"name": "Fleet routing, phase two", "version": now_of(full).version})
    assert answer.status_code == 302
    told = Entry.objects.filter(kind="deals.deal_edited.1").latest("id").facts["changes"]
    assert set(told) == {"name"}


def test_a_deal_is_added_in_a_form_and_a_wrong_amount_is_shown_beside_it(client_of, sana, pipeline):
    client, url = client_of(sana), reverse("deals:add")
    said = {
        "name": "Vans",
        "currency": "SAR",
        "amount": "12.5",
        "owner": str(sana.pk),
        "stage": str(pipeline["research"].pk),
    }
    assert client.post(url, said | {"amount": "many"}).status_code == 422
    assert client.post(url, said).status_code == 302
    made = Deal._base_manager.get()
    assert (made.amount_minor, made.stage.code, StageVisit.objects.filter(deal=made).count()) == (1250, "research", 1)


def test_delete_and_restore(client_of, omar, full):
    client = client_of(omar)
    client.post(reverse("deals:delete", args=[full.pk]))
    assert client.get(reverse("deals:deal", args=[full.pk])).status_code == 404
    client.post(reverse("deals:restore", args=[full.pk]))
    assert client.get(reverse("deals:deal", args=[full.pk])).status_code == 200


def test_companies_and_people_show_their_deals_but_not_hidden_ones(client_of, sana, omar, deal, full):
    hidden = deal(omar, name="Secret phase", company_id=full.company_id)
    page = client_of(sana).get(reverse("customers:company", args=[full.company_id])).content.decode()
    assert reverse("deals:deal", args=[full.pk]) in page
    assert "Secret phase" not in page
    huda = DealPerson.objects.get(deal=full, role="champion")
    page = client_of(sana).get(reverse("customers:person", args=[huda.person_id])).content.decode()
    assert reverse("deals:deal", args=[full.pk]) in page
    client_of(omar).post(reverse("deals:delete", args=[hidden.pk]))
    binned = client_of(omar).get(reverse("customers:bin")).content.decode()
    assert reverse("deals:restore", args=[hidden.pk]) in binned
    assert "Secret phase" not in client_of(sana).get(reverse("customers:bin")).content.decode()
