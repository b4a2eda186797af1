"""``make bench``: every figure beside its target. Exits with 1 when a target is missed."""

from __future__ import annotations

import sys

from tests.bench import closed_answer, gate, talk_start, turn_cost, understanding_cost
from tests.bench.figure import Measurement

MEASUREMENTS: dict[str, Measurement] = {
    "turns": turn_cost.measure,
    "understanding": understanding_cost.measure,
    "start": talk_start.measure,
    "answer": closed_answer.measure,
    "gate": gate.measure,
}


def main(names: list[str]) -> int:
    """Print the figures of the measurements named, or of all."""
    missed = 0
    for name in names or MEASUREMENTS:
        for figure in MEASUREMENTS[name]():
            print(figure, flush=True)
            missed += not figure.met
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
