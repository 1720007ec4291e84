"""Making: only the files whose inputs changed are made again, and they are published when all of them are ready.

Knows files and functions, not bulletins. `build.make` is the table of contents.
"""
