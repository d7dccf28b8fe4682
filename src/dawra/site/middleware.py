"""What every request gets: who acts and when, the reader's language and habits, and answers turned into pages."""
