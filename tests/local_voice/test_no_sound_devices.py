"""Without a sound card, or without the library for it, one sentence says what is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TELL = "from local_voice.sound_device import SoundError\ntry:\n    {}\nexcept SoundError as error:\n    print(error)\n"

WITHOUT_LIBRARY = "import ctypes.util\nctypes.util.find_library = lambda name: None\n"


def told(code: str, folder: Path) -> str:
    """What a process of its own prints, on a machine where no sound server answers."""
    nowhere = {"PULSE_SERVER": f"unix:{folder}/none"}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **nowhere},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=True,
    )
    return ran.stdout


@pytest.mark.parametrize(("device", "name"), [("microphone", "Microphone"), ("loudspeaker", "Loudspeaker")])
def test_a_machine_without_the_device_is_told_so(tmp_path: Path, device: str, name: str) -> None:
    code = f"from local_voice.{device} import {name}\n" + TELL.format(f"{name}()")
    assert told(code, tmp_path) == f"There is no {device} on this machine: plug one in, or use --keyboard.\n"


def test_a_machine_without_portaudio_is_told_which_package_to_install(tmp_path: Path) -> None:
    code = WITHOUT_LIBRARY + "from local_voice.microphone import Microphone\n" + TELL.format("Microphone()")
    assert told(code, tmp_path) == "Sound cannot be used here: install libportaudio2, then try again.\n"
