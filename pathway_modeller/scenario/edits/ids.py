"""Readable ids for what is newly drawn or listed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.values import readable

ID_LENGTH = 64


def fresh_id(name: str, taken: Collection[str]) -> str:
    """Makes a readable id from a name: "Day unit" gives "day-unit", the next time "day-unit-2"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[: ID_LENGTH - 6].strip("-") or "unnamed"
    candidate, number = stem, 1
    while candidate in taken:
        number += 1
        candidate = f"{stem}-{number}"
    return candidate


def untaken_name(stem: str, taken: Collection[str]) -> str:
    """Returns a name that is not taken: "Clinic", the next time "Clinic 2"."""
    name, number = stem, 1
    while name in taken:
        number += 1
        name = f"{stem} {number}"
    return name


def drawn_ids(pathway: Pathway) -> set[str]:
    """Returns the ids of everything drawn, which a new element or transition must not have."""
    return {*pathway.drawn(), *pathway.transitions}


def cleaned_name(name: str) -> str:
    """Returns a name as it is kept, without stray blanks and without what nobody can read.

    Raises:
        ValueError: nothing is left of it.
    """
    kept = " ".join(readable(name).split())
    if not any(c.isprintable() and not c.isspace() for c in kept):
        raise ValueError("A name cannot be empty; type what people call it.")
    return kept
