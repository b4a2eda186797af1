"""R3, the gratitude round, and its form after sharing."""

from tests.conversations.couple import ana_and_ben, line


def test_a_whole_gratitude_round() -> None:
    """Harm: the round breaks off, or thanks are kept under the wrong name."""
    couple = ana_and_ben()
    for speaker, listener, did, shows in (
        ("Ana", "Ben", "he fixed the gate", "that he sees things"),
        ("Ben", "Ana", "she called my mother", "that she is brave"),
    ):
        if speaker == "Ana":
            couple.say("gratitude round")
        assert (couple.reply.step, couple.reply.asked_of) == ("noticed", speaker)
        assert listener in couple.reply.segments[-1].text
        couple.line(did)
        assert (couple.reply.step, couple.reply.asked_of) == ("shows", speaker)
        couple.line(shows)
        assert (couple.reply.step, couple.reply.asked_of) == ("received", listener)
        couple.say("thank you, that was good to hear")
    assert couple.reply.ended
    assert "That was a good one." in couple.reply.speech
    assert [(entry.by, entry.kind, entry.step, entry.text) for entry in couple.entries] == [
        (0, "gratitude", "noticed", "he fixed the gate"),
        (0, "gratitude", "shows", "that he sees things"),
        (1, "gratitude", "noticed", "she called my mother"),
        (1, "gratitude", "shows", "that she is brave"),
    ]
    assert [end.outcome for end in couple.journal.ended] == ["finished"]


def test_pass_is_always_fine() -> None:
    """Harm: someone has to find something to be grateful for."""
    couple = ana_and_ben()
    couple.say("gratitude round")
    while not couple.reply.ended:
        couple.say("pass")
    assert couple.entries == []
    assert [end.outcome for end in couple.journal.ended] == ["finished"], "skipping is not counted"


def test_the_round_after_sharing_thanks_the_courage_and_the_listening() -> None:
    """Harm: the wrong one is thanked for having opened up."""
    couple = ana_and_ben()
    assert couple.say("gratitude after sharing").step == "sharer"
    assert (couple.say("Ben").step, couple.reply.asked_of) == ("courage", "Ana")
    couple.line("you told me about the debt")
    assert (couple.reply.step, couple.reply.asked_of) == ("listening", "Ben")
    couple.line("you did not interrupt")
    assert couple.reply.ended
    assert "you were heard" in couple.reply.speech
    assert [(entry.by, entry.text) for entry in couple.entries] == [
        (0, "you told me about the debt"),
        (1, "you did not interrupt"),
    ]
    assert couple.journal.begun[0].form == "after_sharing"


def test_a_round_left_half_way_keeps_the_thanks_already_kept() -> None:
    """Harm: a thank-you both heard kept is gone the next day."""
    couple = ana_and_ben()
    couple.say("gratitude round")
    couple.line("he fixed the gate")
    couple.say("stop")
    couple.come_back_after(hours=13)
    assert line("resume.left") in couple.say("no").speech
    assert couple.texts == ["he fixed the gate"]
