"""R1, the daily check-in, from the opener to the close."""

from intents.reply import Listening
from tests.conversations.couple import Couple, ana_and_ben, line


def _one_turn(couple: Couple, speaker: str, listener: str, word: str) -> None:
    assert couple.reply.segments[-1].text == f"{speaker}, one word for your day?"
    couple.line(word)
    assert (couple.reply.step, couple.reply.listening) == ("behind", Listening.AWAY)
    assert couple.say("we're back").asked_of == listener
    assert couple.reply.step == "heard"
    couple.say("I heard that the day was a lot")
    assert (couple.reply.step, couple.reply.asked_of) == ("got_it", speaker)


def test_a_whole_check_in() -> None:
    """Harm: the ritual most couples use most does not come to its end, or keeps what it should let go."""
    couple = ana_and_ben()
    couple.say_each("let's do a check-in", "yes", "yes")
    _one_turn(couple, "Ana", "Ben", "long")
    couple.say("yes")
    _one_turn(couple, "Ben", "Ana", "bright")
    couple.say("he did")
    assert couple.reply.asked_of == "Ana"
    couple.line("an early night")
    assert couple.reply.asked_of == "Ben"
    couple.line("ten minutes on the balcony")
    assert (couple.reply.step, couple.reply.asked_of) == ("thanks", "Ana")
    couple.say("thank you for the tea")
    assert couple.reply.asked_of == "Ben"
    reply = couple.say("thank you for asking")
    assert reply.ended
    assert "That was your check-in." in reply.speech
    assert [(entry.by, entry.kind, entry.text) for entry in couple.entries] == [
        (0, "word", "long"),
        (1, "word", "bright"),
        (0, "request", "an early night"),
        (1, "request", "ten minutes on the balcony"),
    ]
    assert all(entry.visibility == "shared" and entry.ritual == "checkin" for entry in couple.entries)
    assert [end.outcome for end in couple.journal.ended] == ["finished"]
    assert couple.journal.ended[0].id == couple.journal.begun[0].id


def test_a_no_to_did_they_get_it_adds_one_thing_and_mirrors_once_more() -> None:
    """Harm: someone who was not understood is moved on."""
    couple = ana_and_ben()
    couple.begin("check in")
    _one_turn(couple, "Ana", "Ben", "long")
    assert (couple.say("no").step, couple.reply.asked_of) == ("adds", "Ana")
    assert (couple.say("it was the meeting").step, couple.reply.asked_of) == ("heard_more", "Ben")
    assert (couple.say("the meeting was hard").step, couple.reply.asked_of) == ("word", "Ben")


def test_once_more_is_once() -> None:
    """Harm: the two are held at one answer until it is right."""
    couple = ana_and_ben()
    couple.begin("check in")
    _one_turn(couple, "Ana", "Ben", "long")
    couple.say_each("no", "it was the meeting", "the meeting was hard")
    assert couple.reply.step == "word"


def test_the_talk_between_the_two_is_not_listened_to_and_ends_with_its_time() -> None:
    """Harm: what they tell each other is decoded, or nobody calls them back."""
    couple = ana_and_ben()
    couple.begin("check in")
    couple.line("long")
    talk = couple.reply
    assert talk.listening is Listening.AWAY
    assert talk.returns_at is not None
    assert (talk.returns_at - couple.at).total_seconds() == 90
    assert couple.pass_time(1).step == "behind"
    assert couple.reply.returns_at == talk.returns_at, "time that passes does not prolong it"
    assert couple.pass_time(0.5).step == "heard"


def test_what_is_mirrored_is_kept_nowhere() -> None:
    """Harm: what was said for the partner's ears alone ends in the journal."""
    couple = ana_and_ben()
    couple.begin("check in")
    _one_turn(couple, "Ana", "Ben", "long")
    couple.say_each("no", "the zeppelin landed", "you saw a zeppelin")
    assert "zeppelin" not in couple.bytes_kept


def test_half_a_check_in_stays_only_if_both_agree() -> None:
    """Harm: half a day is kept although one of them did not want it."""
    for said, kept in ([("yes", "yes"), ["long"]], [("no",), []], [("yes", "no"), []]):
        couple = ana_and_ben()
        couple.begin("check in")
        couple.line("long")
        couple.say("stop")
        couple.come_back_after(hours=1)
        assert couple.say("no").segments[-1].text == line("partial.ask", name="Ana")
        couple.say_each(*said)
        assert couple.texts == kept
        assert [end.outcome for end in couple.journal.ended] == ["ended early"]


def test_one_voice_cannot_agree_to_keep_half_a_check_in_for_both() -> None:
    """Harm: one partner's yes keeps the other's words."""
    couple = ana_and_ben()
    couple.begin("check in")
    couple.line("long")
    couple.say("stop")
    couple.launch()
    couple.say("no")
    couple.say("yes", by="Ana")
    assert couple.say("yes", by="Ana").asked_of == "Ben"
    couple.say("no", by="Ben")
    assert couple.entries == []


def test_a_pause_while_being_asked_about_half_a_check_in_settles_nothing() -> None:
    """Harm: asking for a break is taken as both agreeing to keep it."""
    couple = ana_and_ben()
    couple.begin("check in")
    couple.line("long")
    couple.say("stop")
    couple.launch()
    couple.say_each("no", "yes", "we need a break", "we're back", "stop")
    couple.launch()
    couple.say_each("no", "no")
    assert couple.entries == []
