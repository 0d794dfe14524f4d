"""Kills the window (``kill -9``) at random moments: ``python -m tests.kills [MOMENTS] [--seed FIRST]``.

After each kill the file must open and hold what "Saved" was said of; edits of more than two seconds before
must be in it or be offered; and the next start leaves no hidden temporary file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.kills.moment import kill_at

EACH = 10
"""After one kill of so many the program is really started again, which takes longer."""


def main(arguments: list[str]) -> int:
    """Kills so often, and says what came of it; the exit code is 1 if anything was lost."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description=__doc__)
    parser.add_argument("moments", nargs="?", type=int, default=500)
    parser.add_argument("--seed", type=int, default=0, help="of the first moment; the others follow")
    given = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for seed in range(given.seed, given.seed + given.moments):
        with tempfile.TemporaryDirectory() as folder:
            outcome = kill_at(Path(folder), seed, whole=seed % EACH == 0)
        counts[f"killed {outcome.kind}"] += 1
        counts["something was offered" if outcome.offered is not None else "nothing was offered"] += 1
        counts["the last edit was lost"] += (
            max(outcome.in_file or 0, outcome.offered or 0) < outcome.last_edited
        )
        for fault in outcome.faults:
            counts["FAULTS"] += 1
            sys.stdout.write(f"seed {seed}, {outcome.kind}: {fault}\n")
        sys.stdout.flush()
    for what, number in sorted(counts.items()):
        sys.stdout.write(f"{number:6} {what}\n")
    return 1 if counts["FAULTS"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
