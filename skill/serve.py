"""Serving an app with waitress until the process is told to stop; the turns under way are finished first."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from flask import Flask
from waitress import create_server, wasyncore  # type: ignore[import-untyped]

from intents.failure import Failure
from skill.app import LARGEST_BODY
from skill.structured_log import Event, record

LOOPBACK = "127.0.0.1"

THREADS = 4
"""Turns answered at once; one household needs one or two."""

LARGEST_HEADERS = 32 * 1024
"""Bytes."""


class CannotListen(Failure):
    """The address cannot be listened on. The message is one sentence that says what to do."""


def serve_public(app: Flask, host: str, port: int, *, ready: Callable[[int], None] = lambda port: None) -> None:
    """Serve ``app`` (from ``create_app``) on ``host`` and ``port`` until SIGTERM or SIGINT.

    Port 0 takes any free one; ``ready`` is called with the real one once requests are accepted. Turns under way are
    finished, for up to 5 seconds. Must be called in the main thread. Raises ``CannotListen``.
    """
    _serve(app, host, port, ready)


def serve_local_test(app: Flask, port: int, *, ready: Callable[[int], None] = lambda port: None) -> None:
    """Serve ``app`` (from ``create_local_test_app``) on the loopback only. All else as ``serve_public``."""
    _serve(app, LOOPBACK, port, ready)


def _serve(app: Flask, host: str, port: int, ready: Callable[[int], None]) -> None:
    sockets: dict[int, object] = {}
    with _bound(host, port) as listener, _told_to_stop():
        server = create_server(
            app,
            map=sockets,
            sockets=[listener],
            threads=THREADS,
            ident=None,
            # Equal to the app's own limit, and below the size from which waitress keeps a body in a temporary file.
            max_request_body_size=LARGEST_BODY,
            max_request_header_size=LARGEST_HEADERS,
            # Else waitress takes the X-Forwarded headers away before the app can refuse whoever sent them.
            clear_untrusted_proxy_headers=False,
        )
        actual = listener.getsockname()[1]
        record(Event.LISTENING, port=actual)
        ready(actual)
        # Returns when the handler below raises, after the threads have finished what they were at.
        server.run()
        wasyncore.close_all(sockets, ignore_all=True)
    record(Event.STOPPED)


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    except OSError as error:
        raise CannotListen(f"There is no address {host} on this machine: choose another with --host.") from error
    with listener:
        try:
            listener.bind(address)
        except OSError as error:
            raise CannotListen(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what uses it, or choose another port."
            ) from error
        yield listener


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """SIGTERM and SIGINT end waitress's loop; afterwards they mean what they meant before."""

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        record(Event.STOPPING)
        raise SystemExit(0)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
