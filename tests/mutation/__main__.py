"""Makes small changes at random places, and lists those that no test notices: ``python -m tests.mutation``.

Places are drawn by the hash of the commit before, so that nobody chooses them, in two groups: where things
are worked out, and the window, reports and terminal. Each change is made in a copy of the project as it was
committed last. Which tests come to which line is noted once (``--note``, as long as all tests take one after
the other, and half as long again); it is kept in ``build/mutation`` and serves later commits. Of the tests
that come to a change those nearby are asked first, those of its folder or that name its module, then files
of tests nearby that are new or changed, then all others, the quickest first, until one fails or the time of
each round is up (``--seconds``; three times as long where nothing is compiled). What nothing
noticed until then counts as not noticed, though a test that takes longer might; a test that does not end
has noticed. Prints the survivors, the share noticed and its 95% interval (Wilson's). Exit code 1 if a lower
limit is below its bound. Changes that make no difference are listed in ``set_aside.txt``, one line each with
the reason, and are not counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.mutation.matching import PACKAGE
from tests.mutation.noting import note
from tests.mutation.reached import Reached
from tests.mutation.sample import BOUNDS, GROUPS, Group, Outcome, drawn, outcomes, wilson
from tests.mutation.sites import Site

ROOT = Path(__file__).resolve().parents[2]
NOTES = ROOT / "build" / "mutation"
SET_ASIDE = Path(__file__).with_name("set_aside.txt")
_COMPILE = (sys.executable, "-m", "compileall", "-q", "--invalidation-mode", "checked-hash")
"""Kept by what the source says: a change that is made and taken back within a second must be seen."""


def main(arguments: Sequence[str]) -> int:
    """Draws, changes, asks, and tells."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=150, help="changes of each group")
    parser.add_argument("--group", choices=list(GROUPS), action="append", help="only this group")
    parser.add_argument("--seed", help="in place of the hash of the commit before")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first change")
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="of the processor for each of three rounds of tests"
    )
    parser.add_argument("--note", action="store_true", help="note anew which tests come to which line")
    parser.add_argument("--list", action="store_true", help="only list the places")
    given = parser.parse_args(arguments)
    seed = given.seed or _git("rev-parse", "HEAD~1")
    aside = _set_aside()
    enough = []
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder) / "project"
        _git("worktree", "add", "--detach", str(copy), "HEAD")
        try:
            if not given.list:
                reached = _reached(copy, anew=given.note)
            for group in given.group or list(GROUPS):
                sites = drawn(copy, group, seed, given.sample)[given.first :]
                _say(f"{group}: {len(sites)} changes, seed {seed}")
                if given.list:
                    for site in sites:
                        _say(f"  {_named(site)}")
                    continue
                counted = [each for each in sites if _named(each) not in aside]
                enough.append(_tell(group, counted, outcomes(copy, counted, reached, given.seconds)))
        finally:
            _git("worktree", "remove", "--force", str(copy))
    return 0 if all(enough) else 1


def _reached(copy: Path, *, anew: bool) -> Reached:
    """Returns which tests come to which line; it is noted where it has not been yet."""
    subprocess.run([*_COMPILE, PACKAGE], cwd=copy, check=True)
    stamp = NOTES / "commit"
    if anew or not stamp.exists():
        NOTES.mkdir(parents=True, exist_ok=True)
        note(copy, NOTES, _say)
        stamp.write_text(_git("rev-parse", "HEAD"), encoding="utf-8")
    changed = _git("diff", "--name-only", stamp.read_text(encoding="utf-8").strip(), "HEAD")
    return Reached(copy, NOTES, changed.splitlines())


def _tell(group: Group, sites: list[Site], found: Iterable[Outcome]) -> bool:
    """Says what came of the changes of a group; returns whether enough of them are noticed."""
    noticed = 0
    for number, outcome in enumerate(found, 1):
        noticed += outcome.noticed_by is not None
        _say(f"  {number} {_named(outcome.site)}: {outcome.noticed_by or 'NOT NOTICED'}")
        if outcome.noticed_by is None:
            _say("\n".join(f"      {line}" for line in outcome.difference.splitlines()))
            every, run = outcome.asked
            _say(f"      {run} of {every} tests were run: {', '.join(outcome.files) or 'none comes to it'}")
    low, high = wilson(noticed, len(sites))
    share = noticed / len(sites) if sites else 0.0
    _say(
        f"{group}: {noticed} of {len(sites)} noticed, {share:.0%} (95% interval {low:.0%} to {high:.0%}); "
        f"the lower limit should reach {BOUNDS[group]:.0%}"
    )
    return low >= BOUNDS[group]


def _named(site: Site) -> str:
    """Returns a change in one line."""
    return f"{site.path}:{site.line} {site.what} #{site.number}"


def _set_aside() -> frozenset[str]:
    """Returns the changes that make no difference, as they are named."""
    lines = SET_ASIDE.read_text(encoding="utf-8").splitlines()
    return frozenset(line.split(" - ")[0] for line in lines if line and not line.startswith("#"))


def _git(*arguments: str) -> str:
    """Returns what git prints."""
    command = ["git", *arguments]
    ended = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True
    )
    return ended.stdout.strip()


def _say(text: str) -> None:
    """Prints a line at once."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
