"""Pages about who may do and see what."""
