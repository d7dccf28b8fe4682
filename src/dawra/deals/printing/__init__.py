"""What deals put on paper."""
