"""Choosing one record in a form: kept by customers, so that the rooms below may use it too."""

from dawra.customers.picking import MOST, Picker

__all__ = ["MOST", "Picker"]
