from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "dawra.site"
    label = "site"

    def ready(self) -> None:
        from dawra.site import privacy, resetting  # noqa: F401 - what is kept of a person; sends letters with a way to a new password
        from dawra.site.operation import jobs  # noqa: F401 - declares the nightly backup
        from dawra.site.sample import jobs as sample_jobs  # noqa: F401 - loads and removes the sample company
