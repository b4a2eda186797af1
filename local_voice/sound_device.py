"""Sound devices, by way of PortAudio (``libportaudio2`` on Debian and Ubuntu)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from intents.failure import Failure

if TYPE_CHECKING:
    from types import ModuleType

Kind = Literal["input", "output"]

NAMES = {"input": "microphone", "output": "loudspeaker"}


class SoundError(Failure):
    """A microphone or loudspeaker cannot be used. The message says which and what to do."""


def portaudio() -> ModuleType:
    """The ``sounddevice`` module. Raises ``SoundError`` when the library it needs is missing."""
    try:
        import sounddevice  # type: ignore[import-untyped]  # OSError where libportaudio2 is absent
    except OSError as error:
        raise SoundError("Sound cannot be used here: install libportaudio2, then try again.") from error
    module: ModuleType = sounddevice
    return module


def look_again() -> None:
    """See devices that were plugged in since: PortAudio lists them only when it starts. No stream may be open."""
    sound = portaudio()
    sound._terminate()  # sounddevice offers no public way
    sound._initialize()


def device_rate(kind: Kind, device: str | None) -> int:
    """The rate in Hz at which a device (None: the usual one) runs by itself.

    Raises ``SoundError`` when there is none, with the names of those there are when ``device`` is not among them.
    """
    sound = portaudio()
    try:
        rate: float = sound.query_devices(device, kind)["default_samplerate"]
    except (ValueError, sound.PortAudioError) as error:
        raise SoundError(_none_such(kind, device)) from error
    return round(rate)


def no_longer(kind: Kind) -> SoundError:
    """The error for a device that was there and does not work now."""
    return SoundError(f"The {NAMES[kind]} does not work: see that it is plugged in and that no other program holds it.")


def device_names(kind: Kind) -> tuple[str, ...]:
    """The names of all microphones (``input``) or loudspeakers (``output``)."""
    found = portaudio().query_devices()
    return tuple(dict.fromkeys(one["name"] for one in found if one[f"max_{kind}_channels"] > 0))


def _none_such(kind: Kind, device: str | None) -> str:
    names = device_names(kind)
    if not names:
        return f"There is no {NAMES[kind]} on this machine: plug one in, or use --keyboard."
    if device is None:
        return f"No {NAMES[kind]} is chosen: set {NAMES[kind]} in settings.toml to one of: {'; '.join(names)}."
    return f"No {NAMES[kind]} is called “{device}”: set {NAMES[kind]} in settings.toml to one of: {'; '.join(names)}."
