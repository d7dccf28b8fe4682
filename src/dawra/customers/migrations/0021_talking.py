"""Outcomes of calls and meetings become the company's own list, begun with the usual ones, for every installation."""

from typing import Any

from django.db import migrations, models

import dawra.access.ids

USUAL = (
    ("call", "reached", "Reached", "تم الوصول", True, False),
    ("call", "agreed", "Agreed on a next step", "اتُّفق على خطوة تالية", True, True),
    ("call", "call_back", "Asked to be called back", "طلب معاودة الاتصال", True, False),
    ("call", "not_interested", "Not interested", "غير مهتم", True, False),
    ("call", "left_message", "Left a message", "تُركت رسالة", False, False),
    ("call", "no_answer", "No answer", "لا رد", False, False),
    ("call", "wrong_number", "Wrong number", "رقم خاطئ", False, False),
    ("meeting", "held", "Held", "انعقد", True, True),
    ("meeting", "no_show", "Nobody came", "لم يحضر أحد", False, False),
    ("meeting", "moved", "Moved to another time", "أُجِّل إلى موعد آخر", False, False),
    ("meeting", "cancelled", "Called off", "أُلغي", False, False),
)


def begin(apps: Any, schema_editor: Any) -> None:
    kept = apps.get_model("customers", "TalkOutcome").objects
    for position, (what, code, name, name_ar, reached, is_answer) in enumerate(USUAL):
        values = {
            "name": name, "name_ar": name_ar, "reached": reached, "is_answer": is_answer, "position": position,
        }  # fmt: skip
        kept.get_or_create(what=what, code=code, defaults=values)


class Migration(migrations.Migration):
    dependencies = [("customers", "0020_letters")]
    operations = [
        migrations.CreateModel(
            name="TalkRules",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("outcome_required", models.BooleanField(default=True)),
                ("next_step_required", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_talk_rules")],
            },
        ),
        migrations.CreateModel(
            name="TalkOutcome",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=dawra.access.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "what",
                    models.CharField(choices=[("call", "call"), ("meeting", "meeting")], max_length=8),
                ),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                ("name_ar", models.CharField(blank=True, max_length=80)),
                ("reached", models.BooleanField(default=True)),
                ("is_answer", models.BooleanField(default=False)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("what", "code"), name="talk_outcome_once")],
            },
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
