"""Pages of deals, by page."""
