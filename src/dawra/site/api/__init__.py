"""The API: one door, one contract, the rooms' operations behind it."""
