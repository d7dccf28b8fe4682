"""Reads of deals, by theme; other rooms get frozen cards."""
