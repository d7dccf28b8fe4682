from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "dawra.deals"
    label = "deals"

    def ready(self) -> None:
        from dawra.deals import undoing  # noqa: F401 - names how each act is taken back
        from dawra.deals.importing import registering  # noqa: F401 - products and deals can be imported
