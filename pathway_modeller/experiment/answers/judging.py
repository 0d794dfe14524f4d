"""Judging several differences together, so that 5% is the chance to be wrong about any of them.

S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 1979; 6: 65-70: the
clearest of m differences is shown if its interval for m judged together leaves out zero, the next if its
interval for m - 1 does, and so on; the first that does not ends it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Shows = Callable[[int], bool]
"""Whether a difference leaves out zero if so many are judged together; the more there are, the seldomer."""


@dataclass(frozen=True)
class Judged:
    """How one difference came out among others.

    Attributes:
        shown: whether it is shown.
        among: for how many judged together its interval has to leave out zero; of what follows the one that
            ends it as many as of that one, so that its interval never does.
    """

    shown: bool
    among: int


def holm(differences: Mapping[Key, Shows]) -> dict[Key, Judged]:
    """Returns which differences are shown, all judged together.

    Args:
        differences: whether each leaves out zero, by how many are judged together.
    """
    many = len(differences)
    reach = {key: _reach(shows, many) for key, shows in differences.items()}
    found, among, going = {}, many, True
    for rank, key in enumerate(sorted(reach, key=lambda each: -reach[each])):
        # Whatever follows the one that ends it is judged as that one was: by itself it might seem shown.
        among = many - rank if going else among
        going = going and reach[key] >= among
        found[key] = Judged(going, among)
    return found


def _reach(shows: Shows, most: int) -> int:
    """The largest number judged together, up to the most, for which a difference is shown; 0 for none."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if shows(middle) else (low, middle - 1)
    return low
