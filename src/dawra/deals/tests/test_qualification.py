"""Qualification: frameworks as data in versions, what is found out about a deal, its score in signed parts."""

from datetime import timedelta

import pytest

from dawra.access.errors import Conflict, Invalid, NotFound, Stale
from dawra.customers.actions.activities import Happening, log_activity
from dawra.deals.actions import frameworks
from dawra.deals.actions.closing import Close, lose_deal
from dawra.deals.actions.moving import DealClosed
from dawra.deals.actions.people import set_person
from dawra.deals.actions.qualifying import FindingSaid, note_finding, remove_finding
from dawra.deals.models import Deal, Finding, Framework
from dawra.deals.queries import qualification
from dawra.journal.models import Entry
from dawra.journal.undo import undo
from tests.cast import NOW

BUDGET = FindingSaid("for", "told", "48,000 for this year")
DAY = timedelta(days=1)


def fresh(deal):
    return Deal._base_manager.select_related("stage__version__pipeline").get(pk=deal.pk)


def test_a_new_company_qualifies_by_a_starter_framework(pipeline, deal, sana, admin, actor):
    assert sorted(Framework.objects.values_list("name", "is_starter", "number")) == [
        ("BANT", True, 1), ("CHAMP", True, 1), ("MEDDICC", True, 1),
    ]  # fmt: skip
    for row in Framework.objects.all():
        assert all(one[n] for one in row.criteria for n in ("name", "name_ar", "question", "question_ar", "good_ar"))
    panel = qualification.on_deal(fresh(deal(sana)))
    assert (panel.name, panel.score, panel.known, panel.asked) == ("BANT", None, 0, 4)
    assert [one.code for one in panel.gaps] == ["need", "budget", "authority", "timing"], "what moves the score most"
    assert frameworks.load_starter_frameworks(actor(admin)) == 0


def test_what_is_noted_moves_the_score_and_can_be_taken_back(pipeline, deal, sana, actor):
    hers, mine = deal(sana), actor(sana)
    kept = note_finding(mine, deal_id=hers.pk, code="budget", said=BUDGET, version=0)
    assert (kept.score, fresh(hers).qualification, fresh(hers).version) == (34, 34, hers.version)
    against = note_finding(mine, deal_id=hers.pk, code="timing", said=FindingSaid("against", "guess"))
    panel = qualification.on_deal(fresh(hers))
    assert [(one.code, one.points) for one in panel.parts] == [("budget", 14), ("timing", -1)]
    assert panel.score == panel.start + sum(one.points for one in panel.parts) == 33
    assert [one.code for one in panel.gaps] == ["need", "authority", "timing", "budget"]
    assert note_finding(mine, deal_id=hers.pk, code="budget", said=BUDGET) is None, "it stands so already"
    with pytest.raises(Stale) as stale:
        note_finding(mine, deal_id=hers.pk, code="budget", said=FindingSaid("for", "guess"), version=0)
    assert stale.value.facts["theirs"]["confidence"] == "told"
    proven = FindingSaid("for", "proven", "Signed off", "Letter of 3 November")
    later = note_finding(mine, deal_id=hers.pk, code="budget", said=proven, version=1)
    assert later.score == 39
    with pytest.raises(Conflict):
        undo(mine, key=kept.entry.key)
    undo(mine, key=later.entry.key)
    undo(mine, key=against.entry.key)
    assert (fresh(hers).qualification, Finding.objects.get().answer) == (34, BUDGET.answer)
    gone = remove_finding(actor(sana, now=NOW + DAY), finding_id=Finding.objects.get().pk)
    assert (gone.score, fresh(hers).qualification, Finding.objects.count()) == (None, None, 0)
    undo(actor(sana, now=NOW + DAY), key=gone.entry.key)
    row = Finding.objects.get()
    assert (row.answer, row.noted_at, row.noted_by_id, fresh(hers).qualification) == (BUDGET.answer, NOW, sana.pk, 34)


def test_a_finding_rests_on_what_belongs_to_the_deal(pipeline, deal, person, sana, lina, actor):
    hers, others, mine = deal(sana), deal(lina, name="Another"), actor(sana)
    huda, call = person(sana), log_activity(mine, records=[hers], said=Happening("call", NOW)).activity
    far = log_activity(actor(lina), records=[others], said=Happening("call", NOW)).activity
    for wrong in (
        FindingSaid("perhaps", "told"),
        FindingSaid("for"),
        FindingSaid("for", "certain"),
        FindingSaid("for", "proven"),
        FindingSaid("for", "told", "x" * 2001),
        FindingSaid("for", "told", link="javascript:alert(1)"),
        FindingSaid("for", "proven", activity_id=far.pk),
        FindingSaid("for", "told", person_id=huda.pk),
    ):
        with pytest.raises(Invalid):
            note_finding(mine, deal_id=hers.pk, code="need", said=wrong)
    set_person(mine, deal_id=hers.pk, person_id=huda.pk, role="champion")
    sound = FindingSaid("for", "proven", "Two hours a day", activity_id=call.pk, person_id=huda.pk)
    assert note_finding(mine, deal_id=hers.pk, code="need", said=sound).score == 44
    with pytest.raises(NotFound):
        note_finding(mine, deal_id=hers.pk, code="champion", said=BUDGET)
    lose_deal(mine, deal_id=hers.pk, close=Close("price", override="They stopped"))
    with pytest.raises(DealClosed):
        note_finding(mine, deal_id=hers.pk, code="need", said=BUDGET)
    assert fresh(hers).qualification == 44, "a closed deal keeps its score"


def test_a_stranger_neither_notes_nor_removes_nor_reads(pipeline, deal, sana, zayn, actor, client_of):
    hers = deal(sana)
    note_finding(actor(sana), deal_id=hers.pk, code="need", said=BUDGET)
    row = Finding.objects.get()
    for act in (
        lambda: note_finding(actor(zayn), deal_id=hers.pk, code="need", said=FindingSaid("against", "told")),
        lambda: remove_finding(actor(zayn), finding_id=row.pk),
        lambda: undo(actor(zayn), key=Entry.objects.get(kind="deals.finding_noted.1").key),
        lambda: qualification.finding(actor(zayn), row.pk),
    ):
        with pytest.raises(NotFound):
            act()
    assert client_of(zayn).get(f"/deals/{hers.pk}/qualification/need/").status_code == 404


def test_the_page_of_a_deal_shows_the_parts_and_asks_the_gaps(pipeline, deal, sana, client_of):
    hers, seller = deal(sana), client_of(sana)
    address = f"/deals/{hers.pk}/qualification/budget/"
    assert "what have you set aside" in seller.get(f"/deals/{hers.pk}/").content.decode()
    assert "A sum or a range" in seller.get(address).content.decode()
    said = {"answer": "48,000", "verdict": "for", "confidence": "told", "version": "0"}
    assert seller.post(address, said | {"confidence": "proven"}).status_code == 422
    assert seller.post(address, said).status_code == 302
    assert seller.post(address, said | {"answer": "Late"}).status_code == 409
    shown = seller.get(f"/deals/{hers.pk}/").content.decode()
    assert "48,000" in shown and "<b>+14</b>" in shown
    sana.language = "ar"
    sana.save()
    arabic = client_of(sana).get(f"/deals/{hers.pk}/").content.decode()
    assert "الصلاحية" in arabic and "عند آخر شراء بهذا الحجم" in arabic
    assert seller.post(f"{address}remove/", {"version": "1"}).status_code == 302
    assert seller.post(f"{address}remove/").status_code == 404
