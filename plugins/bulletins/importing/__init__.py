"""A draft bulletin proposed from an old text: cleaned, split, recognised, and written with where each value comes from.

One module per step, each a pure function of what the step before gives; `word`, `page`, `mail` and `plain` read files.
Nothing is sent anywhere, nothing is published: whatever is unsure stays empty with a question.
"""
