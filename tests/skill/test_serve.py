"""The production server as a real process: what it answers on the wire, and how it stops."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from skill.app import create_app
from skill.serve import CannotListen, serve_public
from tests.skill.served_couple import TOKEN
from tests.skill.signed_requests import LAUNCH, RITUALS, SECRET, SKILL_ID, Clock, Couple, body_of, envelope

LONG_ENOUGH = 60
"""Seconds after which a test gives up; nothing is measured by it."""


class Served:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        self.process = process
        self.input, self.output, self.errors = process.stdin, process.stdout, process.stderr
        self.port = int(self.output.readline())

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[HTTPResponse, bytes]:
        """One request on a connection of its own; header names with ``_`` for ``-``."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=LONG_ENOUGH)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        with connection.getresponse() as response:
            answer = response.read()
        connection.close()
        return response, answer

    def wait_for(self, event: str) -> None:
        """Read the log up to an event."""
        for line in self.errors:
            if event in line:
                return
        raise AssertionError(f"{event} never came")

    def go_on(self) -> None:
        """Let one turn be answered."""
        self.input.write("\n")
        self.input.flush()


@contextmanager
def served(kind: str) -> Iterator[Served]:
    """A server of one kind on a free port, ended afterwards whatever happened."""
    command = [sys.executable, "-m", "tests.skill.served_couple", kind, "127.0.0.1", "0"]
    pipe = subprocess.PIPE
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            yield Served(process)
        finally:
            process.kill()


def _fresh_launch() -> bytes:
    return body_of(envelope(LAUNCH))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_finishes_the_turn_under_way(number: signal.Signals) -> None:
    """A container is stopped at any time; what was said just then must still be kept and acknowledged."""
    with served("local") as server, ThreadPoolExecutor(1) as other:
        waiting = other.submit(server.ask, "POST", f"/alexa/{TOKEN}", _fresh_launch())
        server.wait_for("begun")
        server.process.send_signal(number)
        server.wait_for("stopping")
        server.go_on()
        response, answer = waiting.result(LONG_ENOUGH)
        assert response.status == 200
        assert "How was your day?" in json.loads(answer)["response"]["outputSpeech"]["ssml"]
        server.wait_for("stopped")
        assert server.process.wait(LONG_ENOUGH) == 0
        with pytest.raises(ConnectionRefusedError):
            server.ask("GET", "/health")


def test_the_public_server_answers_health_and_refuses_the_unsigned() -> None:
    """On the wire as in the tests: 400 without a word, and no name of the server."""
    with served("public") as server:
        response, answer = server.ask("GET", "/health")
        assert (response.status, json.loads(answer)) == (200, {"status": "ok"})
        assert response.getheader("Server") is None
        response, answer = server.ask("POST", "/alexa", _fresh_launch())
        assert (response.status, answer) == (400, b"")
        assert server.ask("GET", "/alexa")[0].status == 405
        assert server.ask("POST", "/other")[0].status == 404
        assert server.ask("POST", "/alexa", b"x" * 1_000_000)[0].status == 413


def test_the_local_server_refuses_foreign_hosts_and_proxies_on_the_wire() -> None:
    """Unless told not to, waitress takes the X-Forwarded headers away before the app can see them."""
    with served("local") as server:
        path = f"/alexa/{TOKEN}"
        server.go_on()
        assert server.ask("POST", path, _fresh_launch())[0].status == 200
        for headers in (
            {"Host": "evil.test"},
            {"Host": f"evil.test:{server.port}"},
            {"Host": "127.0.0.1"},
            {"X_Forwarded_For": "203.0.113.9"},
            {"X_Forwarded_Proto": "https"},
            {"Forwarded": "for=203.0.113.9"},
            {"Via": "1.1 proxy"},
        ):
            assert server.ask("POST", path, _fresh_launch(), **headers)[0].status == 403
        assert server.ask("GET", "/health", Host=f"localhost:{server.port}")[0].status == 200


def test_a_port_in_use_is_one_sentence() -> None:
    """A traceback tells a couple nothing; the port's number and a way out does."""
    app = create_app(Couple(), household="home", secret=SECRET, ritual_ids=RITUALS, skill_id=SKILL_ID, clock=Clock())
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotListen, match=rf"Port {port} on 127\.0\.0\.1 cannot be used"):
            serve_public(app, "127.0.0.1", port)
    with pytest.raises(CannotListen, match=r"There is no address nowhere\.invalid"):
        serve_public(app, "nowhere.invalid", 0)
