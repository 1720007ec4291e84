"""The shortcut: after an edit of nothing but texts, only what those texts reach is built, and Pelican stays at home.

It begins where `making` ended: once a whole site is published, a snapshot is saved of what it was built from
(`plugin.py`). The next build compares the snapshot before any library is loaded (`build.py`).
"""
