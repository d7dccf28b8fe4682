from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "dawra.customers"
    label = "customers"

    def ready(self) -> None:
        from dawra.customers import undoing_activities  # noqa: F401
