"""Measures speed: ``python -m tests.benchmarks [names] [--out FOLDER] [--page PAGE] [--quick]``.

Prints a table for each benchmark and writes the tables (JSON, Markdown) and charts. Run it on a machine that
does nothing else; ratios come from one run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from tests.benchmarks.tables import Table, keep, put_on

BENCHMARKS: Mapping[str, str] = {
    "six": "six:exponential",
    "six-lognormal": "six:lognormal",
    "clinic": "clinic:clinic",
    "borough": "borough_speed:borough_table",
    "growth": "growth:growth",
    "answer": "answer:answer",
    "small": "answer:small",
    "around": "around:around",
    "compare": "around:compare",
}
"""Where each benchmark is: module and function, given whether to be quick and whom to tell how it goes."""


def main(arguments: list[str]) -> int:
    """Runs the benchmarks asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of: {', '.join(BENCHMARKS)}; all if none")
    parser.add_argument("--out", type=Path, default=Path("results/benchmarks"), help="folder for tables")
    parser.add_argument(
        "--page",
        type=Path,
        help="also renew these tables on this page, between its marks",
    )
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, to see that it goes")
    given = parser.parse_args(arguments)
    unknown = sorted(set(given.names) - BENCHMARKS.keys())
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}; there is {', '.join(BENCHMARKS)}")
    tables: list[Table] = []
    for name in given.names or BENCHMARKS:
        tables.append(_benchmark(name)(given.quick, _tell))
        _say(f"\n{tables[-1].text()}\n")
        keep(tables, given.out)
    written = keep(tables, given.out)
    if given.page is not None:
        written += put_on(tables, given.page)
    for path in written:
        _say(f"Written: {path}")
    return 0


def _benchmark(name: str) -> Callable[[bool, Callable[[str], None]], Table]:
    """Returns a benchmark by name."""
    module, function = BENCHMARKS[name].split(":")
    found: Callable[[bool, Callable[[str], None]], Table] = getattr(
        import_module(f"tests.benchmarks.{module}"), function
    )
    return found


def _tell(text: str) -> None:
    """Tells how it goes."""
    sys.stderr.write(f"[{time.strftime('%H:%M:%S')}] {text}\n")
    sys.stderr.flush()


def _say(text: str) -> None:
    """Writes a line."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
