"""Downloading a chain from a real server over real TLS: once, plainly, in little time (cases 45 to 48)."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from skill.fetch import Fetch, https_fetch
from skill.refusal import Reason, Refused
from tests.skill.pki import issue

ALWAYS = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
"""TLS knows only the real time."""

CHAIN = b"-----BEGIN CERTIFICATE-----\n"


class _Bucket(BaseHTTPRequestHandler):
    """Answers by path: ``chain`` and ``exactly`` well, a number with that status, the others badly in their own way."""

    asked: list[str]
    over: Event

    def do_GET(self) -> None:
        self.asked.append(self.path)
        name = self.path.rsplit("/", 1)[-1]
        if name.isdigit():
            self._answer(int(name), CHAIN)
        else:
            getattr(self, f"answer_{name}")()

    def answer_chain(self) -> None:
        self._answer(200, CHAIN)

    def answer_exactly(self) -> None:
        self._answer(200, b"x" * 1_000)

    def answer_large(self) -> None:
        self._answer(200, b"x" * 1_001)

    def answer_endless(self) -> None:
        self._head(200)
        while not self.over.is_set():
            self.wfile.write(b"x" * 1_000)

    def answer_drip(self) -> None:
        self._head(200)
        # Fewer bytes than a chain may have, over longer than anyone may wait.
        for _ in range(150):
            if not self.over.wait(0.02):
                self.wfile.write(b"x")

    def answer_silent(self) -> None:
        self.over.wait()

    def answer_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self.wfile.write(b"half")

    def answer_nonsense(self) -> None:
        self.wfile.write(b"\x00\x01 not HTTP\r\n\r\n")

    def answer_moved(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/echo.api/chain")
        self.end_headers()

    def _head(self, status: int) -> None:
        self.send_response(status)
        self.end_headers()

    def _answer(self, status: int, body: bytes) -> None:
        self._head(status)
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing on standard error."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what these tests are about."""


class Site:
    """A server on this machine, the paths it was asked for, and a ``Fetch`` that trusts it."""

    def __init__(self, port: int, trust: ssl.SSLContext, asked: list[str]) -> None:
        self.url = f"https://127.0.0.1:{port}/echo.api/"
        self.asked = asked
        self.trust = trust

    def fetch(self, longest_wait: float = 20.0) -> Fetch:
        return https_fetch(context=self.trust, largest=1_000, longest_wait=longest_wait)


@contextmanager
def _running(server: _Server, over: Event) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield
    finally:
        over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The server, with a certificate that only the test's own trust knows."""
    root = issue("TLS Root", is_ca=True, valid=ALWAYS)
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    own = issue("127.0.0.1", by=root, names=[here], valid=ALWAYS)
    pem = Path(tmp_path_factory.mktemp("tls")) / "server.pem"
    key = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    pem.write_bytes(own.pem + key)
    asked: list[str] = []
    over = Event()
    handler = type("Bucket", (_Bucket,), {"asked": asked, "over": over})
    server = _Server(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    trust = ssl.create_default_context(cadata=root.pem.decode())
    with _running(server, over):
        yield Site(server.server_address[1], trust, asked)


def _refused(fetch: Fetch, url: str) -> None:
    with pytest.raises(Refused) as refused:
        fetch(url)
    assert refused.value.reason is Reason.DOWNLOAD


def test_what_is_there_is_downloaded(site: Site) -> None:
    """The control beside every refusal below."""
    assert site.fetch()(site.url + "chain") == CHAIN


@pytest.mark.parametrize("status", [201, 204, 206, 301, 304, 403, 404, 429, 500, 503])
def test_45_every_status_but_200_is_refused(site: Site, status: int) -> None:
    """An error page is no chain, whatever it holds."""
    _refused(site.fetch(), site.url + str(status))


def test_a_redirect_is_not_followed(site: Site) -> None:
    """The URL was checked; where it leads was not."""
    site.asked.clear()
    _refused(site.fetch(), site.url + "moved")
    assert site.asked == ["/echo.api/moved"]


@pytest.mark.parametrize("path", ["cut", "nonsense"])
def test_46_a_broken_answer_is_refused(site: Site, path: str) -> None:
    """A connection that breaks must end in a refusal, not in a traceback."""
    _refused(site.fetch(), site.url + path)


def test_46_nobody_there_is_refused(site: Site) -> None:
    """The same when nothing answers at all."""
    _refused(site.fetch(), "https://127.0.0.1:1/echo.api/chain")
    _refused(site.fetch(), "https://name.invalid/echo.api/chain")


@pytest.mark.parametrize("path", ["silent", "drip"])
def test_47_a_slow_server_is_given_up(site: Site, path: str) -> None:
    """Alexa waits about 8 seconds for the whole answer; a drip must not hold a thread for ever."""
    _refused(site.fetch(longest_wait=0.3), site.url + path)


def test_48_more_than_a_chain_is_refused(site: Site) -> None:
    """A gigabyte would fill the memory."""
    assert len(site.fetch()(site.url + "exactly")) == 1_000
    for path in ("large", "endless"):
        _refused(site.fetch(), site.url + path)


def test_a_server_that_nobody_vouches_for_is_refused(site: Site) -> None:
    """Without TLS's own check somebody in between could hand us chains."""
    _refused(https_fetch(), site.url + "chain")
