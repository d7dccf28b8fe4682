"""What people do about the company: set it up, invite, edit, leave, arrange teams, choose their habits."""
