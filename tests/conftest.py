"""What every room's tests share."""

from __future__ import annotations

import pytest

from tests.skill.pki import Pki


@pytest.fixture(scope="session")
def pki() -> Pki:
    """One certificate authority for the whole run: its keys take a while."""
    return Pki.generate()
