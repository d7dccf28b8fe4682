"""What we know before we call: written, read out of a page, fresh or stale, asked for by a stage."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dawra.access.errors import NotFound, Refused
from dawra.customers.duplicates.merging import merge
from dawra.customers.models import Activity, ActivityLink, Company, Person
from dawra.deals.actions.adding import NewDeal, add_deal
from dawra.deals.actions.moving import CriteriaUnmet, Move, move_deal
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Criterion, Stage
from dawra.journal.undo import undo
from dawra.prospecting.actions.briefs import Said, set_brief_rules, write_brief
from dawra.prospecting.models import BriefSlot
from dawra.prospecting.queries import briefs
from dawra.prospecting.rules import research
from dawra.prospecting.rules.briefs import SLOTS, slots_of
from tests.cast import NOW

PAGE = """<html><body><nav>We raised nothing in the menu.</nav>
<p>Nile Transport raised $12.5 million in a Series B round led by Gulf Ventures in June.</p>
<p>The company opened two depots in Upper Egypt and now has 420 employees.</p>
<p>Today dispatch still uses Excel spreadsheets.</p><p>The weather was fine that day.</p>
<p>أعلنت الشركة عن إطلاق خدمة توصيل جديدة في الرياض.</p>
<p>جمعت الشركة تمويلا قدره ١٢ مليون دولار.</p><p>ينافس النيل للنقل شركة ناقل.</p></body></html>"""


@pytest.fixture
def company(cast: Any, system: Any) -> Company:
    made = Company.signed_by(system, name="Nile", folded="nile", owner=cast.sana, lifecycle_since=NOW)
    made.save(force_insert=True)
    return made


@pytest.fixture
def person(cast: Any, system: Any) -> Person:
    made = Person.signed_by(system, name="Huda", folded="huda", owner=cast.sana, lifecycle_since=NOW)
    made.save(force_insert=True)
    return made


def write(actor: Any, record: Any, *slots: str, **said: str) -> Any:
    texts = {slot: Said(said.get("text", f"about {slot}"), said.get("source", "call")) for slot in slots}
    return write_brief(actor, kind=record.kind, record_id=record.pk, slots=texts)


def test_sentences_of_a_page_are_proposed_for_slots_in_both_languages() -> None:
    found = {(one.slot, one.text.split()[0]) for one in research.proposals(research.plain_text(PAGE), SLOTS)}
    assert {("funding", "Nile"), ("growth", "The"), ("current_product", "Today"), ("trigger", "أعلنت"),
            ("funding", "جمعت"), ("competitors", "ينافس")} <= found  # fmt: skip
    texts = [one.text for one in research.proposals(research.plain_text(PAGE), SLOTS)]
    assert not any("weather" in text or "menu" in text for text in texts)
    assert research.proposals("It costs $5 million.\nUp 20% on Monday.", ("funding", "growth")) == []


def test_any_file_is_readable_and_a_long_line_costs_no_time() -> None:
    assert "أعلنت" in research.readable("أعلنت الشركة".encode("utf-16"))
    assert "أعلنت" in research.readable("أعلنت الشركة".encode("cp1256"))
    assert research.readable(bytes(range(256))) != ""
    assert research.proposals("a" * 300_000 + " raised " + "9" * 5000, SLOTS) == []


def test_a_brief_grows_stale_and_its_history_stays(company, sana, actor) -> None:
    write(actor(sana), company, *slots_of("company")[:5])
    brief = briefs.brief(actor(sana), "company", company.pk)
    assert (brief.whole.filled, brief.whole.of, brief.suffices) == (5, 7, True)
    later = actor(sana, NOW + timedelta(days=91))
    stale = briefs.brief(later, "company", company.pk)
    assert not stale.suffices and stale.stale == 5
    entry = write(later, company, "growth", text="Two depots")
    assert [one.text for one in briefs.history(later, "company", company.pk) if one.slot == "growth"] == [
        "Two depots", "about growth",
    ]  # fmt: skip
    undo(later, key=entry.key)
    growth = next(one for one in briefs.brief(later, "company", company.pk).slots if one.slot == "growth")
    assert growth.text == "about growth" and growth.by == sana.name
    assert write(actor(sana), company, "growth") is None, "what stands so already is not written again on the same day"


def test_a_stranger_neither_reads_nor_writes_a_brief(company, sana, zayn, admin, actor, client_of) -> None:
    write(actor(sana), company, "growth")
    with pytest.raises(NotFound):
        write(actor(zayn), company, "growth")
    with pytest.raises(NotFound):
        briefs.history(actor(zayn), "company", company.pk)
    with pytest.raises(Refused):
        set_brief_rules(actor(sana), needed_percent=50, fresh_days=30)
    assert client_of(zayn).get(f"/briefs/company/{company.pk}/").status_code == 404


def test_a_stage_can_ask_for_a_brief_and_the_workspace_says_how_whole(company, person, sana, admin, actor) -> None:
    start_with_defaults(actor(admin))
    Criterion.objects.all().delete()
    research_stage, contact = (Stage.objects.get(code=code) for code in ("research", "first_contact"))
    Criterion.objects.create(stage=research_stage, sort="field", detail="brief", name="Brief")
    new = NewDeal(name="Routing", company_id=company.pk, people=((person.pk, ""),), stage_id=research_stage.pk)
    deal = add_deal(actor(sana), new=new)
    write(actor(sana), company, "growth", "funding")
    with pytest.raises(CriteriaUnmet):
        move_deal(actor(sana), deal_id=deal.pk, move=Move(contact.pk))
    write(actor(sana), person, "role", "priorities", "common_ground")
    assert move_deal(actor(sana), deal_id=deal.pk, move=Move(contact.pk)) is not None, "5 of 8 together"
    entry = set_brief_rules(actor(admin), needed_percent=80, fresh_days=30)
    assert not briefs.brief_is_enough(company.pk, [person.pk], NOW)
    assert entry is not None
    undo(actor(admin), key=entry.key)
    assert briefs.brief_is_enough(company.pk, [person.pk], NOW)
    assert not briefs.brief_is_enough(company.pk, [person.pk], NOW + timedelta(days=91))


def test_the_brief_page_reads_a_page_and_keeps_what_a_person_ticks(company, sana, client_of, actor, system) -> None:
    call = Activity.signed_by(system, what="call", title="Hello", happened_at=NOW - timedelta(days=3), owner=sana)
    call.save(force_insert=True)
    ActivityLink.objects.create(activity=call, record_kind="company", record_id=company.pk)
    client, here = client_of(sana), f"/briefs/company/{company.pk}/"
    page = client.get(here).content.decode()
    assert "Sana Khoury" in page and "contact, last on" in page
    dropped = SimpleUploadedFile("press.html", PAGE.encode(), content_type="text/html")
    found = client.post(
        f"{here}read/", {"page": "", "file": dropped, "source": "https://press.example"}
    ).content.decode()
    assert "$12.5 million" in found and BriefSlot.objects.count() == 0
    ticked = {"take": ["3"], "slot3": "funding", "text3": "Raised $12.5M", "evidence3": "raised $12.5 million in",
              "slot4": "growth", "text4": "not ticked", "source": "https://press.example"}  # fmt: skip
    assert client.post(f"{here}confirm/", ticked).status_code == 302
    assert (
        client.post(
            f"{here}write/", {"slot": "growth", "text": "Two depots", "source": "javascript:alert(1)"}
        ).status_code
        == 302
    )
    page = client.get(here).content.decode()
    assert 'href="https://press.example"' in page and 'href="javascript' not in page and "not ticked" not in page
    assert "Raised $12.5M" in client.get(f"{here}print/").content.decode()
    assert "Raised $12.5M" in client.get(f"/companies/{company.pk}/").content.decode()


def test_merging_keeps_what_both_briefs_knew(company, sana, actor, system) -> None:
    other = Company.signed_by(system, name="Nile Co", folded="nile co", owner=sana, lifecycle_since=NOW)
    other.save(force_insert=True)
    write(actor(sana), company, "growth")
    write(actor(sana), other, "funding")
    merge(actor(sana), kind="company", kept_id=company.pk, gone_id=other.pk, choices={})
    kept = briefs.brief(actor(sana), "company", company.pk)
    assert [one.slot for one in kept.slots if one.text] == ["growth", "funding"]
