"""Reads of prospecting, by theme; other rooms get frozen cards."""
