"""What can go wrong with sound, each told in one sentence that says what to do."""

from intents.failure import Failure


class AudioError(Failure):
    """A sound could not be heard, read, made or played. The message is for the couple."""
