"""A Dockerfile read into its instructions, and followed in a folder as far as a machine without docker can."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Instruction:
    """One instruction: its name in capitals and the rest of it as one line."""

    name: str
    rest: str

    @property
    def exec_form(self) -> list[str]:
        """The JSON list at its end, as in ``CMD ["a", "b"]``."""
        words: list[str] = json.loads(self.rest[self.rest.index("[") :])
        return words


def read_dockerfile(path: Path) -> list[Instruction]:
    """The instructions of a Dockerfile, without comments, continued lines joined."""
    lines = [line for line in path.read_text().splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = "\n".join(lines).replace("\\\n", " ")
    pairs = [line.split(maxsplit=1) for line in joined.splitlines()]
    return [Instruction(name.upper(), " ".join(rest.split())) for name, rest in pairs]


class Build:
    """Follows a Dockerfile inside ``folder``: absolute paths become paths in it, ``python`` a clean environment.

    ``args`` overrides build arguments. Raises ``CalledProcessError`` when a RUN line fails.
    """

    def __init__(self, folder: Path, context: Path, args: dict[str, str]) -> None:
        self.root = folder / "root"
        self.context = context
        self.args = args
        self.workdir = self.root
        environment = folder / "venv"
        # What "FROM python" brings: an interpreter and pip, and not one package of this checkout's environment.
        subprocess.run([sys.executable, "-m", "venv", environment], check=True)
        self.path = f"{environment / 'bin'}:/usr/bin:/bin"
        self.python = environment / "bin" / "python"
        passed_on = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        # Neither changes what is installed: packages may come from the cache, and are compiled when first used.
        quicker = {"PIP_CACHE_DIR": str(Path.home() / ".cache" / "pip"), "PIP_NO_COMPILE": "1"}
        self.env = {**passed_on, **quicker, "PATH": self.path, "HOME": str(folder)}

    def inside(self, path: str) -> Path:
        """Where a path of the image is in the folder."""
        return self.root / path.lstrip("/") if path.startswith("/") else self.workdir / path

    def follow(self, instructions: list[Instruction]) -> None:
        """Carry out ARG, ENV, WORKDIR, COPY and RUN."""
        carry_out = {
            "ARG": self._arg,
            "ENV": self._env,
            "WORKDIR": self._workdir,
            "COPY": self._copy,
            "RUN": self._run,
        }
        for instruction in instructions:
            if instruction.name in carry_out:
                carry_out[instruction.name](instruction.rest)

    def run(self, *command: str, cwd: Path | None = None) -> str:
        """Standard output of a command in the built environment."""
        done = subprocess.run(command, cwd=cwd or self.root, env=self.env, check=True, capture_output=True, text=True)
        return done.stdout

    def _arg(self, rest: str) -> None:
        name, default = rest.split("=", 1)
        self.env[name] = self.args.get(name, default)

    def _env(self, rest: str) -> None:
        for pair in shlex.split(rest):
            name, value = pair.split("=", 1)
            if name != "PIP_NO_CACHE_DIR":
                self.env[name] = str(self.inside(value)) if value.startswith("/") else value

    def _workdir(self, rest: str) -> None:
        self.workdir = self.inside(rest)
        self.workdir.mkdir(parents=True, exist_ok=True)

    def _copy(self, rest: str) -> None:
        *sources, target = rest.split()
        for source in sources:
            origin = self.context / source
            if origin.is_dir():
                shutil.copytree(origin, self.inside(target), ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(origin, self.inside(target))

    def _run(self, rest: str) -> None:
        subprocess.run(["/bin/sh", "-ec", rest], cwd=self.workdir, env=self.env, check=True, stdout=subprocess.DEVNULL)
