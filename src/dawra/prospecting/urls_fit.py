"""Addresses of who fits and of how many leads are needed."""

from django.urls import path

from dawra.prospecting.views import icp, planner

urlpatterns = [
    path("planner/", planner.plan, name="planner"),
    path("icp/", icp.studio, name="icp"),
    path("icp/fit/", icp.fit, name="icp_fit"),
    path("icp/by-hand/", icp.by_hand, name="icp_by_hand"),
    path("icp/<uuid:profile_id>/compare/", icp.compare, name="icp_compare"),
    path("icp/<uuid:profile_id>/activate/", icp.put_in_force, name="icp_activate"),
    path("icp/<uuid:profile_id>/remove/", icp.remove, name="icp_remove"),
]
