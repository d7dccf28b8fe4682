"""Addresses of prospecting: leads, and what is set up once."""

from django.urls.resolvers import URLPattern, URLResolver

app_name = "prospecting"
urlpatterns: list[URLPattern | URLResolver] = []
