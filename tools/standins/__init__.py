"""Draws the pictures of the sample bulletins, since the photographs of the ceremonies are not ours; see `photos.py`."""
