"""R6, the repair after a hurt."""

import pytest

from intents.position import Mode
from intents.reply import Awaits, Listening
from tests.conversations.couple import Couple, ana_and_ben, line
from tests.conversations.every_state import state


def _at_what_happened(hurt: str = "Ben") -> Couple:
    couple = ana_and_ben()
    couple.begin("repair")
    couple.say_each("four", "three", hurt)
    return couple


def _at_the_commitment() -> Couple:
    couple = _at_what_happened()
    couple.say_each(
        "the door slammed", "you saw the door slam", "yes", "I felt small", "It makes sense, because I left"
    )
    couple.say_each("I slammed the door", "it frightened you", "I regret it", "skip")
    assert couple.reply.step == "will_do"
    return couple


def test_a_whole_repair() -> None:
    """Harm: the hardest talk of all breaks off half-way, or keeps who did what."""
    couple = _at_what_happened()
    steps = [(couple.reply.step, couple.reply.asked_of)]
    for said in (
        "the door slammed",
        "you saw the door slam",
        "yes",
        "I felt small",
        "It makes sense, because I left",
        "I slammed the door",
        "it frightened you",
        "I regret it",
        "I was late for work",
    ):
        couple.say(said)
        steps.append((couple.reply.step, couple.reply.asked_of))
    assert steps == [
        ("happened", "Ben"),
        ("heard", "Ana"),
        ("got_it", "Ben"),
        ("feeling", "Ben"),
        ("makes_sense", "Ana"),
        ("what_i_did", "Ana"),
        ("how_it_landed", "Ana"),
        ("regret", "Ana"),
        ("why", "Ana"),
        ("will_do", "Ana"),
    ]
    assert couple.say("I will close it gently").segments[-1].text == "By when?"
    assert couple.entries == [], "nothing is kept before it was read back"
    assert "I will close it gently, from tonight on." in couple.say("from tonight on").speech
    couple.say("keep that")
    assert couple.say("I will say that I am angry").step == "better"
    couple.line("a walk on Sunday")
    assert {couple.reply.asked_of, couple.say("pass").asked_of} == {"Ana", "Ben"}
    couple.say("I could have said something")
    assert (couple.reply.step, couple.reply.asked_of) == ("look_back", None)
    couple.line("next Sunday after breakfast")
    assert couple.reply.ended
    assert [(entry.kind, entry.by, entry.text) for entry in couple.entries][:2] == [
        ("commitment", 0, "I will close it gently"),
        ("agreement", 1, "a walk on Sunday"),
    ]
    assert [(entry.kind, entry.text) for entry in couple.entries][2:] == [("look_back", "next Sunday after breakfast")]
    (promise,) = couple.journal.commitments.values()
    assert (promise.by, promise.what, promise.due_words) == (0, "I will close it gently", "from tonight on")
    assert promise.id in couple.journal.entries
    assert [end.outcome for end in couple.journal.ended] == ["finished"]
    for said in ("the door slammed", "I felt small", "it frightened you", "I was late", "I could have said"):
        assert said not in couple.bytes_kept, "only what they agreed on is kept, not what happened"


@pytest.mark.parametrize("numbers", [["two"], ["one"], ["five", "2"]])
def test_less_than_three_leads_to_a_pause_and_names_nobody(numbers: list[str]) -> None:
    """Harm: a flooded partner is led into the talk, or is shown to be the one who could not."""
    couple = ana_and_ben()
    couple.begin("repair")
    reply = couple.say_each(*numbers)
    assert reply.segments[0].text == line("pause.instead")
    assert couple.position.mode is Mode.PAUSED
    assert reply.listening is Listening.AWAY
    assert reply.returns_at is not None
    assert (reply.returns_at - couple.at).total_seconds() >= 20 * 60
    assert "Ana" not in reply.speech
    assert "Ben" not in reply.speech
    couple.say("we're back")
    assert couple.reply.step == "calm", "calm is asked again before going on"


def test_how_calm_each_was_is_kept_nowhere() -> None:
    """Harm: numbers to compare the two by."""
    couple, other = ana_and_ben(), ana_and_ben()
    for each, numbers in ((couple, ("three", "four")), (other, ("five", "three"))):
        each.begin("repair")
        each.say_each(*numbers)
    assert couple.bytes_kept == other.bytes_kept


