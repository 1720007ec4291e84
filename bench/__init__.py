"""Speed and size, measured: a corpus of any length, and builders side by side."""

import tools  # noqa: F401 - it says where our package is, for a module of this one that is started as a command
