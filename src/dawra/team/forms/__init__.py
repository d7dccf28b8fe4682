"""What the company's pages ask; each form's said() gives the plain values an action takes."""
