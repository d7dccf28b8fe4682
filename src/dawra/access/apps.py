from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "dawra.access"
    label = "access"

    def ready(self) -> None:
        from dawra.access import privacy  # noqa: F401 - what is kept of a person
