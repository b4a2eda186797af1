"""Coming back: after a stop, after the program was killed, after a night."""

from pathlib import Path

import pytest

from intents.language import load_language
from intents.position import Mode
from intents.reply import Awaits, Listening
from tests.conversations.couple import Couple, line
from tests.conversations.every_state import every_state, state, state_names

BEGUN = [
    name
    for name, couple in every_state().items()
    if couple.position.mode is Mode.RITUAL and couple.position.place is not None and couple.position.place.run
]


@pytest.mark.parametrize("name", state_names())
def test_after_a_kill_the_same_question_is_asked(name: str) -> None:
    """Harm: a power cut loses where they were."""
    couple, before = state(name), every_state()[name].reply
    couple.restart()
    reply = couple.launch()
    assert (reply.ritual, reply.step, reply.asked_of, reply.awaits) == (
        before.ritual,
        before.step,
        before.asked_of,
        before.awaits,
    )
    if before.awaits is not Awaits.RETURN:
        assert reply.segments[-1].text == before.segments[-1].text
    assert couple.entries == every_state()[name].entries


@pytest.mark.parametrize("name", state_names())
def test_after_a_kill_an_answer_counts_without_a_greeting_first(name: str) -> None:
    """Harm: the first words after a restart are thrown away."""
    couple, unharmed = state(name), state(name)
    couple.restart()
    for words in ("yes", "the soup was warm", "keep that"):
        reply, expected = couple.say(words), unharmed.say(words)
        assert reply == expected
    assert couple.bytes_kept == unharmed.bytes_kept


@pytest.mark.parametrize("name", BEGUN)
@pytest.mark.parametrize("answer", ["yes", "continue", "we're back"])
def test_after_a_stop_they_are_asked_and_a_yes_leads_to_the_same_question(name: str, answer: str) -> None:
    """Harm: a stop costs them everything said so far, or drags them back in unasked."""
    couple, before = state(name), every_state()[name].reply
    couple.say("stop")
    couple.restart()
    reply = couple.come_back_after(hours=3)
    assert reply.awaits is Awaits.YES_NO
    assert "Shall we go on with it?" in reply.speech
    reply = couple.say(answer if answer != "we're back" else "yes")
    assert (reply.step, reply.asked_of, reply.awaits) == (before.step, before.asked_of, before.awaits)
    assert reply.segments[-1].text == before.segments[-1].text
    assert couple.entries == every_state()[name].entries


def test_asking_for_the_same_ritual_goes_on_with_it() -> None:
    """Harm: "repair" is answered with "we're still in a repair"."""
    couple = state("repair feeling 0 ask")
    couple.say("stop")
    couple.come_back_after(hours=3)
    assert couple.say("repair").step == "feeling"


def test_asking_for_another_ritual_leaves_the_old_one() -> None:
    """Harm: an unfinished evening stands in the way of every other."""
    couple = state("gratitude shows 1 ask")
    kept = couple.texts
    couple.say("stop")
    couple.come_back_after(hours=3)
    assert couple.say("check in").step == "ready"
    assert couple.texts == kept
    assert [end.outcome for end in couple.journal.ended] == ["ended early"]


@pytest.mark.parametrize("name", BEGUN)
def test_what_broke_off_within_half_a_day_goes_on_by_itself_and_later_is_offered(name: str) -> None:
    """Harm: a question from the night before is asked over breakfast as if nothing had been."""
    before = every_state()[name].reply
    soon = state(name)
    assert soon.come_back_after(hours=11.9).step == before.step
    assert soon.position.mode is Mode.RITUAL
    late = state(name)
    assert "Shall we go on with it?" in late.come_back_after(hours=12.1).speech
    assert late.position.mode is Mode.RESUME
    assert late.say("yes").step == before.step


def test_the_time_to_talk_starts_anew_after_a_stop() -> None:
    """Harm: they come back to tell each other, and are called away at once."""
    couple = state("checkin behind 0 ask")
    couple.say("stop")
    couple.come_back_after(hours=3)
    reply = couple.say("yes")
    assert (reply.step, reply.listening) == ("behind", Listening.AWAY)
    assert reply.returns_at is not None
    assert (reply.returns_at - couple.at).total_seconds() == 90


def test_a_pause_goes_on_across_a_restart_and_ends_in_the_same_place() -> None:
    """Harm: the program restarts, and the pause is over."""
    couple = state("paused")
    until = couple.position.away_until
    couple.restart()
    reply = couple.come_back_after(minutes=5)
    assert (reply.listening, reply.returns_at) == (Listening.AWAY, until)
    reply = couple.pass_time(16)
    assert reply.listening is Listening.CLOSED
    assert line("pause.due") in reply.speech
    assert couple.say("we're back").step == "behind"


def test_a_ritual_begun_at_one_door_is_finished_at_another() -> None:
    """Harm: they sit down at the table, and the speaker in the kitchen holds their evening."""
    couple = state("checkin tonight 0 ask")
    couple.channel = "alexa"
    couple.restart()
    couple.launch()
    couple.line("an early night")
    couple.say_each("skip", "thank you", "thank you")
    assert couple.reply.ended
    assert [end.outcome for end in couple.journal.ended] == ["finished"]


def test_a_ritual_whose_file_is_gone_is_let_go_with_a_word(tmp_path: Path) -> None:
    """Harm: deleting a file locks the couple out."""
    own = tmp_path / "tea.yaml"
    own.write_text(
        "ritual: tea\nname: tea\nminutes: 2\nabout: Tea.\ncalled: [tea time]\n"
        "steps:\n  - {id: leaf, ask: 'Which tea, {speaker}?', keep: tea}\n  - say: Drink up.\n"
    )
    couple = Couple(language=load_language("en-US", own_rituals=tmp_path))
    couple.introduce()
    couple.say("tea time")
    couple.line("the green one")
    couple.launch()
    couple.say("tea time")
    assert couple.reply.step == "leaf"
    own.write_text(own.read_text().replace("leaf", "pot"))
    couple.language = load_language("en-US", own_rituals=tmp_path)
    couple.restart()
    reply = couple.launch()
    assert line("mended.changed") in reply.speech
    assert reply.step == "pot"
    own.unlink()
    couple.language = load_language("en-US")
    couple.restart()
    reply = couple.launch()
    assert line("mended.gone") in reply.speech
    assert reply.awaits is Awaits.RITUAL
    assert couple.texts == ["the green one"]
