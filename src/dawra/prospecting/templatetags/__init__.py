"""Template tags of prospecting."""
