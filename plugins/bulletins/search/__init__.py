"""Search: an index of all texts in small files, which a reader's browser asks for what it needs."""
