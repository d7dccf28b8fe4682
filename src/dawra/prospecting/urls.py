"""Addresses of prospecting: leads, and what is set up once."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

app_name = "prospecting"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dawra.prospecting.urls_leads")),
    path("", include("dawra.prospecting.urls_fit")),
    path("", include("dawra.prospecting.urls_research")),
]
