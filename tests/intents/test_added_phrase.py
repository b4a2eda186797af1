"""One phrase added to one language file is understood everywhere, with no change in Python."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from intents.language import LANGUAGES, Language, LanguageError, load_language
from intents.position import Mode
from intents.reply import Awaits
from tests.conversations.couple import Couple

NEW = "that will do nicely"


def _with_phrase(folder: Path, intent: str, block: int, where: int | None) -> Language:
    """The language with one more sentence in a block of an intent: at the front, or at the end of the list."""
    copied = folder / "languages"
    shutil.copytree(LANGUAGES, copied)
    path = copied / "en-US" / "sentences.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    sentences = tree["intents"][intent]["data"][block]["sentences"]
    sentences.insert(len(sentences) if where is None else where, NEW)
    path.write_text(yaml.safe_dump(tree, allow_unicode=True), encoding="utf-8")
    return load_language("en-US", languages=copied)


@pytest.mark.parametrize("where", [0, None], ids=["first", "last"])
def test_a_new_word_for_stop_is_understood_everywhere_and_offered_to_the_recogniser(
    tmp_path: Path, where: int | None
) -> None:
    """Harm: a family's own word is understood at one door and not at the other."""
    couple = Couple(language=_with_phrase(tmp_path, "stop", 0, where))
    couple.introduce()
    assert NEW in couple.conversation.sayable(couple.reply)
    couple.begin("check in")
    assert couple.reply.awaits is Awaits.LINE
    assert NEW in couple.conversation.sayable(couple.reply)
    assert couple.conversation.understood(NEW, couple.reply)
    assert couple.say(NEW).ended
    assert couple.position.mode is Mode.RESUME


@pytest.mark.parametrize("where", [0, None], ids=["first", "last"])
def test_a_new_way_to_say_yes_counts_only_where_a_yes_is_asked_for(tmp_path: Path, where: int | None) -> None:
    """Harm: an answer of one question is taken at every other."""
    couple = Couple(language=_with_phrase(tmp_path, "yes", 0, where))
    couple.introduce()
    assert NEW not in couple.conversation.sayable(couple.reply)
    couple.say("check in")
    assert NEW in couple.conversation.sayable(couple.reply)
    couple.say_each(NEW, NEW)
    assert couple.reply.step == "word"
    couple.line(NEW)
    assert couple.texts == [NEW], "at an open question it is simply what was said"


def test_a_new_way_to_ask_for_a_ritual_is_one_line_in_its_file(tmp_path: Path) -> None:
    """Harm: a couple's own name for their evening is never learned."""
    copied = tmp_path / "languages"
    shutil.copytree(LANGUAGES, copied)
    path = copied / "en-US" / "rituals" / "checkin.yaml"
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    tree["called"].append("our blue hour")
    path.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")
    couple = Couple(language=load_language("en-US", languages=copied))
    couple.introduce()
    assert "our blue hour" in couple.conversation.sayable(couple.reply)
    assert couple.say("our blue hour").ritual == "checkin"


def test_a_language_we_do_not_have_names_those_we_have() -> None:
    """Harm: a typing error in a setting, and no hint at what was meant."""
    with pytest.raises(LanguageError, match=r"There is no language tlh here; choose one of: .*en-US"):
        load_language("tlh")


@pytest.mark.parametrize("name", ["sentences.yaml", "phrases.yaml", "safety.yaml", "contacts.yaml"])
@pytest.mark.parametrize(("text", "told"), [(None, "missing"), ("a: b: c", "line 1"), ("", "empty")])
def test_a_broken_language_file_is_named(tmp_path: Path, name: str, text: str | None, told: str) -> None:
    """Harm: someone who only fixed a typing error sees a traceback."""
    copied = tmp_path / "languages"
    shutil.copytree(LANGUAGES, copied)
    path = copied / "en-US" / name
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(LanguageError, match=told) as raised:
        load_language("en-US", languages=copied)
    assert str(path) in str(raised.value)
