"""Addresses of demos, under /deals/."""

from django.urls import path

from dawra.deals.views import demos

urlpatterns = [
    path("demos/", demos.report, name="demos"),
    path("<uuid:deal_id>/demos/new/", demos.plan, name="plan_demo"),
    path("<uuid:deal_id>/demos/<uuid:demo_id>/", demos.demo, name="demo_page"),
    path("<uuid:deal_id>/demos/<uuid:demo_id>/agenda/", demos.agenda, name="demo_agenda"),
    path("<uuid:deal_id>/demos/<uuid:demo_id>/held/", demos.held, name="hold_demo"),
    path("<uuid:deal_id>/demos/<uuid:demo_id>/reschedule/", demos.reschedule, name="reschedule_demo"),
    path("<uuid:deal_id>/demos/<uuid:demo_id>/no-show/", demos.missed, name="miss_demo"),
    path("<uuid:deal_id>/demos/<uuid:demo_id>/cancel/", demos.cancel, name="cancel_demo"),
]
