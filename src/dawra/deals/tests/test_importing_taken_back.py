"""What an import overwrote or added comes back or goes: addresses, company, tags, deals, products, lines, members."""

import pytest

from dawra.access.actor import Actor
from dawra.customers.importing import cli_entry, since
from dawra.customers.importing.cli_entry import Told
from dawra.customers.importing.taking_back import TakingBack, begin_undo, undo_of
from dawra.customers.models import Affiliation, ContactPoint, Import, ImportRow, Person, Tagging
from dawra.deals.actions.closing import Close, win_deal
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, DealLine, Product, StageVisit
from dawra.team.models import Member
from tests.cast import NOW

FIRST = "id,Name,Email,Phone,Company,Tags\n1,Rania Aziz,old@zaytun.example,+966501234567,Zaytun,warm;expo\n"
SECOND = "id,Name,Email,Phone,Company,Tags\n1,Rania Aziz,new@zaytun.example,+966509999999,Nakheel,cold\n"
OVER = Told(on_match="overwrite")


@pytest.fixture
def boss(admin, actor):
    start_with_defaults(Actor.system("set-up", NOW))
    return actor(admin)


def bring(boss, tmp_path, told=None, **texts):
    paths = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return cli_entry.run(boss, paths, told=told)


def take_back(boss, report, **how):
    import_ = Import.objects.get(pk=report.import_id)
    begin_undo(boss, import_=import_, **how)
    assert TakingBack(boss, import_.pk).go()
    import_.refresh_from_db()
    return undo_of(import_)


def all_of(boss):
    rania = Person.objects.visible_to(boss).get(name="Rania Aziz")
    points = {p.normal for p in ContactPoint.objects.filter(person=rania)}
    main = Affiliation.objects.get(person=rania, is_primary=True, until_on=None).company.name
    return points, main, {t.tag.name for t in Tagging.objects.filter(record_id=rania.pk).select_related("tag")}


def test_overwriting_replaces_and_taking_back_returns(boss, tmp_path):
    bring(boss, tmp_path, people=FIRST)
    before = all_of(boss)
    (tmp_path / "again.csv").write_text(SECOND, encoding="utf-8")
    judged = cli_entry.dry_run(boss, [tmp_path / "again.csv"], told=OVER)
    changes = judged.files[0].examples["updated"][0].changes
    assert changes["email"] == ["old@zaytun.example", "new@zaytun.example"] and changes["company"][0] == "Zaytun"
    report = bring(boss, tmp_path, told=OVER, people=SECOND)
    assert all_of(boss) == ({"new@zaytun.example", "+966509999999"}, "Nakheel", {"cold"})
    assert report.files[0].updated == 1
    assert bring(boss, tmp_path, told=OVER, people=SECOND).files[0].unchanged == 1
    assert take_back(boss, report).left == 0
    assert all_of(boss) == before


DEALS = "Deal ID,Deal,Company,Value,Stage,Next step,Close date\n{}\n"
ONE, OTHER = "D1,Fleet,Zaytun,100,Demo,call,2026-12-20", "D1,Fleet,Zaytun,250,Demo,visit,2026-12-20"


def test_deals_follow_column_by_column_and_go_back(boss, tmp_path):
    bring(boss, tmp_path, deals=DEALS.format(ONE))
    skip = Told(plans={"deals.csv": {"columns": [{"header": "Value", "on_match": "skip"}]}})
    report = bring(boss, tmp_path, told=skip, deals=DEALS.format(OTHER))
    deal = Deal.objects.visible_to(boss).get()
    assert (deal.amount_minor, deal.next_step) == (10000, "visit")
    assert take_back(boss, report).undone == 1
    deal.refresh_from_db()
    assert deal.next_step == "call"
    deal.change(boss, {"next_step": "by hand"})
    usual = bring(boss, tmp_path, deals=DEALS.format(OTHER.replace("visit", "third")))
    deal.refresh_from_db()
    assert (deal.next_step, deal.amount_minor) == ("by hand", 10000) and usual.files[0].unchanged == 1
    bring(boss, tmp_path, told=OVER, deals=DEALS.format(OTHER.replace("visit", "fourth")))
    deal.refresh_from_db()
    assert (deal.next_step, deal.amount_minor) == ("fourth", 25000)
    none_new = bring(boss, tmp_path, told=Told(policy="update"), deals=DEALS.format("D2,New one,,1,Demo,,2026-12-20"))
    assert none_new.files[0].rejected == 1


