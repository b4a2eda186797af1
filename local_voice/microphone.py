"""The microphone: 16 kHz blocks of a tenth of a second, in a queue that cannot grow without bound."""

from __future__ import annotations

from queue import Empty, Full, Queue
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from local_voice.audio import Samples
from local_voice.resample import HearingStream
from local_voice.sound_device import device_rate, no_longer, portaudio

BLOCK_SECONDS = 0.1

WAITING_BLOCKS = 300
"""Half a minute: more than any decoding takes. What comes on top of it is lost."""

LOST_AFTER = 3.0
"""Seconds without a block after which the device is taken to be gone."""


class Microphone:
    """One input device, deaf until ``open_ears``. A context manager: open inside, closed outside."""

    def __init__(self, device: str | None = None) -> None:
        """``device`` is part of a device's name; None is the usual one. Raises ``SoundError`` when there is none."""
        self._rate = device_rate("input", device)
        self._blocks: Queue[NDArray[np.int16]] = Queue(WAITING_BLOCKS)
        self._listening = False
        self._to_hearing = HearingStream(self._rate)
        sound = portaudio()
        try:
            self._stream = sound.InputStream(
                self._rate,
                blocksize=int(BLOCK_SECONDS * self._rate),
                device=device,
                channels=1,
                dtype="int16",
                callback=self._take,
            )
        except sound.PortAudioError as error:
            raise no_longer("input") from error

    def __enter__(self) -> Self:
        """Start the device. Raises ``SoundError``."""
        sound = portaudio()
        try:
            self._stream.start()
        except sound.PortAudioError as error:
            raise no_longer("input") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the device."""
        self._stream.close(ignore_errors=True)

    def open_ears(self) -> None:
        """Hear from now on; nothing of before."""
        self._to_hearing = HearingStream(self._rate)
        self._listening = True

    def close_ears(self) -> None:
        """Hear nothing, and forget what waited."""
        self._listening = False
        while True:
            try:
                self._blocks.get_nowait()
            except Empty:
                return

    def block(self) -> Samples:
        """The next tenth of a second as 16 kHz mono int16. Raises ``SoundError`` when the device is gone."""
        try:
            return self._to_hearing.accept(self._blocks.get(timeout=LOST_AFTER))
        except Empty as error:
            raise no_longer("input") from error

    def _take(self, block: NDArray[np.int16], frames: int, time: Any, status: Any) -> None:
        """Called by PortAudio's own thread."""
        if self._listening:
            try:
                self._blocks.put_nowait(block.copy())
            except Full:
                return
