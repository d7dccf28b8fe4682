"""A company that is set up already finds the reasons and rules that a new one begins with."""

from typing import Any

from django.db import migrations

from dawra.prospecting import seeds


def start(apps: Any, schema_editor: Any) -> None:
    if not apps.get_model("team", "Workspace").objects.exists():
        return
    reasons, rules = (apps.get_model("prospecting", name).objects for name in ("RejectReason", "Rule"))
    for position, (code, name, name_ar) in enumerate(seeds.REASONS):
        reasons.get_or_create(code=code, defaults={"name": name, "name_ar": name_ar, "position": position})
    if not rules.exists():
        for position, (name, name_ar, strategy) in enumerate(seeds.RULES):
            rules.create(name=name, name_ar=name_ar, strategy=strategy, position=position, is_active=True)


class Migration(migrations.Migration):
    dependencies = [
        ("prospecting", "0002_fit_and_research"),
        ("team", "0003_snooze"),
    ]
    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
