"""Figures whose intervals are known to cover less than they should, with the share they reach."""

from __future__ import annotations

from collections.abc import Mapping

Key = tuple[str, str, int]
"""Kind of figure, its name, and the replications."""

BELOW: Mapping[Key, float] = {}

WIDE: Mapping[Key, str] = {}
