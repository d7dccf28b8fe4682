"""Addresses of people and companies, and of what is done with any record."""

from django.urls import include, path

app_name = "customers"

urlpatterns = [
    path("", include("dawra.customers.urls_records")),
    path("", include("dawra.customers.urls_activities")),
    path("", include("dawra.customers.urls_talking")),
    path("", include("dawra.customers.urls_letters")),
    path("", include("dawra.customers.urls_importing")),
    path("", include("dawra.customers.urls_duplicates")),
]
