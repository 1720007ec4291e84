"""Public bulletins of emulation blocs: from Markdown with structured front matter to a whole public site."""
