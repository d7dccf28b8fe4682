"""What stands beside a search hit's title is kept in Arabic too, so that each reader sees a company's name in their language.

On SQLite Django would copy the table and lose the triggers that keep the index; adding a column needs neither.
"""

from typing import Any

from django.db import migrations, models


def again(apps: Any, schema_editor: Any) -> None:
    """Rows that were there are read again in the background."""
    if not apps.get_model("customers", "SearchRow").objects.exists():
        return
    from dawra.journal import jobs

    for kind in ("person", "deal"):
        jobs.enqueue("customers.refind", kind=kind)


class Migration(migrations.Migration):
    dependencies = [("customers", "0011_person_erased_at")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE customers_searchrow ADD COLUMN detail_ar varchar(420) NOT NULL DEFAULT ''",
                    "ALTER TABLE customers_searchrow DROP COLUMN detail_ar",
                )
            ],
            state_operations=[
                migrations.AddField("searchrow", "detail_ar", models.CharField(blank=True, max_length=420, default="")),
                migrations.AlterField("searchrow", "detail_ar", models.CharField(blank=True, max_length=420)),
            ],
        ),
        migrations.RunPython(again, migrations.RunPython.noop),
    ]
