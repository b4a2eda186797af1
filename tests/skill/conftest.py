"""What the tests of the speaker's door share: one certificate authority for the whole run, and an Alexa."""

from __future__ import annotations

import pytest

from tests.skill.pki import Pki
from tests.skill.signed_requests import Alexa


@pytest.fixture(scope="session")
def pki() -> Pki:
    """One authority for all tests: its keys take a while."""
    return Pki.generate()


@pytest.fixture
def alexa(pki: Pki) -> Alexa:
    """The other side of a fresh endpoint."""
    return Alexa(pki)
