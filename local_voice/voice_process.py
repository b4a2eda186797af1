"""Voice process: a synthesiser kept warm in a process of its own, and replaced when it hangs or dies.

Parent and child talk over one socket pair: a request as JSON in UTF-8, its answer as the rate in Hz and the samples.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from multiprocessing.connection import Connection, Pipe
from threading import Lock
from typing import NamedTuple

import numpy as np

from local_voice.voice import Speech, VoiceError

RATE = struct.Struct("<I")

LONGEST_WAIT = 20.0
"""Seconds after which a child is taken to hang; it is given ``WAIT_PER_CHARACTER`` more for long texts."""

WAIT_PER_CHARACTER = 0.02
"""Seconds. Twice what the slower of our voices takes on one slow core."""

NOTHING_TO_SAY = Speech(np.zeros(0, np.int16), 22_050)

TRIES = 3
"""A request is asked of another child when one hangs or dies over it."""

REMEMBERED = 64
"""Sentences of our own kept rendered."""


class Request(NamedTuple):
    """What to render."""

    text: str
    language: str
    pace: float


class VoiceProcess:
    """A ``Voice`` whose work is done by the module named; safe for threads, which take turns."""

    def __init__(self, module: str, arguments: tuple[str, ...] = (), longest_wait: float = LONGEST_WAIT) -> None:
        """Starts ``python -m module`` with ``arguments`` at once, so that it is warm when first needed."""
        self._module = module
        self._arguments = arguments
        self._longest_wait = longest_wait
        self._turns = Lock()
        self._remembered: OrderedDict[Request, Speech] = OrderedDict()
        self._start()

    def render(self, text: str, language: str, pace: float, cacheable: bool = False) -> Speech:
        """See ``Voice.render``."""
        request = Request(text.replace("\0", " "), language, pace)
        if not text.strip():
            return NOTHING_TO_SAY
        with self._turns:
            if request in self._remembered:
                self._remembered.move_to_end(request)
                return self._remembered[request]
            speech = self._ask(request)
            if cacheable:
                self._remembered[request] = speech
                if len(self._remembered) > REMEMBERED:
                    self._remembered.popitem(last=False)
            return speech

    def close(self) -> None:
        """End the child."""
        self._connection.close()
        self._process.kill()
        self._process.wait()

    @property
    def process_id(self) -> int:
        """Of the child that renders now."""
        return self._process.pid

    def _start(self) -> None:
        ours, theirs = Pipe()
        with theirs:
            command = [sys.executable, "-m", self._module, str(theirs.fileno()), *self._arguments]
            self._process = subprocess.Popen(  # noqa: S603  our own module
                command,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._connection = ours

    def _ask(self, request: Request) -> Speech:
        longest_wait = self._longest_wait + WAIT_PER_CHARACTER * len(request.text)
        for _ in range(TRIES):
            try:
                self._connection.send_bytes(json.dumps(request._asdict()).encode())
                if self._connection.poll(longest_wait):
                    return _read(self._connection.recv_bytes())
            except (EOFError, BrokenPipeError, ConnectionResetError):
                pass
            self.close()
            self._start()
        raise VoiceError("The voice does not answer: run make setup, then try again, or use --keyboard.")


def _read(answer: bytes) -> Speech:
    (rate,) = RATE.unpack_from(answer)
    if not rate:
        raise VoiceError(answer[RATE.size :].decode())
    return Speech(np.frombuffer(answer, np.int16, offset=RATE.size), rate)


def serve_voice(render: Callable[[Request], Speech]) -> None:
    """The child's side: answer requests with ``render`` until the parent is gone.

    ``render`` may raise ``VoiceError``, which is then raised in the parent.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which says goodbye
    with Connection(os.dup(int(sys.argv[1]))) as connection:
        while True:
            try:
                request = Request(**json.loads(connection.recv_bytes()))
            except EOFError:
                return
            try:
                speech = render(request)
                connection.send_bytes(RATE.pack(speech.rate) + speech.samples.tobytes())
            except VoiceError as error:
                connection.send_bytes(RATE.pack(0) + str(error).encode())