def test_a_deal_an_import_moved_stands_again_where_it_stood(boss, tmp_path):
    bring(boss, tmp_path, deals=DEALS.format(ONE))
    before = Deal.objects.visible_to(boss).select_related("stage").get()
    won = bring(boss, tmp_path, deals=DEALS.format(ONE.replace("Demo", "Closed Won")))
    deal = Deal.objects.visible_to(boss).select_related("stage").get()
    assert (deal.state, StageVisit.objects.filter(deal=deal).count()) == ("won", 2) and deal.closed_at
    undone = take_back(boss, won)
    assert (undone.undone, undone.left) == (1, 0)
    back = Deal.objects.visible_to(boss).select_related("stage").get()
    for name in ("stage_id", "stage_since", "state", "closed_at", "reason_id", "probability_bp", "forecast_category"):
        assert getattr(back, name) == getattr(before, name), name
    assert [(v.stage_id, v.exited_at) for v in StageVisit.objects.filter(deal=deal)] == [(before.stage_id, None)]
    # Whoever moved it on in the meantime is not overruled.
    again = bring(boss, tmp_path, deals=DEALS.format(ONE.replace("Demo", "Objections")))
    deal.refresh_from_db()
    win_deal(boss, deal_id=deal.pk, close=Close("fit", override="Signed"))
    assert take_back(boss, again).left == 1
    deal.refresh_from_db()
    assert deal.state == "won"


def test_all_that_came_with_deals_goes_with_them(boss, tmp_path):
    was_here = bring(boss, tmp_path, deals=DEALS.format(ONE))
    report = bring(
        boss, tmp_path, users="User name,User email\nFaris New,faris@masar.example\nUnused One,unused@masar.example\n",
        products="Product,SKU,Price\nTracker,TR-1,199\n", deals=DEALS.format("D2,Second,,50,Closing,,2026-12-20").replace(
            "Deal ID,", "Owner,Deal ID,").replace("D2,", "Faris New,D2,"),
        lines="Deal ID,Product,Quantity\nD1,Tracker,2\nD2,Tracker,1\n",
        history="Deal ID,Stage,Entered at\nD1,Prospecting,2026-09-01\nD2,Prospecting,2026-09-01\n",
    )  # fmt: skip
    assert report.rejected == 0, report.rejected_rows
    first = Deal.objects.visible_to(boss).get(name="Fleet")
    assert DealLine.objects.filter(deal=first).count() == 1
    Deal.objects.visible_to(boss).get(name="Second").change(boss, {"next_step": "worked on"})
    count, edited = since.edited_since(boss, Import.objects.get(pk=report.import_id))
    assert (count, [(one.kind, one.name, one.url[:7]) for one in edited]) == (1, [("deal", "Second", "/deals/")])
    undo = take_back(boss, report, edited=True)
    assert not Deal.objects.visible_to(boss).filter(name="Second").exists()
    assert not DealLine.objects.filter(deal=first).exists()
    assert not Product.objects.filter(archived_at=None, code="TR-1").exists()
    assert not Member.objects.filter(name="Unused One").exists()
    # A deal in the bin is still theirs: whoever brings it back finds its owner.
    faris = Member.objects.get(name="Faris New")
    assert not faris.is_active and undo.counts["used"] == 1 and undo.left == 1
    assert [v.stage.code for v in StageVisit.objects.filter(deal=first).select_related("stage")] == ["demo"]
    assert undo.total == ImportRow.objects.filter(file__within=report.import_id).count()
    again = bring(boss, tmp_path, products="Product,SKU,Price\nTracker,TR-1,199\n")
    assert again.rejected == 0 and was_here.rejected == 0
