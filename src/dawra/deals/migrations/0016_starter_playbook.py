from django.db import migrations
from django.db.models.functions import Now


def write_for_those_who_sell_already(apps, schema_editor):
    """A new company gets its playbook when it is set up; one that was set up before gets it now, in its default pipeline.

    Only for stages nothing is written for. What deals have behind them stays as it is: a step is due from now on.
    """
    from dawra.deals.playbook_seeds import SEEDS

    versions, plays = apps.get_model("deals", "PipelineVersion"), apps.get_model("deals", "Play")
    of_default = versions.objects.filter(pipeline__is_default=True, published_at__isnull=False)
    drawn = of_default.order_by("number").last()
    if drawn is None:
        return
    there = set(plays.objects.filter(drawn__pipeline_id=drawn.pipeline_id).values_list("code", flat=True))
    stages = apps.get_model("deals", "Stage").objects.filter(version=drawn, type="open")
    wanted = set(stages.values_list("code", flat=True)) - there
    plays.objects.bulk_create(
        plays(drawn=drawn, code=seed.code, number=1, written_at=Now(), **seed.values())
        for seed in SEEDS
        if seed.code in wanted
    )


class Migration(migrations.Migration):
    dependencies = [("deals", "0015_largest_of_an_owner")]

    operations = [migrations.RunPython(write_for_those_who_sell_already, migrations.RunPython.noop)]
