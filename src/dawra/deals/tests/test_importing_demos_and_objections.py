"""Demos and objections of a file stand in their deals at their own times, once, and go again when it is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dawra.access.actor import Actor
from dawra.customers.importing import cli_entry
from dawra.customers.importing.cli_entry import Told
from dawra.customers.importing.taking_back import TakingBack, begin_undo, undo_of
from dawra.customers.models import Activity, Import, ImportRow
from dawra.deals.actions.objecting import edit_objection
from dawra.deals.actions.people import set_person
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Answer, AnswerVersion, Deal, Demo, Objection, Reply
from dawra.deals.models.demo import HELD, NO_SHOW, PLANNED
from dawra.journal.models import Entry
from tests.cast import NOW

DEALS = "Deal ID,Deal,Value,Stage\nD1,Zaytun fleet,100,Demo\nD2,Nakheel tyres,200,Demo\n"
SAID = (
    "Objection id,Deal ID,Deal,Category,Objection,Raised at,Answer,Accepted\n"
    "O1,D1,,Price,Your price is above the other offer,2026-10-01 10:00,Cost of doing nothing,yes\n"
    "O2,D1,,السعر,السعر أعلى من ميزانيتنا,2026-10-05,نقسط المبلغ,لا\n"
    "O3,,Nakheel tyres,Trust,Who else uses it?,2026-10-07,,\n"
    "O4,D9,,Price,Whose deal is this?,2026-10-07,,\n"
)
SHOWN = (
    "Demo id,Deal,Demo date,Demo type,Demo status,Features shown,Pains promised,Gaps,Attendees,Next step\n"
    "S1,Zaytun fleet,2026-10-02 09:30,On site,Held,Live map: liked; Alerts (شكّوا فيه); Reports,Late trucks,"
    "Offline map,Huda Amin; Nobody Known,Send the offer\n"
    "S2,Zaytun fleet,2026-10-12 09:30,Online,Nobody came,Live map,,,,\n"
    "S3,Nakheel tyres,{coming},Online,,Live map,,,,\n"
    "S4,Nakheel tyres,{coming},Online,Held,Live map,,,,\n"
    "S5,Nakheel tyres,,Online,Held,Live map,,,,\n"
)


@pytest.fixture
def boss(admin, actor):
    start_with_defaults(Actor.system("set-up", NOW))
    return actor(admin)


def files(tmp_path, **texts):
    paths = []
    for name, text in texts.items():
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def bring(boss, tmp_path, told=None, **texts):
    return cli_entry.run(boss, files(tmp_path, **texts), told=told)


def shown(after=5):
    return SHOWN.replace("{coming}", f"{NOW + timedelta(days=after):%Y-%m-%d} 10:00")


def counts(report, name):
    file = next(one for one in report.files if one.name == name)
    return getattr(file, "what", ""), file.created, file.unchanged, file.rejected


def take_back(boss, report):
    import_ = Import.objects.get(pk=report.import_id)
    begin_undo(boss, import_=import_)
    assert TakingBack(boss, import_.pk).go()
    import_.refresh_from_db()
    return undo_of(import_)


def importer(signer, boss):
    """Whoever may import, and sees no more than before."""
    return replace(signer, permissions=boss.permissions)


def fleet():
    return Deal._base_manager.get(name="Zaytun fleet")


def test_objections_stand_in_their_deals_at_their_time_with_what_was_answered(boss, tmp_path):
    names = AnswerVersion.objects.filter(answer__category="price").exclude(name="").values_list("name", flat=True)
    name = next(one for one in names if "," not in one)  # the file quotes nothing
    text = SAID.replace("Cost of doing nothing", name)
    judged = cli_entry.dry_run(boss, files(tmp_path, deals=DEALS, said=text), told=Told())
    assert counts(judged, "said.csv")[1:] == (3, 0, 1) and not Objection._base_manager.exists()
    report = bring(boss, tmp_path, deals=DEALS, said=text)
    assert counts(report, "said.csv") == ("Objections", 3, 0, 1)
    says = ImportRow.objects.get(outcome="rejected").says
    assert [one["code"] for one in says] == ["unknown_deal"] and says[0]["value"] == "D9"
    first, second, third = Objection.objects.visible_to(boss).order_by("raised_at")
    assert (first.category, second.category, third.category) == ("price", "price", "trust")
    assert (f"{first.raised_at:%Y-%m-%d}", second.words) == ("2026-10-01", "السعر أعلى من ميزانيتنا")
    assert (first.settled_at, second.settled_at, third.deal.name) == (first.raised_at, None, "Nakheel tyres")
    used, in_words = Reply.objects.order_by("given_at")
    assert (used.answer.category, used.accepted, used.words) == ("price", True, "")
    assert (in_words.answer, in_words.accepted, in_words.words) == (None, False, "نقسط المبلغ")
    assert Answer.objects.get(pk=used.answer_id).accepted == 1
    assert fleet().open_objections == 1
    entry = Entry.objects.filter(kind="deals.objection_logged.1").order_by("happened_at").first()
    assert (entry.happened_at, entry.via) == (first.raised_at, boss.via if boss.via == "import" else entry.via)
    again = bring(boss, tmp_path, said=text)
    assert counts(again, "said.csv")[1:] == (0, 3, 1), "the same file brings nothing twice"
    assert take_back(boss, report).left == 0
    assert not Objection.objects.visible_to(boss).exists()
    assert Answer.objects.get(pk=used.answer_id).accepted == 0
    assert counts(bring(boss, tmp_path, deals=DEALS, said=text), "said.csv")[1:] == (3, 0, 1), "and can come again"


def test_what_the_file_says_anew_follows_unless_somebody_edited_it_here(boss, tmp_path):
    bring(boss, tmp_path, deals=DEALS, said=SAID)
    first = Objection.objects.visible_to(boss).get(words__startswith="Your price")
    third = Objection.objects.visible_to(boss).get(category="trust")
    edit_objection(boss, objection_id=third.pk, values={"words": "Who uses it in our trade?"})
    anew = SAID.replace("above the other offer", "too high").replace("Who else uses it?", "Who?")
    report = bring(boss, tmp_path, said=anew)
    file = report.files[0]
    assert (file.updated, file.unchanged, file.rejected) == (1, 2, 1)
    first.refresh_from_db(), third.refresh_from_db()
    assert (first.words, third.words) == ("Your price is too high", "Who uses it in our trade?")
    take_back(boss, report)
    first.refresh_from_db()
    assert first.words == "Your price is above the other offer"


def test_demos_stand_with_what_was_shown_and_one_to_come_is_a_meeting(boss, person, tmp_path):
    bring(boss, tmp_path, deals=DEALS)
    huda = person(None)
    set_person(boss, deal_id=fleet().pk, person_id=huda.pk, role="champion")
    judged = cli_entry.dry_run(boss, files(tmp_path, shown=shown()), told=Told())
    assert counts(judged, "shown.csv")[1:] == (3, 0, 2) and not Demo._base_manager.exists()
    report = bring(boss, tmp_path, shown=shown())
    assert counts(report, "shown.csv") == ("Demos", 3, 0, 2)
    codes = {row.line: row.says[-1]["code"] for row in ImportRow.objects.filter(outcome="rejected")}
    assert codes == {5: "still_to_come", 6: "missing"}
    held, missed, coming = Demo.objects.visible_to(boss).order_by("starts_at")
    assert (held.state, missed.state, coming.state) == (HELD, NO_SHOW, PLANNED)
    assert (held.type, held.pains, held.gaps, held.next_step) == (
        "on_site", ["Late trucks"], ["Offline map"], "Send the offer",
    )  # fmt: skip
    assert [(i.name, i.shown, i.reaction) for i in held.items.order_by("position")] == [
        ("Live map", True, "liked"), ("Alerts", True, "doubted"), ("Reports", True, ""),
    ]  # fmt: skip
    assert [(one.person_id, one.role, one.came) for one in held.people.all()] == [(huda.pk, "champion", True)]
    assert "“Nobody Known” takes no part in the deal" in str(report.files[0].notes)
    assert fleet().last_activity_at == held.starts_at
    meeting = Activity.objects.visible_to(boss).get(what="meeting")
    assert (meeting.due_at, meeting.pk) == (coming.starts_at, coming.activity_id)
    assert counts(bring(boss, tmp_path, shown=shown()), "shown.csv")[1:] == (0, 3, 2)
    assert take_back(boss, report).left == 0
    assert not Demo.objects.visible_to(boss).exists() and not Activity.objects.visible_to(boss).exists()
    assert Entry.objects.filter(kind="deals.demo_removed.1").count() == 3


def test_a_name_that_several_deals_have_and_a_deal_one_may_not_see_are_refused(
    boss, admin, sana, deal, actor, tmp_path
):
    deal(sana, "Zaytun fleet"), deal(sana, "Zaytun fleet")
    hers = deal(sana, "Hers alone")
    arabic = (
        "الصفقة,نوع الاعتراض,الاعتراض,تاريخ الاعتراض\n"
        f"{hers.name},الثقة,من غيرنا يستخدمه؟,2026-10-07\nZaytun fleet,السعر,غالٍ,2026-10-08\n"
    )
    report = bring(importer(actor(sana), boss), tmp_path, told=Told(guess=True), said=arabic)
    assert (report.files[0].created, report.files[0].rejected) == (1, 1), report.rejected_rows
    assert ImportRow.objects.get(outcome="rejected").says[-1]["code"] == "several_deals"
    row = Objection.objects.visible_to(boss).get()
    assert (row.deal_id, row.words, f"{row.raised_at:%Y-%m-%d}") == (hers.pk, "من غيرنا يستخدمه؟", "2026-10-07")


def test_a_stranger_brings_nothing_into_deals_they_may_not_see(boss, zayn, sana, deal, actor, tmp_path):
    hers = deal(sana, "Hers alone")
    text = f"Deal,Objection category,Objection,Raised at\n{hers.name},Price,Too dear,2026-10-07\n"
    report = bring(importer(actor(zayn), boss), tmp_path, said=text)
    assert (report.files[0].created, report.files[0].rejected) == (0, 1)
    assert not Objection._base_manager.exists()
