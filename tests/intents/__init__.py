"""Promises of the conversation room, file by file."""
