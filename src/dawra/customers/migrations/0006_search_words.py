"""PostgreSQL keeps a row's words as a column of their own.

Asked for by an expression, the words of every row that is looked at were taken apart again, which cost more than the
search itself. SQLite's FTS5 keeps its own copy and is left alone. fastupdate is off: a search would read the list of
what has not been sorted in yet.
"""

from typing import Any

from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS search_words")
    schema_editor.execute(
        "ALTER TABLE customers_searchrow ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', folded)) STORED"
    )
    schema_editor.execute("CREATE INDEX search_words ON customers_searchrow USING gin (words) WITH (fastupdate = off)")


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("DROP INDEX IF EXISTS search_words")
    schema_editor.execute("ALTER TABLE customers_searchrow DROP COLUMN words")
    schema_editor.execute("CREATE INDEX search_words ON customers_searchrow USING gin (to_tsvector('simple', folded))")


class Migration(migrations.Migration):
    dependencies = [("customers", "0005_bulk_runs")]
    operations = [migrations.RunPython(make, drop)]
