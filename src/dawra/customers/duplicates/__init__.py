"""Records that may be one: found, shown side by side, merged, taken apart again."""
