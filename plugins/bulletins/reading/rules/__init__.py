"""Rules: what a bulletin may not say against itself, the calendar, the register or another bulletin."""
