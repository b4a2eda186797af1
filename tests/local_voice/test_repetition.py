"""A thing said once is kept once, and a thing said twice on purpose is left alone."""

from __future__ import annotations

import pytest

from local_voice.repetition import said_once


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("Yes. Yes. Yes.", "Yes."),
        ("No... no... no", "No..."),
        ("Keep that. Keep that, keep", "Keep that."),
        ("whose turn is it? Whose turn is", "whose turn is it?"),
        ("I love you and I miss you.", "I love you and I miss you."),
        ("It was really, really good.", "It was really, really good."),
        ("Yes.", "Yes."),
        ("", ""),
    ],
)
def test_only_a_text_that_is_all_repetition_is_shortened(text: str, once: str) -> None:
    assert said_once(text) == once
