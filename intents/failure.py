"""Failure: the base of everything that can go wrong in a way the couple can do something about."""


class Failure(Exception):
    """The message is one sentence for the couple that says what to do. It holds nothing that was said."""
