"""A room where there is no sound card: PulseAudio with one null sink as the room and one as the loudspeaker."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_voice.audio import HEARING_RATE, Samples
from local_voice.sound_device import look_again
from local_voice.wav_file import read_wav, write_wav

ROOM = "room"
LOUDSPEAKER = "loudspeaker"


class VirtualRoom:
    """Its microphone hears what is played into the room; its loudspeaker can be listened to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._played = 0

    def play(self, sound: Samples) -> None:
        """Say something (16 kHz mono int16) in the room; returns when it was said."""
        self._played += 1
        path = self._folder / f"played {self._played}.wav"
        write_wav(path, sound, HEARING_RATE)
        subprocess.run(["paplay", f"--device={ROOM}", path], check=True, timeout=120)

    @contextmanager
    def recording(self) -> Iterator[Path]:
        """Record the loudspeaker into a WAV file while the block runs."""
        path = self._folder / "loudspeaker.wav"
        command = ["parecord", f"--device={LOUDSPEAKER}.monitor", "--file-format=wav", str(path)]
        with subprocess.Popen(command) as recorder:
            yield path
            recorder.terminate()

    @staticmethod
    def recorded(path: Path) -> Samples:
        """What was recorded, as 16 kHz mono int16."""
        return read_wav(path)


@contextmanager
def virtual_room(folder: Path) -> Iterator[VirtualRoom]:
    """Open a room for this process; ``sounddevice`` then sees its devices as the usual ones."""
    socket = folder / "pulse"
    command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm=yes", "--use-pid-file=no"]
    modules = [
        f"module-null-sink sink_name={ROOM} rate=48000",
        f"module-null-sink sink_name={LOUDSPEAKER} rate=48000",
        f"module-native-protocol-unix auth-anonymous=1 socket={socket}",
    ]
    private = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_RUNTIME_PATH": str(folder)}
    heard_by_us = {"PULSE_SERVER": f"unix:{socket}", "PULSE_SOURCE": f"{ROOM}.monitor", "PULSE_SINK": LOUDSPEAKER}
    server = subprocess.Popen(
        [*command, *(f"--load={module}" for module in modules)],
        env={**os.environ, **private},
        stderr=subprocess.DEVNULL,
    )
    outside = {name: os.environ.get(name) for name in heard_by_us}
    os.environ.update(heard_by_us)
    try:
        _wait_until_it_answers(server)
        look_again()
        yield VirtualRoom(folder)
    finally:
        for name, value in outside.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
        server.terminate()
        server.wait(timeout=30)
        look_again()


def _wait_until_it_answers(server: subprocess.Popen[bytes]) -> None:
    while subprocess.run(["pactl", "info"], check=False, capture_output=True, timeout=60).returncode:
        assert server.poll() is None, "pulseaudio did not start"
