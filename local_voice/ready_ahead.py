"""Ready ahead: while one stretch of speech is played, the next is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from local_voice.voice import Speech


def ready_ahead(stretches: Iterator[Speech]) -> Iterator[Speech]:
    """The same stretches; each is begun when the one before it is handed out. Raises what ``stretches`` raises."""
    with ThreadPoolExecutor(1, "render") as renderer:
        coming = renderer.submit(next, stretches, None)
        while (stretch := coming.result()) is not None:
            coming = renderer.submit(next, stretches, None)
            yield stretch
