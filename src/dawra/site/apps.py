from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dawra.site"
    label = "site"
