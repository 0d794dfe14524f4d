"""The finding that an id names nothing, with the nearest one that does."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pathway_modeller.scenario.checking.finding import Finding, error
from pathway_modeller.scenario.words.sentences import listed, quoted
from pathway_modeller.scenario.words.structure import Step


def dangling(
    steps: tuple[Step, ...], identifier: str, known: Mapping[str, Any] | Collection[str], kind: str
) -> Iterator[Finding]:
    """Yields the finding that an id names nothing of its kind, with the nearest id that does."""
    if identifier in known:
        return
    near = difflib.get_close_matches(identifier, list(known), n=1, cutoff=0.6)
    name = getattr(known[near[0]], "name", None) if near and isinstance(known, Mapping) else None
    mend = f'Did you mean "{near[0]}"{f" ({name})" if name and name != near[0] else ""}?' if near else ""
    if not mend:
        some = listed([quoted(each) for each in sorted(known)[:6]], "or")
        mend = f"Use {some}" if some else f"Add this {kind}, or take out what names it"
    yield error(steps, f"it names the {kind} {quoted(identifier)}, which does not exist", mend)
