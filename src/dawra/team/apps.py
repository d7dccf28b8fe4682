from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "dawra.team"
    label = "team"

    def ready(self) -> None:
        from dawra.team import directory, listeners, privacy, undoing  # noqa: F401 - open access's door, listen, reverse
