"""Addresses of close plans; a buyer's begin with /p/."""

from django.urls import path

from dawra.deals.views import close_plans, plan_of_buyer, plan_templates

urlpatterns = [
    path("deals/<uuid:deal_id>/plan/", close_plans.share, name="share_plan"),
    path("deals/<uuid:deal_id>/plan/begin/", plan_templates.begin, name="begin_plan"),
    path("deals/<uuid:deal_id>/plan/new/", close_plans.step, name="add_plan_step"),
    path("deals/<uuid:deal_id>/plan/<uuid:step_id>/", close_plans.step, name="plan_step"),
    path("deals/<uuid:deal_id>/plan/<uuid:step_id>/tick/", close_plans.tick, name="tick_plan_step"),
    path("deals/<uuid:deal_id>/plan/<uuid:step_id>/remove/", close_plans.remove, name="remove_plan_step"),
    path("settings/close-plans/", plan_templates.index, name="plan_templates"),
    path("settings/close-plans/new/", plan_templates.write, name="add_plan_template"),
    path("settings/close-plans/<uuid:plan_template_id>/", plan_templates.write, name="plan_template"),
    path("settings/close-plans/<uuid:plan_template_id>/retire/", plan_templates.retire, name="retire_plan_template"),
    path("p/<str:key>/", plan_of_buyer.plan, name="plan_of_buyer"),
]
