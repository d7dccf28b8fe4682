"""Addresses of the company's people."""

from django.urls import path

from dawra.team import urls_training
from dawra.team.views import invitations, mail, members, own, teams

app_name = "team"
urlpatterns = [
    path("team/", members.members, name="members"),
    path("team/members/<uuid:member_id>/", members.member, name="member"),
    path("team/members/<uuid:member_id>/change/", members.change, name="change_member"),
    path("team/members/<uuid:member_id>/leave/", members.set_leave, name="set_leave"),
    path("team/members/<uuid:member_id>/leave/<int:leave_id>/remove/", members.remove_leave, name="remove_leave"),
    path("team/members/<uuid:member_id>/deactivate/", members.deactivate, name="deactivate"),
    path("team/members/<uuid:member_id>/reactivate/", members.reactivate, name="reactivate"),
    path("team/invite/", invitations.invite, name="invite"),
    path("team/invitations/<uuid:invitation_id>/withdraw/", invitations.withdraw, name="withdraw"),
    path("join/", invitations.join, name="join"),
    path("join/<str:key>/", invitations.open_link, name="join_link"),
    path("team/teams/", teams.teams, name="teams"),
    path("team/teams/add/", teams.add, name="add_team"),
    path("team/teams/<uuid:team_id>/", teams.change, name="change_team"),
    path("team/teams/<uuid:team_id>/archive/", teams.archive, name="archive_team"),
    path("settings/mail/", mail.server, name="mail_server"),
    path("settings/mail/test/", mail.test, name="mail_server_test"),
    path("settings/mail/remove/", mail.remove, name="remove_mail_server"),
    path("settings/profile/", own.profile, name="profile"),
    path("notifications/", own.notifications, name="notifications"),
    path("notifications/read/", own.read, name="read_all"),
    path("notifications/<int:notification_id>/read/", own.read, name="read"),
    path("notifications/clear/", own.clear, name="clear_read"),
    path("notifications/<int:notification_id>/clear/", own.clear, name="clear"),
]
urlpatterns += urls_training.urlpatterns
