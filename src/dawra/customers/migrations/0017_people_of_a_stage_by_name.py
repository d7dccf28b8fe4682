from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0016_saved_mappings"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True)),
                fields=["lifecycle", "folded", "id"],
                name="person_lifecycle_by_name",
            ),
        ),
        # Statistics that know the other indexes and not this one lead SQLite to sort what another index holds in order.
        migrations.RunSQL("ANALYZE customers_person", migrations.RunSQL.noop),
    ]
