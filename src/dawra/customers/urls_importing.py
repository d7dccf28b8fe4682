"""Addresses of the import, under /import/."""

from django.urls import path

from dawra.customers.views import importing

urlpatterns = [
    path("import/", importing.import_, name="import"),
    path("import/<uuid:import_id>/", importing.import_one, name="import_one"),
    path("import/<uuid:import_id>/start", importing.import_start, name="import_start"),
    path("import/<uuid:import_id>/stop", importing.import_stop, name="import_stop"),
    path("import/<uuid:import_id>/rejected/<uuid:file_id>.csv", importing.import_rejected, name="import_rejected"),
]
