"""What every bundled scenario answers, kept in a folder and compared with what was kept before.

``python -m tests.answers keep FOLDER`` runs each of them with its own seed and three replications, and keeps
the JSON object, every table, the data and the pictures of every chart, what the terminal shows, the planned
population and a digest of the first replication's history.

``python -m tests.answers compare BEFORE AFTER`` names each file that differs, by how many lines and, where
only figures differ, by how much; exit code 1 if any does. Folders may be of two versions of the program: run
the first command in each.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load

FEW = ("--replications", "3")
_FIGURE = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


def keep(folder: Path) -> None:
    """Writes what every bundled scenario answers into a folder."""
    for file in sorted(shipped("scenarios").glob("*.json")):
        place = folder / file.stem
        place.mkdir(parents=True, exist_ok=True)
        scenario = load(file)
        command = "compare" if scenario.options else "run"
        _kept(place / "terminal.txt", command, file, *FEW, "--out", place / "out")
        _kept(place / "results.json", command, file, *FEW, "--json")
        _kept(place / "check.txt", "check", file)
        _kept(place / "population.json", "population", file, "--json")
        history = place / "history.csv"
        _kept(place / "history.txt", "run", file, "--replications", "1", "--trace", history)
        (place / "history.digest").write_text(
            hashlib.blake2b(history.read_bytes()).hexdigest(), encoding="ascii"
        )
        history.unlink()
        sys.stdout.write(f"{file.stem}\n")


def _kept(place: Path, *arguments: object) -> None:
    """Runs a command and keeps what it prints and its exit code, without names of folders."""
    command = [sys.executable, "-m", "pathway_modeller", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    text = f"{done.stdout}{done.stderr if done.returncode else ''}"
    text = text.replace(str(place.parent), "PLACE").replace(str(shipped("scenarios")), "SCENARIOS")
    place.write_text(f"{text}exit code {done.returncode}\n", encoding="utf-8", newline="\n")


def differing(before: Path, after: Path) -> Iterator[str]:
    """Returns a line for each file that is not the same in both folders."""
    files = {each.relative_to(top) for top in (before, after) for each in top.rglob("*") if each.is_file()}
    for name in sorted(files):
        one, two = before / name, after / name
        if not one.exists() or not two.exists():
            yield f"{name}: only {'after' if two.exists() else 'before'}"
        elif one.read_bytes() != two.read_bytes():
            yield f"{name}: {_difference(one, two)}"


def _difference(one: Path, two: Path) -> str:
    """Returns in words how two files differ."""
    if one.suffix == ".png":
        return "another picture"
    before, after = one.read_text(encoding="utf-8"), two.read_text(encoding="utf-8")
    if _FIGURE.sub("#", before) == _FIGURE.sub("#", after):
        pairs = zip(_FIGURE.findall(before), _FIGURE.findall(after), strict=True)
        most = max(_apart(float(first), float(second)) for first, second in pairs)
        return f"figures only, by {most:.1e} of their size at the most"
    changed = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return f"{len(list(changed))} lines of difference"


def _apart(one: float, two: float) -> float:
    """Returns by how much of their size two figures differ."""
    return 0.0 if one == two else abs(one - two) / max(abs(one), abs(two))


def main(arguments: Sequence[str]) -> int:
    """Does what the arguments say and returns the exit code."""
    match arguments:
        case ["keep", folder]:
            keep(Path(folder).resolve())
            return 0
        case ["compare", before, after]:
            lines = list(differing(Path(before), Path(after)))
            number = sum(each.is_file() for each in Path(before).rglob("*"))
            sys.stdout.write("\n".join([*lines, f"{len(lines)} of {number} files differ.\n"]))
            return 1 if lines else 0
        case _:
            sys.stderr.write(f"{__doc__}\n")
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
