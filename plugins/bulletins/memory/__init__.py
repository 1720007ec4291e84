"""What the last publication held, and what follows: true times, the change log, no id that vanishes."""
