"""Addresses of one deal."""

urlpatterns: list = []
