"""Pages of prospecting, by page."""
