"""The house's own measurements: `python -m bench` (see docs/figures/bench.md for the last ones)."""
