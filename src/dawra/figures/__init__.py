"""Pure engines: they know no database, no clock and no web page."""
