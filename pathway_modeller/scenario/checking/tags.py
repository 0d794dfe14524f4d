"""Tags that are not declared, where others are."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.words.sentences import quoted
from pathway_modeller.scenario.words.structure import Step


def find_tags(pathway: Pathway) -> Iterator[Finding]:
    """Yields tags of activities and pools that are not declared.

    Where none are declared, a tag is a plain word, and any will do. Tags change no result, so that an
    undeclared one stops nothing.
    """
    for map_name in ("activities", "pools"):
        for identifier, holder in getattr(pathway, map_name).items():
            yield from _undeclared((map_name, identifier, "tags"), holder.tags, pathway)


def find_option_tags(scenario: Scenario, option: str, pathway: Pathway) -> Iterator[Finding]:
    """Yields tags of an option itself that its pathway does not declare."""
    for each in _undeclared(("options", option, "tags"), scenario.options[option].tags, pathway):
        yield Finding(each.severity, each.steps, each.what, each.mend, root="file")


def _undeclared(steps: tuple[Step, ...], tags: Collection[str], pathway: Pathway) -> Iterator[Finding]:
    """Yields those of some tags that are not among the declared, if any are."""
    for position, tag in enumerate(tags):
        if pathway.tags and tag not in pathway.tags:
            near = difflib.get_close_matches(tag, list(pathway.tags), n=1, cutoff=0.6)
            mend = f'Did you mean "{near[0]}"?' if near else "Declare it beside the others, or take it out"
            yield warning((*steps, position), f"the tag {quoted(tag)} is not declared", mend)
