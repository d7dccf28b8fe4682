from dataclasses import asdict

from django.db import migrations
from django.db.models.functions import Now

HEADS = ("name", "name_ar", "about", "about_ar")


def load_for_those_who_sell_already(apps, schema_editor):
    """A new company gets its frameworks when it is set up; one that was set up before gets them now.

    None is chosen: by what its deals are qualified a company decides itself.
    """
    from dawra.deals.framework_seeds import STARTERS

    frameworks = apps.get_model("deals", "Framework")
    if not apps.get_model("deals", "Pipeline").objects.exists() or frameworks.objects.exists():
        return
    for seed in STARTERS:
        drawn = {name: getattr(seed, name) for name in HEADS}
        drawn["criteria"] = [{**asdict(one), "since": 1} for one in seed.criteria]
        made = frameworks.objects.create(is_starter=True, created_at=Now(), **drawn)
        apps.get_model("deals", "FrameworkVersion").objects.create(framework=made, number=1, written_at=Now(), **drawn)


class Migration(migrations.Migration):
    dependencies = [("deals", "0016_starter_playbook")]

    operations = [migrations.RunPython(load_for_those_who_sell_already, migrations.RunPython.noop)]
