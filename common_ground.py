"""The front hall: settings, the command line, and the one place that puts the rooms together."""

from __future__ import annotations

import logging
import os
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from platformdirs import user_data_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from intents.conversation import Conversation
from intents.failure import Failure
from intents.language import Language, load_language, read_language_file
from intents.ritual_file import load_ritual
from storage.export import export
from storage.sqlite_journal import SqliteJournal

if TYPE_CHECKING:
    from local_voice.recognizer import Recognizer
    from local_voice.voice import Voice

SECOND_VOICE_CENTS = 350
"""How much higher the demo's other voice is."""

HOUSEHOLD = "home"
"""This machine is the home of one couple."""


class CannotGoOn(Failure):
    """What was asked cannot be done. The message is one sentence that says what to do."""


class Settings(BaseSettings):
    """From ``settings.toml`` in the home folder; ``COMMON_GROUND_…`` in the environment comes first."""

    model_config = SettingsConfigDict(env_prefix="COMMON_GROUND_", extra="forbid")

    home: Path = Field(default_factory=lambda: user_data_path("common-ground"))
    """The one folder that holds everything."""

    language: str = "en-US"
    country: str = Field(default="US", pattern="^[A-Z]{2}$")
    """Where you are (ISO 3166), for the numbers of outside support."""

    microphone: str | None = None
    loudspeaker: str | None = None
    skill_id: str = ""
    """The id of your own skill, from Amazon's developer console."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file."""
        home = Path(env_settings().get("home") or user_data_path("common-ground"))
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, home / "settings.toml"))


def load_settings() -> Settings:
    """The couple's settings. Raises ``CannotGoOn`` with a sentence that names what to mend."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise CannotGoOn(
            f"The setting {name} in settings.toml (or the environment) is wrong: {first['msg']}."
        ) from error
    except ValueError as error:
        raise CannotGoOn(f"settings.toml cannot be read as TOML: {error}.") from error


@contextmanager
def open_journal(settings: Settings) -> Iterator[SqliteJournal]:
    """The couple's journal. Raises ``JournalError``."""
    with SqliteJournal(settings.home) as journal:
        yield journal


def their_language(settings: Settings) -> Language:
    """Their language, with the rituals they wrote themselves."""
    return load_language(settings.language, settings.home / "rituals")


def now() -> datetime:
    """The time here, with its zone."""
    return datetime.now().astimezone()


app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="A voice companion for the two of you. What you say stays on this machine.",
)
journal_app = typer.Typer(no_args_is_help=True, help="Look at what you kept, take it with you, or have it forgotten.")
rituals_app = typer.Typer(no_args_is_help=True, help="See which rituals there are, and check ones you wrote.")
app.add_typer(journal_app, name="journal")
app.add_typer(rituals_app, name="rituals")


@app.command()
def talk(
    sounds: Annotated[list[Path] | None, typer.Argument(metavar="[A.wav B.wav …]", show_default=False)] = None,
    keyboard: Annotated[bool, typer.Option("--keyboard", help="Type instead of speaking.")] = False,
    json_lines: Annotated[bool, typer.Option("--json", help="For programs: one JSON object for each reply.")] = False,
    hear: Annotated[bool, typer.Option("--hear", help="Hear the WAV files named, in order, as what you said.")] = False,
    speak_to: Annotated[
        Path | None, typer.Option(help="With --hear: the folder for the spoken replies.", show_default=False)
    ] = None,
) -> None:
    """Talk with the two of you, aloud where there is a microphone and a loudspeaker."""
    if bool(sounds) != hear or (hear and (speak_to is None or keyboard)) or (speak_to is not None and not hear):
        raise typer.BadParameter("Write it as: talk --hear A.wav B.wav --speak-to FOLDER")
    if keyboard and json_lines:
        raise typer.BadParameter("Choose either --keyboard or --json.")
    settings = load_settings()
    with open_journal(settings) as journal:
        language = their_language(settings)
        conversation = Conversation(journal, language, settings.country)
        if hear and sounds and speak_to:
            _talk_hear(conversation, partial(_their_ears, settings, language), sounds, speak_to, json_lines)
        elif json_lines:
            from local_voice.talk_json import talk_json

            talk_json(conversation, clock=now, household=HOUSEHOLD)
        elif keyboard:
            from local_voice.talk_keyboard import talk_keyboard

            talk_keyboard(conversation, clock=now, household=HOUSEHOLD)
        else:
            _talk_aloud(conversation, settings, language)


