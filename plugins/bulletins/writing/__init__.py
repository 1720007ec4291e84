"""Files of the content changed without being spoiled: only what differs is written anew."""
