"""How small functions are compiled that are called for every row: into their caller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numba

F = TypeVar("F", bound=Callable[..., object])

_njit: Any = numba.njit


def inlined(function: F) -> F:
    """Returns a function that is compiled into each function that calls it.

    A call would pass every array of the book, and count who refers to it.
    """
    found: F = _njit(nogil=True, error_model="numpy", forceinline=True)(function)
    return found
