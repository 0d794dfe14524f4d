"""How often 95% intervals hold the truth, by kind of figure and number of replications.

``python -m tests.verification.coverage`` prints a line for each figure, then every way tried, and ends with
exit code 1 if a line fails. ``--quick`` draws 200 experiments of each instead of 4,000; names of sources draw
only those. An experiment from which a way finds no interval (``none``) claims nothing, so it is not wrong, as
a set without an end is not; where more than half find none, the line says so, and what the others cover.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from tests.verification.coverage_candidates import intervals_of
from tests.verification.coverage_cells import WIDEST, Cell, Tried
from tests.verification.coverage_draws import SOURCES
from tests.verification.coverage_labels import WIDE
from tests.verification.coverage_waits import RUNS, Sample

EXPERIMENTS, QUICK = 4000, 200
"""Experiments of each figure."""

BEHIND, QUICK_BEHIND = 20_000, 4_000
"""Replications behind a truth."""


def measure(experiments: int, behind: int, seed: int, sources: Iterable[str] = SOURCES) -> Iterator[Cell]:
    """Yields every cell of some sources, source by source."""
    for source in sources:
        cells: dict[tuple[str, str, int], Cell] = {}
        for sample in SOURCES[source](experiments, behind, seed):
            for runs in RUNS:
                _add(cells, sample, runs)
        _find_fit(list(cells.values()))
        yield from cells.values()


def _find_fit(cells: list[Cell]) -> None:
    """Names the ways that cover each figure at every number of replications."""
    for cell in cells:
        same = [other for other in cells if (other.kind, other.name) == (cell.kind, cell.name)]
        names = (name for name in cell.tried if all(other.covers(other.tried[name]) for other in same))
        cell.fit = frozenset(names)


def _add(cells: dict[tuple[str, str, int], Cell], sample: Sample, runs: int) -> None:
    """Counts what every way finds of a sample."""
    cell = Cell(sample.kind, sample.name, runs, sample.truth)
    cell = cells.setdefault(cell.key, cell)
    for name, found in intervals_of(sample, runs).items():
        cell.tried.setdefault(name, Tried()).add(found, sample.truth)


COLUMNS = ("runs", "truth", "covers", "too high", "too low", "none", "width", "times")
HEADER = "{:66} {:>4} {:>8} {:>7} {:>8} {:>7} {:>5} {:>8} {:>5}".format("figure", *COLUMNS)


def line(cell: Cell) -> str:
    """Returns a cell as a line of the table."""
    way = cell.chosen
    high, low = way.above / (way.intervals + way.none), way.below / (way.intervals + way.none)
    numbers = (
        f"{cell.runs:4} {cell.truth:8.3f} {way.share:7.1%} {high:8.1%} {low:7.1%} "
        f"{way.missing:5.0%} {way.width:8.3g} {cell.times:5.2f}"
    )
    return f"{cell.kind + ': ' + cell.name:66} {numbers} {_label(cell)}".rstrip()


def _label(cell: Cell) -> str:
    """What has to be said of a cell."""
    if cell.fault():
        return f"FAILS: {cell.fault()}"
    if not cell.covers(cell.chosen):
        return f"labelled: covers {cell.chosen.share:.0%}"
    if cell.mostly_none:
        return f"too few runs; those given cover {cell.chosen.of_given:.0%}"
    return f"labelled: wide, {WIDE[cell.key]}" if cell.times > WIDEST and cell.key in WIDE else ""


def ways(cell: Cell) -> str:
    """Returns every way tried in a cell, with what it covers and its mean width."""
    tried = ", ".join(f"{name} {way.share:.1%} ({way.width:.3g})" for name, way in cell.tried.items())
    return f"{cell.kind + ': ' + cell.name:66} {cell.runs:4} {tried}"


def main(arguments: list[str] | None = None) -> int:
    """Prints both tables; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="200 experiments of each")
    parser.add_argument("sources", nargs="*", default=list(SOURCES), help="what to draw")
    given = parser.parse_args(arguments)
    experiments, behind = (QUICK, QUICK_BEHIND) if given.quick else (EXPERIMENTS, BEHIND)
    print(HEADER)  # noqa: T201
    cells = []
    for cell in measure(experiments, behind, 2027, given.sources):
        cells.append(cell)
        print(line(cell), flush=True)  # noqa: T201
    print("\nWays tried, the chosen one first: share that covers (mean width)")  # noqa: T201
    print("\n".join(ways(cell) for cell in cells))  # noqa: T201
    return int(any(cell.fault() for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
