from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0006_deals_by_day"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="deal", name="deal_board_sums"),
        migrations.AddIndex(
            model_name="deal",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True)),
                fields=["stage", "state", "currency", "owner", "base_minor", "weighted_minor", "id", "stalls_on"],
                name="deal_board_sums",
            ),
        ),
        migrations.RunSQL("ANALYZE deals_deal", migrations.RunSQL.noop),
    ]
