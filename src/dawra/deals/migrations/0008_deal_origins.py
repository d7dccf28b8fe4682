import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deals", "0007_stalled_deals_in_sums"),
        ("prospecting", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DealOrigin",
            fields=[
                (
                    "lead",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="origin",
                        serialize=False,
                        to="prospecting.lead",
                    ),
                ),
                ("opened", models.BooleanField(default=False)),
                (
                    "deal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="origins", to="deals.deal"
                    ),
                ),
            ],
        ),
    ]