@pytest.mark.parametrize(("hurt", "other"), [("Ana", "Ben"), ("Ben", "Ana")])
def test_who_hurts_most_speaks_first(hurt: str, other: str) -> None:
    """Harm: the one who hurts has to mirror first."""
    couple = _at_what_happened(hurt)
    assert couple.reply.asked_of == hurt
    assert couple.say("the door slammed").asked_of == other


def test_me_is_enough_where_the_door_knows_who_spoke() -> None:
    """Harm: someone who said "me" is asked for their name."""
    couple = ana_and_ben()
    couple.begin("repair")
    couple.say_each("four", "four")
    assert couple.say("me", by="Ben").asked_of == "Ben"


@pytest.mark.parametrize(
    ("hard", "softer"),
    [
        ("I felt small, but you started it", "but"),
        ("I am sorry if you felt hurt", "if"),
        ("you too were loud", "own part"),
    ],
)
def test_a_hardening_word_is_answered_once_and_then_never_again(hard: str, softer: str) -> None:
    """Harm: a voice that corrects people, again and again."""
    couple = state("repair what_i_did 0 ask")
    reply = couple.say(hard)
    assert softer in reply.segments[0].text
    assert reply.step == "what_i_did", "they may say it anew"
    assert couple.say(hard).step == "how_it_landed", "the second time it is taken as it is"
    assert couple.say("but you did too").step == "regret"


def test_whoever_was_hurt_is_never_corrected() -> None:
    """Harm: someone tells what hurt, and a machine minds their grammar."""
    couple = _at_what_happened()
    assert couple.say("I cooked, but you walked out").step == "heard"


def test_a_commitment_is_read_back_with_its_time_and_can_be_changed() -> None:
    """Harm: a promise is written down that nobody made."""
    couple = _at_the_commitment()
    couple.say_each("I will cook", "on Friday")
    assert couple.reply.awaits is Awaits.KEEP
    assert "I will cook, on Friday" in couple.reply.speech
    assert couple.say("change it").step == "will_do"
    couple.say_each("I will wash up", "by Saturday", "keep that")
    (promise,) = couple.journal.commitments.values()
    assert (promise.what, promise.due_words) == ("I will wash up", "by Saturday")
    assert "cook" not in couple.bytes_kept
    assert "Friday" not in couple.bytes_kept


def test_a_commitment_left_out_leaves_no_promise() -> None:
    """Harm: someone is held to what they took back."""
    couple = _at_the_commitment()
    couple.say_each("I will cook", "on Friday", "leave it out")
    assert couple.journal.commitments == {}
    assert "cook" not in couple.bytes_kept


def test_stop_alone_keeps_the_place() -> None:
    """Harm: a repair that was interrupted is lost half-mended."""
    couple = _at_the_commitment()
    assert couple.say("stop").speech == line("stopped.in_ritual")
    couple.come_back_after(hours=2)
    assert couple.reply.segments[-1].text == line("resume.ask", ritual="a repair")
    assert couple.say("yes").step == "will_do"


@pytest.mark.parametrize("words", ["stop the repair", "cancel", "let's leave it there"])
@pytest.mark.parametrize("paused", [False, True])
def test_stop_the_repair_keeps_nothing_of_it(words: str, paused: bool) -> None:
    """Harm: what was promised under strain stays, although the repair was called off."""
    couple = _at_the_commitment()
    couple.say_each("I will wash up", "by Saturday", "keep that", "I will breathe")
    couple.line("a walk on Sunday")
    assert len(couple.entries) == 2
    if paused:
        couple.say("we need a break")
    assert couple.say(words).speech == "Let's leave it there for today."
    assert couple.entries == []
    assert couple.journal.commitments == {}
    assert [end.outcome for end in couple.journal.ended] == ["ended early"]
    couple.come_back_after(hours=2)
    assert couple.position.mode is Mode.IDLE, "it is not offered for going on"


def test_a_repair_that_is_not_resumed_keeps_nothing() -> None:
    """Harm: half a repair lies in the journal for ever."""
    couple = _at_the_commitment()
    couple.say_each("I will wash up", "by Saturday", "keep that", "stop")
    couple.come_back_after(hours=2)
    couple.say("no")
    assert couple.entries == []
    assert couple.journal.commitments == {}
