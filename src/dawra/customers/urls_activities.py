"""Addresses of timelines, activities and files, of whatever record."""

from django.urls import path

from dawra.customers.views import activities, files, timeline

urlpatterns = [
    path("records/<slug:kind>/<uuid:record_id>/timeline/", timeline.timeline, name="timeline"),
    path("records/<slug:kind>/<uuid:record_id>/files/", files.add, name="add-file"),
    path("records/<slug:kind>/<uuid:record_id>/add/<slug:what>/", timeline.compose, name="compose"),
    path("activities/mentionable/", activities.mentionable, name="mentionable"),
    path("activities/<uuid:activity_id>/", activities.activity, name="activity"),
    path("activities/<uuid:activity_id>/finish/", activities.finish, name="finish-activity"),
    path("activities/<uuid:activity_id>/reopen/", activities.reopen, name="reopen-activity"),
    path("activities/<uuid:activity_id>/snooze/", activities.snooze, name="snooze-activity"),
    path("activities/<uuid:activity_id>/assign/", activities.assign, name="assign-activity"),
    path("activities/<uuid:activity_id>/delete/", activities.delete, name="delete-activity"),
    path("activities/<uuid:activity_id>/restore/", activities.restore, name="restore-activity"),
    path("files/<uuid:file_id>/", files.download, name="file"),
    path("files/<uuid:file_id>/remove/", files.remove, name="remove-file"),
    path("files/<uuid:file_id>/restore/", files.restore, name="restore-file"),
]
