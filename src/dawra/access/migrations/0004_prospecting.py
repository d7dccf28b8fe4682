"""Whoever worked with people and designed pipelines before may do the same with leads."""

from typing import Any

from django.db import migrations

# Whoever may the first may the second too.
FOLLOWS = (
    ("customers.read", "prospecting.read"),
    ("customers.work", "prospecting.work"),
    ("deals.pipelines", "prospecting.manage"),
)


def allow(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("access", "Role").objects.all():
        added = {new for old, new in FOLLOWS if old in role.permissions} - set(role.permissions)
        if added:
            role.permissions = sorted([*role.permissions, *added])
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("access", "0003_customers_privacy")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
