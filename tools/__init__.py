"""What the commands of `tasks.py` are made of; the site itself lives in `plugins/bulletins`."""
