"""Running an installation: starting and stopping it, checking it, keeping its data."""
