"""The journal: what was said and kept, in SQLite on the couple's own machine."""
