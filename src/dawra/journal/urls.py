"""Addresses of the journal."""

from django.urls import path

from dawra.journal import views

app_name = "journal"
urlpatterns = [
    path("undo/<uuid:key>/", views.undo, name="undo"),
    path("journal/deliveries/", views.deliveries, name="deliveries"),
    path("journal/deliveries/retry/", views.retry_parked, name="retry_parked"),
    path("journal/deliveries/<int:delivery_id>/retry/", views.retry, name="retry"),
]
