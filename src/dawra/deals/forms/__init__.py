"""What pages of deals are sent, parsed."""
