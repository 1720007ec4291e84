"""What a bulletin is, and what all of them together say."""
