"""Speed and size, measured: a corpus of any length, and builders side by side."""
