"""Dawra: sales lifecycle management for teams that sell, in English and Arabic."""

__version__ = "0.1.0"
