"""What pages of prospecting are sent, parsed."""
