"""Which tests come to a change, by what was noted once, the likeliest to notice it first."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import coverage

from tests.mutation.matching import PACKAGE, asked_for, is_compiled
from tests.mutation.noting import UNCOMPILED
from tests.mutation.sites import Site

SLOWER = 3
"""Times as long as others may tests take that play what is not compiled."""


class Reached:
    """What was noted: the seconds of each test, and the tests that come to each line of a file."""

    def __init__(self, root: Path, notes: Path, changed_since: Collection[str]) -> None:
        """Reads the notes.

        Args:
            root: of the copy of the project.
            notes: the folder.
            changed_since: files that are no longer as they were when the notes were made, from the root.
        """
        self._root, self._changed = root, frozenset(changed_since)
        self._files = [
            each.relative_to(root).as_posix() for each in sorted((root / "tests").rglob("test_*.py"))
        ]
        self._data: list[tuple[bool, coverage.CoverageData]] = []
        self._seconds: dict[bool, dict[str, float]] = {False: {}, True: {}}
        for file in sorted(notes.glob("*.json")):
            plain = file.name.startswith(UNCOMPILED)
            seconds: dict[str, float] = json.loads(file.read_text(encoding="utf-8"))
            self._seconds[plain] |= {test: took for test, took in seconds.items() if self._stands(test)}
            data = coverage.CoverageData(str(file.with_suffix(".coverage")))
            data.read()
            self._data.append((plain, data))

    def rounds(self, site: Site, limit: float) -> list[list[str]]:
        """Returns the tests to be asked: those nearby, files that are new or changed, and those from afar.

        Args:
            site: the change.
            limit: seconds of the processor that each of the three may take.
        """
        seconds = self._seconds[is_compiled(site.path)]
        limit *= SLOWER if is_compiled(site.path) else 1
        noted = {_file(test) for each in self._seconds.values() for test in each}
        near = asked_for(self._root, site.path)
        found = self._tests(site)
        by = {test for test in found if _is_in(test, near)}
        files = {_file(test) for test in by} or {_file(test) for test in seconds if _is_in(test, near)}
        # Of tests that share results only the first, for which they were worked out, came to the line.
        shared = [test for test in seconds if _file(test) in files and test not in by]
        known, come = noted - self._changed, {_file(test) for test in found}
        new = [file for file in self._files if file not in known and (_is_in(file, near) or file in come)]
        first = [*_fitting(by, seconds, limit), *_fitting(shared, seconds, limit)]
        return [each for each in (first, new, _fitting(found - by, seconds, limit)) if each]

    def _tests(self, site: Site) -> set[str]:
        """Returns the tests that come to a change, or to a line that names what it defines."""
        here = self._lines(site.path)
        source = (self._root / site.path).read_text(encoding="utf-8")
        lines, names = _place(ast.parse(source), site.line)
        if site.path in self._changed:
            lines, names = set(here), set()
        found = {test for line in lines for test in here.get(line, ())}
        if names:
            found = {
                test
                for path, line in _naming(self._root, frozenset(names))
                for test in self._lines(path, compiled=is_compiled(site.path)).get(line, ())
            }
        found = found or {test for tests in here.values() for test in tests}
        return {test for test in found if test in self._seconds[is_compiled(site.path)]}

    @cache  # noqa: B019 - there is one of them
    def _lines(self, path: str, *, compiled: bool | None = None) -> dict[int, set[str]]:
        """Returns the tests that come to each line of a file; imports are nobody's."""
        plain = is_compiled(path) if compiled is None else compiled
        found: dict[int, set[str]] = {}
        for each, data in self._data:
            if each != plain:
                continue
            for name in data.measured_files():
                if name.endswith(f"/{path}"):
                    for line, tests in data.contexts_by_lineno(name).items():
                        found.setdefault(line, set()).update(test for test in tests if test)
        return {line: tests for line, tests in found.items() if tests}

    def _stands(self, test: str) -> bool:
        """Tells whether the file of a test is still there; a test that is not is passed over."""
        return (self._root / _file(test)).exists()


def _fitting(tests: Collection[str], seconds: dict[str, float], limit: float) -> list[str]:
    """Returns the quickest tests that fit into a time, file by file, the file of the quickest first."""
    files: dict[str, list[str]] = {}
    spent = 0.0
    for test in sorted(tests, key=lambda each: (seconds[each], each)):
        spent += seconds[test]
        if spent > limit and files:
            break
        files.setdefault(_file(test), []).append(test)
    return [test for each in files.values() for test in each]


def _file(test: str) -> str:
    """Returns the file of a test."""
    return test.split("::")[0]


def _is_in(test: str, places: Collection[str]) -> bool:
    """Tells whether a test stands in one of the files or folders."""
    return any(_file(test) == place or test.startswith(f"{place}/") for place in places)


def _place(tree: ast.Module, line: int) -> tuple[set[int], set[str]]:
    """Returns the lines that run where a line does, or the names that are defined there.

    What stands outside every function runs when its module is loaded, which tells nothing: it matters where
    its name is used. A default matters wherever its function runs.
    """
    around = [node for node in ast.walk(tree) if isinstance(node, ast.stmt) and _spans(node, line)]
    function = [node for node in around if isinstance(node, ast.FunctionDef)]
    inner = max(around, key=lambda node: node.lineno, default=None)
    if inner is None:
        return set(), set()
    if function:
        body = function[-1].body
        if inner is function[-1]:
            return set(range(body[0].lineno, (body[-1].end_lineno or 0) + 1)), set()
        blocks = [each[0].lineno for each in _blocks(inner) if each and each[0].lineno > line]
        return set(range(inner.lineno, min(blocks, default=(inner.end_lineno or 0) + 1))), set()
    match inner:
        case ast.Assign(targets=targets):
            return set(), {
                name.id for each in targets for name in ast.walk(each) if isinstance(name, ast.Name)
            }
        case ast.AnnAssign(target=ast.Name(id=name)):
            return set(), {name}
        case _:
            return set(), set()


def _spans(node: ast.stmt, line: int) -> bool:
    """Tells whether a statement comes to a line."""
    return node.lineno <= line <= (node.end_lineno or 0)


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    """Yields the statements that stand inside a statement."""
    for name in ("body", "orelse", "finalbody"):
        yield getattr(node, name, [])
    if isinstance(node, ast.Match):
        yield from (case.body for case in node.cases)


@cache
def _naming(root: Path, names: frozenset[str]) -> tuple[tuple[str, int], ...]:
    """Returns the places of the package where one of the names stands."""
    word = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
    return tuple((path, line) for path, lines in _sources(root) for line, text in lines if word.search(text))


@cache
def _sources(root: Path) -> tuple[tuple[str, tuple[tuple[int, str], ...]], ...]:
    """Returns the lines of every file of the package, numbered."""
    return tuple(
        (
            file.relative_to(root).as_posix(),
            tuple(enumerate(file.read_text(encoding="utf-8").splitlines(), 1)),
        )
        for file in sorted((root / PACKAGE).rglob("*.py"))
    )
