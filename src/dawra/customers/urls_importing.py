"""Addresses of the import, under /import/."""

from django.urls import path

from dawra.customers.views import import_columns, import_rows, importing

ONE = "import/<uuid:import_id>/"

urlpatterns = [
    path("import/", importing.import_, name="import"),
    path("import/mappings/<uuid:mapping_id>/forget", importing.import_forget, name="import_forget"),
    path(ONE, importing.import_one, name="import_one"),
    path(f"{ONE}files/<uuid:file_id>/read", importing.import_read, name="import_read"),
    path(f"{ONE}columns/", import_columns.import_mapping, name="import_mapping"),
    path(f"{ONE}columns/<uuid:file_id>/", import_columns.import_columns, name="import_columns"),
    path(f"{ONE}check/", import_columns.import_check, name="import_check"),
    path(f"{ONE}start", importing.import_start, name="import_start"),
    path(f"{ONE}pause", importing.import_pause, name="import_pause"),
    path(f"{ONE}stop", importing.import_stop, name="import_stop"),
    path(f"{ONE}rows/<int:row_id>/", import_rows.import_row, name="import_row"),
    path(f"{ONE}rows/<int:row_id>/fix", import_rows.import_fix, name="import_fix"),
    path(f"{ONE}rows/<int:row_id>/skip", import_rows.import_skip, name="import_skip"),
    path(f"{ONE}alike/<uuid:file_id>", import_rows.import_alike, name="import_alike"),
    path(f"{ONE}undo/", import_rows.import_undo, name="import_undo"),
    path(f"{ONE}rejected/<uuid:file_id>.csv", importing.import_rejected, name="import_rejected"),
]
