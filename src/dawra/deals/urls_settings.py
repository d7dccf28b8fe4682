"""Addresses of what is set up once."""

urlpatterns: list = []
