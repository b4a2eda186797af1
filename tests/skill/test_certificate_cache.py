"""Downloaded chains: one download serves many requests, and a bad one none (cases 88 to 93)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from cryptography.x509.verification import Store

from skill.certificate_cache import KEPT_FOR, MOST_CHAINS, CertificateCache
from skill.refusal import Reason, Refused
from tests.skill.pki import NOW, Pki
from tests.skill.signed_requests import Bucket, Clock

URL = "https://s3.amazonaws.com/echo.api/a.pem"
OTHER = "https://s3.amazonaws.com/echo.api/b.pem"


class Setup:
    """A cache, its clock and what it downloads from."""

    def __init__(self, pki: Pki, fetch: Callable[[str], bytes] | None = None) -> None:
        self.key = pki.leaf.key.public_key()
        self.clock = Clock()
        self.bucket = Bucket({URL: pki.chain, OTHER: pki.chain})
        self.cache = CertificateCache(
            trusted=Store([pki.root.certificate]), clock=self.clock, fetch=fetch or self.bucket
        )


@pytest.fixture
def setup(pki: Pki) -> Setup:
    """A cold cache."""
    return Setup(pki)


def test_88_89_each_url_is_downloaded_once(setup: Setup) -> None:
    """A download for each turn makes every answer late; a shared one lets one URL speak for another."""
    for _ in range(3):
        assert setup.cache.public_key(URL) == setup.key
    assert setup.bucket.asked == [URL]
    assert setup.cache.public_key(OTHER) == setup.key
    assert setup.bucket.asked == [URL, OTHER]


def test_90_a_failed_download_is_tried_again(setup: Setup, pki: Pki) -> None:
    """A network that was away for a moment must not close the endpoint for a day."""
    del setup.bucket.files[URL]
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            setup.cache.public_key(URL)
        assert refused.value.reason is Reason.DOWNLOAD
    setup.bucket.files[URL] = pki.chain
    assert setup.cache.public_key(URL) == setup.key
    assert len(setup.bucket.asked) == 3


def test_90_a_chain_that_does_not_hold_is_not_kept(setup: Setup, pki: Pki) -> None:
    """The same, for what came but was wrong."""
    setup.bucket.files[URL] = pki.leaf_with(names=[])
    with pytest.raises(Refused):
        setup.cache.public_key(URL)
    setup.bucket.files[URL] = pki.chain
    assert setup.cache.public_key(URL) == setup.key


def test_91_a_chain_that_expires_while_it_is_kept_is_refused(setup: Setup, pki: Pki) -> None:
    """A cache that checks only what comes in keeps an expired key alive."""
    setup.bucket.files[URL] = pki.leaf_with(valid=(NOW - timedelta(days=1), NOW + timedelta(minutes=5)))
    assert setup.cache.public_key(URL) == setup.key
    setup.clock.forward(timedelta(minutes=6))
    with pytest.raises(Refused):
        setup.cache.public_key(URL)
    setup.bucket.files[URL] = pki.chain
    assert setup.cache.public_key(URL) == setup.key


def test_92_an_old_entry_is_downloaded_again(setup: Setup) -> None:
    """A chain that Amazon withdrew must not live here for months."""
    setup.cache.public_key(URL)
    setup.clock.forward(KEPT_FOR - timedelta(seconds=1))
    setup.cache.public_key(URL)
    assert len(setup.bucket.asked) == 1
    setup.clock.forward(timedelta(seconds=1))
    setup.cache.public_key(URL)
    assert len(setup.bucket.asked) == 2


def test_an_entry_from_the_future_is_downloaded_again(setup: Setup) -> None:
    """A clock that was set back must not make an entry live longer."""
    setup.cache.public_key(URL)
    setup.clock.forward(-timedelta(days=1))
    setup.cache.public_key(URL)
    assert len(setup.bucket.asked) == 2


def test_93_two_threads_with_a_cold_cache_both_get_the_key(pki: Pki) -> None:
    """Two requests at once on the first evening."""
    both = Barrier(2, timeout=30)

    def slow(url: str) -> bytes:
        both.wait()
        return pki.chain

    cold = Setup(pki, slow)
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(cold.cache.public_key, [URL, URL])) == [cold.key, cold.key]


def test_the_cache_does_not_grow_without_end(setup: Setup, pki: Pki) -> None:
    """Anyone may name any file in Amazon's folder."""
    urls = [f"https://s3.amazonaws.com/echo.api/{number}.pem" for number in range(MOST_CHAINS + 1)]
    setup.bucket.files = dict.fromkeys(urls, pki.chain)
    for url in urls:
        setup.cache.public_key(url)
        setup.clock.forward(timedelta(seconds=1))
    setup.bucket.asked.clear()
    for url in reversed(urls):
        setup.cache.public_key(url)
    assert setup.bucket.asked == [urls[0]]
