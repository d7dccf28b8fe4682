"""A plain table of deals, activities, products, stage history or users comes in by itself, in either language."""

import pytest

from dawra.access.actor import Actor
from dawra.customers.importing import cli_entry, looking, starting
from dawra.customers.importing.cli_entry import Told
from dawra.customers.models import Activity, ActivityLink, Import, Person
from dawra.deals.actions.starting import start_with_defaults
from dawra.deals.models import Deal, DealLine, DealPerson, Product, StageVisit
from dawra.team.models import Member
from tests.cast import NOW

DEALS = (
    "Deal,Company,Contact email,Value,Stage,Close date,Owner\n"
    "Zaytun fleet,Zaytun,rania@zaytun.example,\"12,500.50\",Demo,2026-12-20,Sana Khoury\n"
    "Nakheel tyres,نخيل,nobody@nakheel.example,٤٠٠٠,Won,2026-10-02,Faris New\n"
)  # fmt: skip
ARABIC = "الصفقة,الشركة,القيمة,المرحلة,تاريخ الإغلاق المتوقع\nأسطول الزيتون,Zaytun,١٢٠٠٠,الإغلاق,2026-12-25\n"
PRODUCTS = "Product,SKU,Category,Price\nTracker,TR-1,Hardware,199.00\nتتبع شهري,TR-2,Plan,15\n"
LINES = "Deal ID,Product,Quantity,Unit price\nD7,Tracker,3,199\n"
WITH_ID = "Deal ID,Deal name,Company,Amount,Stage,Close date\nD7,Lines deal,Zaytun,597,Demo,2026-12-30\n"
HISTORY = "Deal,Stage,Entered at\nZaytun fleet,Prospecting,2026-09-01\nZaytun fleet,First contact,2026-09-10\n"
ACTS = (
    "Subject,Type,Date,Contact email,Company,Deal,Notes\n"
    "Price call,Call,2026-10-01 10:00,rania@zaytun.example,,Zaytun fleet,wants 10 %\n"
    "زيارة,اجتماع,2026-10-03 09:00,,Zaytun,,\n"
)
PEOPLE = "Name,Email,Company\nRania Aziz,rania@zaytun.example,Zaytun\n"
USERS = "User name,User email\nFaris New,faris@masar.example\n"


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


def outcome(report):
    return {file.name: (file.what, file.created, file.rejected) for file in report.files}


def test_plain_tables_come_in_by_themselves_and_find_each_other(boss, sana, tmp_path):
    report = bring(boss, tmp_path, acts=ACTS, deals=DEALS, history=HISTORY, people=PEOPLE, products=PRODUCTS)
    assert outcome(report) == {
        "people.csv": ("People", 1, 0), "products.csv": ("Products", 2, 0), "deals.csv": ("Deals", 2, 0),
        "history.csv": ("Stage history", 2, 0), "acts.csv": ("Activities", 2, 0),
    }, report.rejected_rows  # fmt: skip
    fleet = Deal.objects.visible_to(boss).get(name="Zaytun fleet")
    assert (fleet.amount_minor, fleet.stage.code, str(fleet.company), fleet.owner_id) == (
        1250050, "demo", "Zaytun", sana.pk,
    )  # fmt: skip
    assert [p.person.name for p in DealPerson.objects.filter(deal=fleet).select_related("person")] == ["Rania Aziz"]
    assert [v.stage.code for v in StageVisit.objects.filter(deal=fleet).select_related("stage").order_by("entered_at")] == [
        "prospecting", "first_contact", "demo",
    ]  # fmt: skip
    call = Activity.objects.visible_to(boss).get(title="Price call")
    kinds = set(ActivityLink.objects.filter(activity=call).values_list("record_kind", flat=True))
    assert (call.what, kinds) == ("call", {"person", "deal"})
    assert Product.objects.get(code="TR-1").price_minor == 19900


def test_an_arabic_table_of_deals_is_one(boss, tmp_path):
    report = bring(boss, tmp_path, told=Told(guess=True), صفقات=ARABIC)
    assert outcome(report) == {"صفقات.csv": ("Deals", 1, 0)}, report.rejected_rows
    deal = Deal.objects.visible_to(boss).get()
    assert (deal.amount_minor, deal.stage.code) == (1200000, "closing")


def test_who_came_first_is_joined_by_who_comes_later(boss, tmp_path):
    bring(boss, tmp_path, deals=DEALS + WITH_ID.replace("Deal ID,Deal name,Company,Amount,Stage,Close date\n", "")[:0])
    fleet = Deal.objects.visible_to(boss).get(name="Zaytun fleet")
    assert fleet.company is None and not DealPerson.objects.filter(deal=fleet).exists()
    bring(boss, tmp_path, people=PEOPLE, firms="Company,Website,Industry\nZaytun,zaytun.example,Health\n")
    fleet.refresh_from_db()
    assert str(fleet.company) == "Zaytun" and DealPerson.objects.filter(deal=fleet).count() == 1
    bring(boss, tmp_path, ids=WITH_ID, lines=LINES)
    assert DealLine.objects.get().deal.name == "Lines deal"


def test_an_owner_who_comes_later_gets_what_was_theirs(boss, tmp_path):
    report = bring(
        boss,
        tmp_path,
        deals=DEALS,
        people=PEOPLE.replace("Company", "Company,Owner").replace("tun\n", "tun,Faris@masar.example\n"),
    )
    assert any("nobody's until" in note.text for file in report.files for note in file.notes)
    tyres = Deal.objects.visible_to(boss).get(name="Nakheel tyres")
    assert tyres.owner is None
    bring(boss, tmp_path, users=USERS)
    faris = Member.objects.get(name="Faris New")
    tyres.refresh_from_db()
    assert (tyres.owner_id, tyres.version) == (faris.pk, 1)
    assert Person.objects.visible_to(boss).get().owner_id == faris.pk


SALESFORCE = (
    "Id,AccountId,LastName,FirstName,Email,MailingCity\n"
    "0035e00000B1b2CAAR,,Aziz,Rania,rania@zaytun.example,Riyadh\n"
)  # fmt: skip


def test_files_of_several_systems_come_in_together(boss, tmp_path):
    report = bring(boss, tmp_path, contacts=SALESFORCE, deals=DEALS)
    assert outcome(report) == {"contacts.csv": ("People", 1, 0), "deals.csv": ("Deals", 2, 0)}
    assert "Salesforce" in report.recognised and "," in report.recognised
    row = Import.objects.get()
    assert [looking.system_of(file) for file in row.files.order_by("position")] == ["salesforce", "simple"]
    fleet = Deal.objects.visible_to(boss).get(name="Zaytun fleet")
    assert DealPerson.objects.get(deal=fleet).person.name == "Rania Aziz"


def test_people_and_companies_are_still_what_they_were(boss, tmp_path):
    def what(headers):
        path = tmp_path / "x.csv"
        path.write_text(headers + "\n" + ",".join("x" for _ in headers.split(",")) + "\n", encoding="utf-8")
        match = starting.look(starting.Source(path, "x.csv")).match
        return f"{match.format.code}/{match.part.code}" if match else ""

    assert what("Name,Email,Phone,Company,Owner") == "simple/people"
    assert what("الاسم,البريد,الشركة,المرحلة") == "simple/people"
    assert what("Company,Website,Industry") == "simple/companies"
    assert what("Name,Company,Title,Notes") == "simple/people"
    assert what("Table,Field,Description") == ""
