from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "dawra.deals"
    label = "deals"
