from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dawra.site"
    label = "site"

    def ready(self) -> None:
        from dawra.site.operation import jobs  # noqa: F401 - declares the nightly backup
