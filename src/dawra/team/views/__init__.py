"""Pages of the company's people."""
