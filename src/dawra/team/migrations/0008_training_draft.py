from django.db import migrations, models


def publish(apps, schema_editor):
    """Whatever was written before there were drafts is read by learners already."""
    apps.get_model("team", "TrainingPath").objects.update(published_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0007_reasons_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="trainingpath",
            name="draft",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="trainingpath",
            name="published_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(publish, migrations.RunPython.noop, elidable=True),
    ]