def _talk_hear(
    conversation: Conversation, ears: Callable[[], Recognizer], sounds: list[Path], speak_to: Path, json_lines: bool
) -> None:
    from local_voice.talk_hear import TalkInFiles, talk_hear

    with closing(_their_voice()) as voice:

        def start() -> TalkInFiles:
            return TalkInFiles(conversation, ears(), voice, speak_to, clock=now, household=HOUSEHOLD)

        talk_hear(start, sounds, json_lines=json_lines)


def _their_ears(settings: Settings, language: Language) -> Recognizer:
    """Vosk where a model of the couple's language is installed, else the embedded Whisper, which hears English.

    Raises ``RecognizerError`` when neither can hear them.
    """
    from local_voice.recognizer import RecognizerError
    from local_voice.recognizer_vosk import VoskRecognizer, installed_model
    from local_voice.recognizer_whisper import WhisperRecognizer

    model = installed_model(settings.home / "models", settings.language)
    if model is not None:
        return VoskRecognizer(model, settings.language, language.plain_answers)
    if settings.language.startswith("en"):
        return WhisperRecognizer()
    raise RecognizerError(f"Nothing here hears {settings.language}: put a Vosk model into {settings.home / 'models'}.")


def _their_voice() -> Voice:
    """The system's own voice."""
    from local_voice.voice_pyttsx3 import Pyttsx3Voice

    return Pyttsx3Voice()


def _talk_aloud(conversation: Conversation, settings: Settings, language: Language) -> None:
    """Aloud; where that cannot be, the couple is told once why, and the same talk goes on at the keyboard."""
    from local_voice.recognizer import RecognizerError
    from local_voice.sound_device import SoundError
    from local_voice.talk_keyboard import talk_keyboard
    from local_voice.voice import VoiceError

    try:
        _talk_with_devices(conversation, settings, language)
    except (SoundError, RecognizerError, VoiceError) as error:
        typer.echo(f"{error} Until then, let's type.\n", err=True)
        talk_keyboard(conversation, clock=now, household=HOUSEHOLD)


def _talk_with_devices(conversation: Conversation, settings: Settings, language: Language) -> None:
    """Raises ``SoundError``, ``RecognizerError`` or ``VoiceError`` when something to hear or speak with is missing."""
    from local_voice.loudspeaker import Loudspeaker
    from local_voice.microphone import Microphone
    from local_voice.talk_microphone import TalkAloud, talk_microphone

    ears = _their_ears(settings, language)
    with closing(_their_voice()) as voice:
        talk_microphone(
            TalkAloud(conversation, ears, voice, clock=now, household=HOUSEHOLD),
            lambda: Microphone(settings.microphone),
            lambda: Loudspeaker(settings.loudspeaker),
        )


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where the spoken replies go.")] = Path("build/demo"),
) -> None:
    """Let two synthetic voices hold a gratitude round and a check-in, in a journal of their own."""
    from local_voice.demo import DemoScript, Exchange, play_demo
    from local_voice.talk_hear import TalkInFiles
    from local_voice.voice_piper import PiperVoice, piper_is_installed

    if not piper_is_installed():
        raise CannotGoOn("The demo needs the neural voices: run make demo, which installs them.")
    settings = load_settings()
    language = their_language(settings)
    script = DemoScript.model_validate(read_language_file(settings.language, "demo.yaml"))

    def report(exchange: Exchange) -> None:
        typer.echo(f"{exchange.speaker or 'Somebody'}: {exchange.heard}\n")
        typer.echo(f"Common Ground: {exchange.reply.speech}\n")

    with (
        TemporaryDirectory() as home,
        SqliteJournal(Path(home)) as journal,
        closing(_their_voice()) as voice,
        closing(PiperVoice()) as one,
        closing(PiperVoice(SECOND_VOICE_CENTS)) as other,
    ):
        conversation = Conversation(journal, language, settings.country)
        talk_ = TalkInFiles(
            conversation, _their_ears(settings, language), voice, folder, clock=now, household=HOUSEHOLD
        )
        typer.echo(f"Common Ground: {talk_.reply.speech}\n")
        play_demo(talk_, (other, one), script, lambda: journal.standing(HOUSEHOLD).partners, report)
        typer.echo("The journal that came of it:\n")
        typer.echo(export(journal, HOUSEHOLD, "markdown"))
    typer.echo(f"The spoken replies are in {folder}/001.wav, 002.wav and so on.")


