"""The loudspeaker: plays samples, knows when they have truly ended, and can be cut off."""

from __future__ import annotations

from threading import Event

from local_voice.resample import resample
from local_voice.sound_device import device_rate, no_longer, portaudio
from local_voice.voice import Speech

BLOCK_SECONDS = 0.05
"""How long it may go on after it was cut off, beside what the device holds."""


class Loudspeaker:
    """One output device. ``play`` from one thread, ``cut_off`` from any."""

    def __init__(self, device: str | None = None) -> None:
        """``device`` is part of a device's name; None is the usual one. Raises ``SoundError`` when there is none."""
        self._device = device
        self._rate = device_rate("output", device)
        self._cut_off = Event()

    def play(self, speech: Speech) -> bool:
        """Play to the end, which is when the last sample was heard; False when it was cut off. Raises ``SoundError``."""
        sound = portaudio()
        samples = resample(speech.samples, speech.rate, self._rate)
        block = int(BLOCK_SECONDS * self._rate)
        self._cut_off.clear()
        try:
            with sound.OutputStream(self._rate, device=self._device, channels=1, dtype="int16") as stream:
                for start in range(0, len(samples), block):
                    if self._cut_off.is_set():
                        stream.abort()
                        return False
                    stream.write(samples[start : start + block])
                stream.stop()
        except sound.PortAudioError as error:
            raise no_longer("output") from error
        return True

    def cut_off(self) -> None:
        """Fall silent at once."""
        self._cut_off.set()
