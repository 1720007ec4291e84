"""`python3 tasks.py edit`: bulletins in a form, on this machine alone."""