@app.command()
def serve(
    local_test: Annotated[
        bool, typer.Option("--local-test", help="Only for this machine: no signature asked, a secret address instead.")
    ] = False,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 takes a free one.")] = 8080,
) -> None:
    """Answer a smart speaker. Put a TLS proxy in front; only signed requests of your own skill are answered."""
    from skill.app import create_app, create_local_test_app
    from skill.serve import serve_local_test, serve_public

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings = load_settings()
    if not local_test and not settings.skill_id:
        raise CannotGoOn('There is no skill id: put skill_id = "amzn1.ask.skill.…" into settings.toml, then try again.')
    with open_journal(settings) as journal:
        language = their_language(settings)
        language.understanding.warm()
        conversation = Conversation(journal, language, settings.country)
        shared: dict[str, Any] = {
            "household": HOUSEHOLD,
            "secret": _account_key(settings.home),
            "ritual_ids": tuple(language.rituals),
            "clock": now,
        }
        if local_test:
            token = secrets.token_urlsafe(24)
            serve_local_test(
                create_local_test_app(conversation, token=token, **shared),
                port,
                ready=lambda bound: typer.echo(f"http://127.0.0.1:{bound}/alexa/{token}"),
            )
        else:
            serve_public(
                create_app(conversation, skill_id=settings.skill_id, **shared),
                host,
                port,
                ready=lambda bound: typer.echo(f"Listening on {host}, port {bound}."),
            )


def _account_key(home: Path) -> bytes:
    """The key that account ids are hashed with; made once, readable by nobody else."""
    path = home / "account.key"
    try:
        with open(path, "xb", opener=_private) as file:
            file.write(secrets.token_bytes(32))
    except FileExistsError:
        return path.read_bytes()
    except OSError as error:
        raise CannotGoOn(f"{path} cannot be written ({error.strerror}): make the folder writable.") from error
    return path.read_bytes()


def _private(path: str, flags: int) -> int:
    """Open so that only its owner may read it."""
    return os.open(path, flags, 0o600)


class ExportFormat(StrEnum):
    """How a journal is written out."""

    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


@journal_app.command("export")
def journal_export(
    written_as: Annotated[
        ExportFormat, typer.Option("--format", help="json for programs, csv for tables, markdown for reading.")
    ] = ExportFormat.MARKDOWN,
) -> None:
    """Write everything you kept to standard output."""
    with open_journal(load_settings()) as journal:
        sys.stdout.write(export(journal, HOUSEHOLD, written_as.value))


@journal_app.command("search")
def journal_search(words: Annotated[list[str], typer.Argument(help="Words to look for.")]) -> None:
    """Find what you kept by words in it."""
    from storage.search import search

    with open_journal(load_settings()) as journal:
        found = search(journal, HOUSEHOLD, " ".join(words))
        names = journal.standing(HOUSEHOLD).partners
    for entry in found:
        typer.echo(f"{entry.id[:8]}  {entry.at:%Y-%m-%d %H:%M}  {names[entry.by]}, {entry.ritual}: {entry.text}")
    if not found:
        typer.echo("Nothing you kept has these words in it.")


@journal_app.command("forget")
def journal_forget(
    entry: Annotated[str, typer.Argument(help="The first letters of the entry's id, as search shows it.")],
) -> None:
    """Forget one entry for good, from every byte of the journal."""
    from storage.search import ids_beginning

    with open_journal(load_settings()) as journal:
        ids = ids_beginning(journal, HOUSEHOLD, entry) if entry else ()
        if len(ids) != 1:
            raise CannotGoOn("No one entry has that id: look it up with “common-ground journal search WORD”.")
        journal.forget_entries(HOUSEHOLD, ids)
    typer.echo("Forgotten. It is gone from the journal.")


@rituals_app.command("list")
def rituals_list() -> None:
    """Name every ritual, with its minutes and what it is for."""
    for ritual in their_language(load_settings()).rituals.values():
        typer.echo(f"{ritual.ritual:12} {ritual.minutes:3} min  {ritual.about}")


@rituals_app.command("check")
def rituals_check(files: Annotated[list[Path], typer.Argument(help="Ritual files you wrote.")]) -> None:
    """Read ritual files and say in plain words what is wrong with them."""
    for path in files:
        typer.echo(f"{path}: {load_ritual(path).name}, all well.")


def _say_what_broke(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """For faults nobody foresaw: one sentence, no traceback, and nothing that was said."""
    place = trace
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f" ({Path(place.tb_frame.f_code.co_filename).name}, line {place.tb_lineno})" if place else ""
    sys.stderr.write(
        f"Something broke inside Common Ground: {kind.__name__}{where}. What you kept is safe; try again.\n"
    )


def main() -> None:
    """The command line. Exit codes: 0 done, 1 it could not be done, 2 the command was wrong."""
    sys.excepthook = _say_what_broke
    try:
        typer.main.get_command(app).main(prog_name="common-ground")
    except Failure as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
