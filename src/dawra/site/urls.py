"""Every address of the house."""

from django.urls import include, path

from dawra.site.api.root import api
from dawra.site.views import backups, health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", api.urls),
    path("settings/backups/", backups.backups, name="backups"),
    path("settings/backups/take", backups.take_backup, name="take_backup"),
    path("accounts/", include("allauth.urls")),
    path("", include("dawra.customers.urls")),
]
