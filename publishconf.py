"""What differs in public: the site's address, and neither drafts nor anything before its hour."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pelicanconf import *  # noqa: F403

SITEURL = os.environ.get("SITEURL", "https://thidua.example.vn")
BULLETINS_CONTACT = os.environ.get("BULLETINS_CONTACT", "")
BULLETINS_TARGET = os.environ.get("BULLETINS_TARGET", "")
BULLETINS_DRAFTS = False
