"""What people do about access: roles, shares, tokens."""
