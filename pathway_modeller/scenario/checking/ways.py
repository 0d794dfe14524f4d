"""Who can reach what: elements with the ways that lead on from each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

Ways = Mapping[str, set[str]]
"""For each element those that are next; one that is next need not be a key."""


def linked(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Returns the ways that pairs of (from, to) make."""
    ways: dict[str, set[str]] = {}
    for origin, target in pairs:
        ways.setdefault(origin, set()).add(target)
    return ways


def reached_from(ways: Ways, starts: Iterable[str]) -> set[str]:
    """Returns everything that can be reached from some elements, themselves included."""
    found: set[str] = set()
    waiting = list(starts)
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting.extend(ways.get(here, ()))
    return found


def loops(ways: Ways) -> Iterator[set[str]]:
    """Yields each largest set of elements all of which can be reached from one another, in order of ways."""
    done: set[str] = set()
    for here in ways:
        after = reached_from(ways, ways[here]) if here not in done else ()
        if here in after:
            loop = {each for each in after if here in reached_from(ways, ways.get(each, ()))}
            done |= loop
            yield loop
