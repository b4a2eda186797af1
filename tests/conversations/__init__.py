"""Whole couples, end to end."""
