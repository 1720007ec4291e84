"""Reading: every file of content becomes a checked record, or all its mistakes at once."""
