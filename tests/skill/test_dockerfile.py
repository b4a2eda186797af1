"""The endpoint's image: small, not root, checked for health, the journal on a volume, and its lines work."""

from __future__ import annotations

import os
import re
import signal
import stat
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.skill.dockerfile import Build, Instruction, read_dockerfile
from tests.skill.signed_requests import SKILL_ID

CHECKOUT = Path(__file__).parents[2]
HOME = "/var/lib/common-ground"
NOT_FOR_THE_ENDPOINT = ("numpy", "vosk", "faster_whisper", "sounddevice", "pyttsx3", "soundfile", "pytest", "torch")


@pytest.fixture(scope="module")
def instructions() -> list[Instruction]:
    """The Dockerfile's."""
    return read_dockerfile(CHECKOUT / "Dockerfile")


def _rests(instructions: list[Instruction], name: str) -> list[str]:
    return [instruction.rest for instruction in instructions if instruction.name == name]


def _position(instructions: list[Instruction], name: str) -> int:
    return max(number for number, instruction in enumerate(instructions) if instruction.name == name)


def test_the_image_is_slim_and_its_python_is_the_projects(instructions: list[Instruction]) -> None:
    """What is not in the image cannot be attacked in it."""
    (base,) = _rests(instructions, "FROM")
    assert re.fullmatch(r"python:3\.\d+-slim", base)


def test_the_endpoint_does_not_run_as_root(instructions: list[Instruction]) -> None:
    """A way in must not be a way to everything; and after USER nothing is run that could need root."""
    (user,) = _rests(instructions, "USER")
    (owner,) = (rest.split("=")[1] for rest in _rests(instructions, "ARG") if rest.startswith("OWNER="))
    assert user == owner
    assert int(user) >= 1_000
    assert _position(instructions, "USER") > _position(instructions, "RUN")


def test_the_journal_is_on_a_volume(instructions: list[Instruction]) -> None:
    """Else the couple's words are gone with the container."""
    assert _rests(instructions, "VOLUME") == [HOME]
    assert f"COMMON_GROUND_HOME={HOME} " in _rests(instructions, "ENV")[0]
    assert _position(instructions, "VOLUME") > _position(instructions, "RUN")


def test_health_is_checked_at_the_port_that_is_served(instructions: list[Instruction]) -> None:
    """A health check of another port restarts a healthy endpoint for ever."""
    (port,) = _rests(instructions, "EXPOSE")
    (check,) = _rests(instructions, "HEALTHCHECK")
    command = instructions[_position(instructions, "CMD")].exec_form
    assert f"http://127.0.0.1:{port}/health" in check
    assert command[:2] == ["common-ground", "serve"]
    assert command[command.index("--port") + 1] == port
    assert "--local-test" not in command


def test_what_is_installed_is_a_part_of_the_projects_own_list(instructions: list[Instruction]) -> None:
    """Two lists of versions drift apart."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    installed = re.findall(r'"([^"]+)"', _rests(instructions, "RUN")[0])
    assert len(installed) > 5
    assert set(installed) <= set(project["dependencies"])


def test_nothing_private_is_copied(instructions: list[Instruction]) -> None:
    """``COPY . .`` would take along a journal, a key or the history."""
    copied = {source for rest in _rests(instructions, "COPY") for source in rest.split()[:-1]}
    assert copied == {
        "pyproject.toml",
        "README.md",
        "common_ground.py",
        "intents/",
        "storage/",
        "skill/",
        "local_voice/",
    }


def test_its_lines_work_in_a_clean_folder_and_bring_only_what_the_endpoint_needs(
    instructions: list[Instruction], tmp_path: Path
) -> None:
    """An image that nobody has built does not build."""
    build = Build(tmp_path, CHECKOUT, {"OWNER": str(os.getuid())})
    build.follow(instructions)
    home = build.inside(HOME)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert home.stat().st_uid == os.getuid()
    find = "import importlib.util as u, sys; print([name for name in sys.argv[1:] if u.find_spec(name)])"
    assert build.run("python", "-c", find, *NOT_FOR_THE_ENDPOINT).strip() == "[]"
    _serves_and_is_healthy(build, instructions)


def _serves_and_is_healthy(build: Build, instructions: list[Instruction]) -> None:
    """Run CMD and HEALTHCHECK as they are written, but for the port and the address."""
    command = instructions[_position(instructions, "CMD")].exec_form
    check = instructions[_position(instructions, "HEALTHCHECK")].exec_form
    (port,) = _rests(instructions, "EXPOSE")
    local = [{port: "0", command[command.index("--host") + 1]: "127.0.0.1"}.get(word, word) for word in command]
    env = {**build.env, "COMMON_GROUND_SKILL_ID": SKILL_ID}
    with subprocess.Popen(local, cwd=build.workdir, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            listening = re.search(r"port (\d+)", server.stdout.readline())
            assert listening
            build.run(*(word.replace(f":{port}/", f":{listening[1]}/") for word in check))
            server.send_signal(signal.SIGTERM)
            assert server.wait(60) == 0
        finally:
            server.kill()
