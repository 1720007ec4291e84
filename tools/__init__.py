"""What the commands of `tasks.py` are made of; the site itself lives in `plugins/bulletins`."""

import sys
from pathlib import Path

# The package is not installed: where the project's folder is, there it is, under whatever name.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "plugins"))
