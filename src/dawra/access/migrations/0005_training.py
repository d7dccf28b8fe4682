"""Whoever leads people, and so gives records to others, may train them too."""

from typing import Any

from django.db import migrations


def allow(apps: Any, schema_editor: Any) -> None:
    for role in apps.get_model("access", "Role").objects.all():
        if "records.assign" in role.permissions and "team.train" not in role.permissions:
            role.permissions = sorted([*role.permissions, "team.train"])
            role.save(update_fields=["permissions"])


class Migration(migrations.Migration):
    dependencies = [("access", "0004_prospecting")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
