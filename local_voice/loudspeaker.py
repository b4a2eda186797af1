"""The loudspeaker: plays samples, knows when they have truly ended, and can be cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from threading import Event

from local_voice.audio import Samples
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

    def play(self, stretches: Iterable[Speech]) -> bool:
        """Play one stretch after the other until the last sample was heard; False when it was cut off.

        Raises ``SoundError`` when the device does not work any more.
        """
        sound = portaudio()
        self._cut_off.clear()
        try:
            with sound.OutputStream(self._rate, device=self._device, channels=1, dtype="int16") as stream:
                for block in self._blocks(stretches):
                    if self._cut_off.is_set():
                        stream.abort()
                        return False
                    stream.write(block)
                stream.stop()
        except sound.PortAudioError as error:
            raise no_longer("output") from error
        return True

    def _blocks(self, stretches: Iterable[Speech]) -> Iterator[Samples]:
        size = int(BLOCK_SECONDS * self._rate)
        for stretch in stretches:
            samples = resample(stretch.samples, stretch.rate, self._rate)
            for start in range(0, len(samples), size):
                yield samples[start : start + size]

    def cut_off(self) -> None:
        """Fall silent at once."""
        self._cut_off.set()
