"""JSON as text for people and programs: what ``json.dumps(..., indent=1)`` writes, sooner.

Python's own encoder writes indented text item by item in Python; of a table of tens of thousands of rows that
takes a second. Whatever holds no list or object goes through its compiled part instead.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

_PLAIN = frozenset((str, int, float, bool, type(None)))
"""Types of what holds nothing."""


def json_text(value: object, depth: int = 0) -> str:
    """Returns a value as indented JSON; the same characters as ``json.dumps(value, indent=1)``.

    Args:
        value: texts, numbers, True, False, None, and lists and mappings of these.
        depth: how deep the value stands in another.

    Raises:
        ValueError: a number is NaN or infinite.
        TypeError: JSON knows no such value.
    """
    brackets, items = _container(value)
    if not items:
        return _encoder(depth).encode(value)
    inner, outer = "\n" + " " * (depth + 1), "\n" + " " * depth
    # To compare types is much quicker than to ask each item whether it is a mapping of any kind.
    plain = _PLAIN.issuperset(map(type, items))
    if not plain and isinstance(value, list) and all(map(_is_row, items)):
        # The break between two rows is nowhere else: inside of texts, line breaks are written as \n.
        row, end = f"{{{inner} ", f"{inner}}}"
        rows = _encoder(depth + 1).encode(items)[2:-2].replace(f"}},{inner} {{", f"{end},{inner}{row}")
        body = f"{row}{rows}{end}"
    elif not plain and any(isinstance(item, Mapping | list | tuple) for item in items):
        texts = [json_text(item, depth + 1) for item in items]
        if isinstance(value, Mapping):
            texts = [f"{json.dumps(key)}: {text}" for key, text in zip(value, texts, strict=True)]
        body = f",{inner}".join(texts)
    else:
        body = _encoder(depth).encode(value)[1:-1]
    return f"{brackets[0]}{inner}{body}{outer}{brackets[1]}"


def _container(value: object) -> tuple[str, Sequence[object]]:
    """Returns the brackets of a list or mapping and what it holds; nothing for other values."""
    if isinstance(value, Mapping):
        return "{}", list(value.values())
    return "[]", value if isinstance(value, list | tuple) else ()


def _is_row(item: object) -> bool:
    """Tells whether something is a mapping that holds something, and no list or mapping."""
    return type(item) is dict and bool(item) and _PLAIN.issuperset(map(type, item.values()))


@lru_cache(maxsize=16)
def _encoder(depth: int) -> json.JSONEncoder:
    """Returns the encoder of what holds no list or mapping, with items on lines of their own."""
    separator = ",\n" + " " * (depth + 1)
    return json.JSONEncoder(ensure_ascii=True, allow_nan=False, separators=(separator, ": "))
