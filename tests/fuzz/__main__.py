"""Damages scenarios and looks at what becomes of them: ``python -m tests.fuzz [--files N] [--seed TEXT]``.

Every fault is told with its seed, and its file is kept; ``--again SEED`` looks at one file once more. Faults
that were mended have their seeds in ``seeds.txt``, which the tests go through. Exit code 1 if there was one.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.fuzz.damage import damaged
from tests.fuzz.judge import judged


def main(arguments: Sequence[str]) -> int:
    """Looks at as many files as are wanted, and tells what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--files", type=int, default=5000, help="how many")
    parser.add_argument("--seed", default="1", help="names the files: the same seed, the same files")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first file")
    parser.add_argument("--again", metavar="SEED", help="only the file of this seed, as a fault is told")
    parser.add_argument(
        "--keep", type=Path, default=Path("fuzz-faults"), help="where files at fault are kept"
    )
    given = parser.parse_args(arguments)
    numbers = range(given.first, given.first + given.files)
    seeds = [given.again] if given.again else [f"{given.seed}-{number}" for number in numbers]
    fates: Counter[str] = Counter()
    longest = largest = 0.0
    begun = time.monotonic()
    given.keep.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds, 1):
        file = given.keep / f"{seed}.json"
        file.write_bytes(damaged(seed))
        verdict = judged(file)
        fates[verdict.fate] += 1
        longest, largest = max(longest, verdict.seconds), max(largest, verdict.memory)
        if verdict.fate == "fault":
            _say(f"Seed {seed} ({file}):\n{verdict.said}")
        else:
            file.unlink()
        if number % 500 == 0 or number == len(seeds):
            told = ", ".join(f"{fate} {count}" for fate, count in sorted(fates.items()))
            _say(
                f"{number} files in {time.monotonic() - begun:.0f} s: {told}; "
                f"longest check {longest:.2f} s, largest {largest / 1e6:.0f} MB"
            )
    return 1 if fates["fault"] else 0


def _say(text: str) -> None:
    """Prints a line at once."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
