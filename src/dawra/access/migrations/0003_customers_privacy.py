"""Whoever ran the company's data before may hand out and erase what is known of a person."""

from typing import Any

from django.db import migrations

PERMISSION = "customers.privacy"


def allow(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("access", "Role").objects.filter(code__in=("operations", "administrator")):
        if PERMISSION not in role.permissions:
            role.permissions = sorted([*role.permissions, PERMISSION])
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("access", "0002_initial")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
