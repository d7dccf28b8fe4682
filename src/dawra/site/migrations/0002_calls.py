from django.db import migrations

TABLE = (
    "CREATE UNLOGGED TABLE IF NOT EXISTS site_calls (whom text PRIMARY KEY, room double precision NOT NULL,"
    " seen double precision NOT NULL, got int NOT NULL)"
)


def make(apps, editor):
    """PostgreSQL counts the calls of programs in a table that nothing waits for; SQLite in a file (api/rates.py)."""
    if editor.connection.vendor == "postgresql":
        editor.execute(TABLE)


def drop(apps, editor):
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP TABLE IF EXISTS site_calls")


class Migration(migrations.Migration):
    dependencies = [("site", "0001_sample")]
    operations = [migrations.RunPython(make, drop)]
