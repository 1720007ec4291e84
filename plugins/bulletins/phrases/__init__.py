"""The domain's phrases: how bulletins say who heads a bloc, how many members it has, what was cited and awarded.

Pure functions from a text to facts, each with where it stands and how it is written there. Checking holds these facts
against front matter, importing proposes front matter from them. Offsets count characters of the text, which is NFC.
"""
