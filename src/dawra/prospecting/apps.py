from django.apps import AppConfig


class ProspectingConfig(AppConfig):
    name = "dawra.prospecting"
    label = "prospecting"

    def ready(self) -> None:
        from dawra.prospecting import privacy  # noqa: F401 - what is kept of a person
