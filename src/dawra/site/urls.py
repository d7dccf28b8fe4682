"""Every address of the house."""

from django.urls import include, path

from dawra.site.api.root import api
from dawra.site.views import backups, calendar, day, first_run, health, quick, sample, search, settings_pages

# Addresses named site:…
of_site = [
    path("setup/", first_run.set_up, name="setup"),
    path("setup/next/", first_run.choose, name="setup_next"),
    path("settings/", settings_pages.index, name="settings"),
    path("settings/company/", settings_pages.workspace, name="workspace"),
    path("settings/language/", settings_pages.language, name="language"),
    path("settings/look/", settings_pages.look, name="look"),
    path("settings/backups/", backups.backups, name="operation"),
    path("settings/backups/take", backups.take_backup, name="take_backup"),
    path("settings/backups/everything", backups.take_everything, name="take_everything"),
    path("settings/backups/everything/<slug:name>.tar", backups.everything, name="everything"),
    path("settings/backups/everything/<slug:name>.tar/remove", backups.remove_everything, name="remove_everything"),
    path("settings/calendar/", calendar.settings, name="calendar"),
    path("calendar/<str:key>.ics", calendar.calendar, name="calendar_feed"),
    path("settings/sample/", sample.sample, name="sample"),
    path("settings/sample/remove", sample.remove_sample, name="sample_remove"),
]
handler400 = "dawra.site.views.faults.unread"
handler403 = "dawra.site.views.faults.refused"
handler404 = "dawra.site.views.faults.nothing_here"
handler500 = "dawra.site.views.faults.broken"

urlpatterns = [
    path("api/v1/", api.urls),  # asked most often, so looked for first
    path("", include((of_site, "site"))),
    path("", include("dawra.team.urls")),
    path("", include("dawra.access.urls")),
    path("", include("dawra.journal.urls")),
    path("", day.day, name="day"),
    path("day/snooze/", day.snooze, name="day-snooze"),
    path("day/wake/", day.wake, name="day-wake"),
    path("day/seen/<int:notification_id>/", day.seen, name="day-seen"),
    path("day/next-step/<uuid:deal_id>/", day.next_step, name="day-next-step"),
    path("search/", search.search, name="search"),
    path("search/palette/", search.palette, name="palette"),
    path("search/pick/", search.pick, name="pick"),
    path("quick/<slug:what>/", quick.quick, name="quick"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("dawra.site.urls_signin")),
    path("", include("dawra.customers.urls")),
    path("", include("dawra.prospecting.urls")),
    path("", include("dawra.deals.urls")),
]
