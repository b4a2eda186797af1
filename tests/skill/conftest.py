"""What the tests of the speaker's door share: an Alexa."""

from __future__ import annotations

import pytest

from tests.skill.pki import Pki
from tests.skill.signed_requests import Alexa


@pytest.fixture
def alexa(pki: Pki) -> Alexa:
    """The other side of a fresh endpoint."""
    return Alexa(pki)
