from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "dawra.team"
    label = "team"

    def ready(self) -> None:
        from dawra.team import (  # noqa: F401 - open access's door, listen, reverse
            directory,
            listeners,
            privacy,
            undoing,
            undoing_training,
        )
        from dawra.team.actions.training import load_starter_training
        from dawra.team.steps import SETUP_STEPS

        SETUP_STEPS.append(load_starter_training)
