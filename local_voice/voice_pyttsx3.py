"""The system's own voice, by way of pyttsx3. Needs ``libespeak-ng1`` on Debian and Ubuntu."""

from __future__ import annotations

from local_voice.voice_process import VoiceProcess


class Pyttsx3Voice(VoiceProcess):
    """Speaks every language espeak-ng does; a sentence takes some 10 ms."""

    def __init__(self) -> None:
        super().__init__("local_voice.voice_pyttsx3_child")
