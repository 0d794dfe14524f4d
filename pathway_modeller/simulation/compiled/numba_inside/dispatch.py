"""How Numba finds the machine code of a function for the arguments with which it is called."""

from __future__ import annotations

from typing import Any

from numba.core import config, types

COMPILED = not config.DISABLE_JIT  # type: ignore[attr-defined]
"""Whether functions are compiled; where not, they run as they stand, slowly, with the same result."""


def once_for_all_constants(compiled: Any) -> None:
    """Has a function that is called with constants be compiled for their type, not for each of them."""
    find = compiled.get_call_template

    def get_call_template(args: Any, keywords: Any) -> Any:
        plain = {name: types.unliteral(kind) for name, kind in keywords.items()}
        return find(tuple(types.unliteral(kind) for kind in args), plain)

    compiled.get_call_template = get_call_template
