from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "dawra.customers"
    label = "customers"
