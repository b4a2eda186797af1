"""Searching finds what both may hear, by any words, and never trips over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intents.journal import Changes
from intents.position import Position
from storage.search import ids_beginning, search
from storage.sqlite_journal import SqliteJournal
from tests.storage.couple import Couple, spoken


def found(journal: SqliteJournal, words: str) -> list[str]:
    return [entry.text for entry in search(journal, "home", words)]


def test_words_are_found_in_any_order_case_and_accent(couple: Couple, journal: SqliteJournal) -> None:
    couple.say("You brought me café au lait")
    couple.say("You carried the shopping")
    assert found(journal, "LAIT cafe") == ["You brought me café au lait"]
    assert found(journal, "you") == ["You carried the shopping", "You brought me café au lait"]
    assert found(journal, '"carried the"') == ["You carried the shopping"]
    assert found(journal, '"the carried"') == []
    assert [entry.text for entry in search(journal, "home", "you", limit=1)] == ["You carried the shopping"]


def test_what_is_found_is_the_entry_as_it_was_kept(couple: Couple, journal: SqliteJournal) -> None:
    entry = couple.say("soup", by=1)
    assert search(journal, "home", "soup") == (entry,)


def test_private_words_are_not_found(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: what one of them said alone is shown to the other."""
    couple.say("soup for me", visibility="private")
    couple.say("soup for us")
    assert found(journal, "soup") == ["soup for us"]


def test_the_neighbours_words_are_not_found(couple: Couple, journal: SqliteJournal) -> None:
    couple.say("soup")
    assert search(journal, "next door", "soup") == ()


def test_each_search_knows_what_was_said_since_the_last(couple: Couple, journal: SqliteJournal, folder: Path) -> None:
    couple.say("soup on Monday")
    assert len(found(journal, "soup")) == 1
    with SqliteJournal(folder) as other:
        Couple(other).say("soup on Tuesday")
        assert len(found(other, "soup")) == 2
    assert len(found(journal, "soup")) == 2


def test_an_entry_is_known_by_the_first_letters_of_its_id(couple: Couple, journal: SqliteJournal) -> None:
    """Harm: the wrong entry is forgotten, because two begin alike or a sign stands for any letter."""
    for entry_id in ("ab1", "ab2", "cd1"):
        couple.turn(Changes(position=Position(), entries=(spoken("soup", entry_id=entry_id),)))
    assert ids_beginning(journal, "home", "cd") == ("cd1",)
    assert len(ids_beginning(journal, "home", "ab")) == 2
    assert ids_beginning(journal, "home", "%") == ids_beginning(journal, "next door", "cd") == ()


QUOTES = ('"', '""', '"" ""', "'", 'so"up', '"soup', 'soup"')
OPERATORS = (
    "NOT",
    "soup AND",
    "OR OR",
    "NEAR(soup",
    "text:soup",
    "*",
    "^soup",
    "-soup",
    "%",
    "(",
    "{soup}",
    "+",
    ";--",
)


@pytest.mark.parametrize(
    "words", [*QUOTES, *OPERATORS, "", " ", "\n", "\\", "🎉", "\0", "soup\0", "\ud83d", "a" * 5000]
)
def test_no_words_are_an_error(couple: Couple, journal: SqliteJournal, words: str) -> None:
    """Harm: somebody types a quote and sees a traceback."""
    couple.say("soup")
    assert found(journal, words) in ([], ["soup"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text())
def test_no_text_at_all_is_an_error(journal: SqliteJournal, words: str) -> None:
    assert search(journal, "home", words) == ()
