from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "dawra.access"
    label = "access"
