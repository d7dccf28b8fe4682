"""Addresses of close plans; a buyer's begin with /p/."""

from django.urls import path

from dawra.deals.views import close_plans, plan_of_buyer

urlpatterns = [
    path("deals/<uuid:deal_id>/plan/", close_plans.share, name="share_plan"),
    path("deals/<uuid:deal_id>/plan/begin/", close_plans.begin, name="begin_plan"),
    path("deals/<uuid:deal_id>/plan/new/", close_plans.step, name="add_plan_step"),
    path("deals/<uuid:deal_id>/plan/<uuid:step_id>/", close_plans.step, name="plan_step"),
    path("deals/<uuid:deal_id>/plan/<uuid:step_id>/tick/", close_plans.tick, name="tick_plan_step"),
    path("deals/<uuid:deal_id>/plan/<uuid:step_id>/remove/", close_plans.remove, name="remove_plan_step"),
    path("p/<str:key>/", plan_of_buyer.plan, name="plan_of_buyer"),
]
