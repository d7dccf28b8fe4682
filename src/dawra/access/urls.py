"""Addresses of access."""

from django.urls import path

from dawra.access.views import roles, sharing, tokens

app_name = "access"
urlpatterns = [
    path("settings/roles/", roles.roles, name="roles"),
    path("settings/roles/add/", roles.add, name="add_role"),
    path("settings/roles/<uuid:role_id>/", roles.change, name="change_role"),
    path("settings/roles/<uuid:role_id>/remove/", roles.remove, name="remove_role"),
    path("settings/tokens/", tokens.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", tokens.revoke, name="revoke_token"),
    path("access/<slug:kind>/<uuid:record_id>/", sharing.who_sees, name="who_sees"),
    path("access/<slug:kind>/<uuid:record_id>/share/", sharing.share, name="share"),
    path("access/<slug:kind>/<uuid:record_id>/share/<uuid:with_id>/end/", sharing.end, name="end_share"),
]
