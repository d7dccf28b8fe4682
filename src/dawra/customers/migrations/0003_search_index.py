"""The full-text index over SearchRow.folded: FTS5 kept by triggers, or GIN."""

from typing import Any

from django.db import migrations, transaction
from django.db.utils import DatabaseError

FTS5 = [
    "CREATE VIRTUAL TABLE customers_searchtext USING fts5(folded, content='customers_searchrow', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0', prefix='2 3')",
    "CREATE TRIGGER searchrow_added AFTER INSERT ON customers_searchrow BEGIN"
    " INSERT INTO customers_searchtext(rowid, folded) VALUES (new.id, new.folded); END",
    "CREATE TRIGGER searchrow_removed AFTER DELETE ON customers_searchrow BEGIN"
    " INSERT INTO customers_searchtext(customers_searchtext, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    "CREATE TRIGGER searchrow_changed AFTER UPDATE OF folded ON customers_searchrow BEGIN"
    " INSERT INTO customers_searchtext(customers_searchtext, rowid, folded) VALUES ('delete', old.id, old.folded);"
    " INSERT INTO customers_searchtext(rowid, folded) VALUES (new.id, new.folded); END",
]


def make(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        for statement in FTS5:
            schema_editor.execute(statement)
        return
    schema_editor.execute("CREATE INDEX search_words ON customers_searchrow USING gin (to_tsvector('simple', folded))")
    try:
        with transaction.atomic():
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            schema_editor.execute("CREATE INDEX search_parts ON customers_searchrow USING gin (folded gin_trgm_ops)")
    except DatabaseError:
        pass  # without the right to add the extension, words are found by their beginning only


def drop(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "sqlite":
        for name in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS searchrow_{name}")
        schema_editor.execute("DROP TABLE IF EXISTS customers_searchtext")
    else:
        schema_editor.execute("DROP INDEX IF EXISTS search_words")
        schema_editor.execute("DROP INDEX IF EXISTS search_parts")


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_initial")]
    operations = [migrations.RunPython(make, drop)]
