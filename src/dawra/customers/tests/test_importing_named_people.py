"""A custom field that names a person may hold an e-mail: of somebody the importer may see, never a hint of others."""

from dawra.customers.importing import cli_entry
from dawra.customers.models import FieldDef, Person

PEOPLE = "name,email,owner,Referred by\nRania,rania@a.example,Sana Khoury,\nSecret,secret@a.example,Lina Mansour,\n"
LATER = """name,email,owner,Referred by
Karim,karim@a.example,,Rania <RANIA@a.example>
Huda,huda@a.example,,secret@a.example
Ali,ali@a.example,,nobody@a.example
"""


def test_a_person_is_named_by_email_if_the_importer_may_see_them(tmp_path, admin, omar, actor):
    FieldDef.objects.create(record_kind="person", key="by", type="person", name="Referred by")
    (tmp_path / "one.csv").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "two.csv").write_text(LATER, encoding="utf-8")
    cli_entry.run(actor(admin), [tmp_path / "one.csv"])
    report = cli_entry.run(actor(omar), [tmp_path / "two.csv"])
    rania = Person.objects.visible_to(actor(admin)).get(name="Rania")
    assert Person.objects.visible_to(actor(admin)).get(name="Karim").custom == {"by": str(rania.pk)}
    assert [(row.line, row.column) for row in report.rejected_rows] == [(3, "Referred by"), (4, "Referred by")]
    reasons = {row.reason.replace("secret", "nobody") for row in report.rejected_rows}
    assert len(reasons) == 1, "somebody else's person and nobody at all are told alike"
