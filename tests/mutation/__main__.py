"""Makes small changes at random places, and lists those that no test notices: ``python -m tests.mutation``.

Places are drawn by the hash of the commit before, so that nobody chooses them, in two groups: where things
are worked out, and the window, reports and terminal. Each change is made in a copy of the project as it was
committed last, and the tests that match it are asked: files that import the module, its mirrored folder, and
the claims. Prints the survivors, the share noticed and its 95% interval (Wilson's). Exit code 1 if a lower
limit is below its bound. Changes that make no difference are listed in ``set_aside.txt``, one line each with
the reason, and are not counted.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.sample import BOUNDS, GROUPS, Group, drawn, outcomes, wilson
from tests.mutation.sites import Site

ROOT = Path(__file__).resolve().parents[2]
SET_ASIDE = Path(__file__).with_name("set_aside.txt")


def main(arguments: Sequence[str]) -> int:
    """Draws, changes, asks, and tells."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=150, help="changes of each group")
    parser.add_argument("--group", choices=list(GROUPS), action="append", help="only this group")
    parser.add_argument("--seed", help="in place of the hash of the commit before")
    parser.add_argument("--from", dest="first", type=int, default=0, help="the number of the first change")
    parser.add_argument("--list", action="store_true", help="only list the places")
    given = parser.parse_args(arguments)
    seed = given.seed or _git("rev-parse", "HEAD~1")
    aside = _set_aside()
    reached = []
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        copy = Path(folder) / "project"
        _git("worktree", "add", "--detach", str(copy), "HEAD")
        try:
            for group in given.group or list(GROUPS):
                sites = drawn(copy, group, seed, given.sample)[given.first :]
                _say(f"{group}: {len(sites)} changes, seed {seed}")
                if given.list:
                    for site in sites:
                        _say(f"  {_named(site)}")
                    continue
                reached.append(_tell(copy, group, [each for each in sites if _named(each) not in aside]))
        finally:
            _git("worktree", "remove", "--force", str(copy))
    return 0 if all(reached) else 1


def _tell(copy: Path, group: Group, sites: list[Site]) -> bool:
    """Makes the changes of a group; returns whether the lower limit of what is noticed reaches its bound."""
    noticed = 0
    for number, outcome in enumerate(outcomes(copy, sites), 1):
        noticed += outcome.noticed
        word = "noticed" if outcome.noticed else "NOT NOTICED"
        _say(f"  {number} {word}: {_named(outcome.site)}")
        if not outcome.noticed:
            _say("\n".join(f"      {line}" for line in outcome.difference.splitlines()))
            _say(f"      asked: {', '.join(outcome.asked) or 'no test'}")
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
