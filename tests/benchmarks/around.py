"""What goes on around the engine, and where the time of a whole ``compare`` goes."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from tests.benchmarks.tables import Table, seconds

SCENARIO = Path(__file__).with_name("outpatient-one-year.json")
QUICK_SCENARIO = SCENARIO.with_name("twelve-activities.json")
_LINE = re.compile(r"(.+?)\s+([\d.]+) s$")
LEAST = 0.02
"""Share of the whole from which a part is named."""

Say = Callable[[str], None]


def around(_quick: bool, say: Say) -> Table:
    """Measures opening, saving, checking, compiling, collecting and reading, in a process of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.around_the_engine"]
    found = []
    for more in ([], ["run"]):
        done = subprocess.run([*command, *more], capture_output=True, text=True, check=True)
        found += [match.groups() for line in done.stdout.splitlines() if (match := _LINE.match(line))]
        say(done.stdout)
    rows = tuple((what, seconds(float(took))) for what, took in found)
    notes = ("Seconds of one processor, the least of a few tries; commands with the engine's cache warm.",)
    return Table("around", "Around the engine", notes, ("What", "Seconds"), rows)


def compare(quick: bool, say: Say) -> Table:
    """Profiles a whole ``compare`` on one worker, and says which part of the program the time is spent in."""
    path = QUICK_SCENARIO if quick else SCENARIO
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        stats = Path(folder) / "stats"
        command = [sys.executable, "-m", "tests.benchmarks.around", str(path), str(stats)]
        subprocess.run(command, check=True, capture_output=True)
        profile = pstats.Stats(str(stats))
    parts: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, callers) in profile.stats.items():  # type: ignore[attr-defined]
        if file == "~" and callers:
            for (caller, _, _), (_, _, spent, _) in callers.items():
                parts[_part(caller)] += spent
        else:
            parts[_part(file)] += own
    whole = sum(parts.values())
    say(f"{path.name}: {whole:.2f} s profiled")
    named = [(part, took) for part, took in parts.most_common() if took >= LEAST * whole]
    rest = whole - sum(took for _, took in named)
    rows = [(part, seconds(took), f"{took / whole:.0%}") for part, took in named]
    rows += [("everything else", seconds(rest), f"{rest / whole:.0%}"), ("whole", seconds(whole), "100%")]
    notes = (
        f"`compare {path.name} --workers 1 --json` under Python's profiler, which slows down Python code.",
        "Own time of functions and of what is built in that they call, by room of the program or library.",
    )
    return Table(
        "compare", "Where the time of a compare goes", notes, ("Part", "Seconds", "Share"), tuple(rows)
    )


def _part(file: str) -> str:
    """Returns the room of the program, or the library, that a file belongs to."""
    parts = Path(file).parts
    if "pathway_modeller" in parts:
        after = parts[len(parts) - parts[::-1].index("pathway_modeller") :]
        return f"pathway_modeller/{'/'.join(after[:2]) if len(after) > 2 else after[0]}"
    if "site-packages" in parts:
        return parts[parts.index("site-packages") + 1]
    return "importing" if "importlib" in file else "Python itself"


def _profiled(path: str, stats: str) -> None:
    """Runs the command under the profiler."""
    from pathway_modeller.main import main

    profile = cProfile.Profile()
    sys.argv = ["pathway-modeller", "compare", path, "--workers", "1", "--json"]
    with redirect_stdout(io.StringIO()):
        try:
            profile.runcall(main)
        except SystemExit as end:
            if end.code:
                raise
        finally:
            profile.dump_stats(stats)


if __name__ == "__main__":
    os.environ.setdefault("COLUMNS", "100")
    _profiled(sys.argv[1], sys.argv[2])
