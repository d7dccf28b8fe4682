from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "dawra.journal"
    label = "journal"

    def ready(self) -> None:
        from dawra.journal import catalogue, door, privacy, worker  # noqa: F401 - opens access's door, declares the jobs

        for module in iter_modules(catalogue.__path__):
            import_module(f"{catalogue.__name__}.{module.name}")
