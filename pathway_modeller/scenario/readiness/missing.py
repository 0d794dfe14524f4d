"""Something that a scenario lacks for a kind of answer, and edits that mend it where it is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.edits.every_edit import with_pathway
from pathway_modeller.scenario.options import BASELINE, apply_option
from pathway_modeller.scenario.problems import pointer
from pathway_modeller.scenario.values import MOST_POUNDS, readable

Part = Literal["waits", "money", "payers", "contacts", "people", "standards"]
PARTS: tuple[Part, ...] = get_args(Part)
"""The kinds of answers, in the order in which they are told."""

Ask = Literal["nothing", "pounds", "number", "text"]
"""What a mend asks for before it is applied."""

Answer = float | str | None
"""What was given: pounds or a number, a text, or None where nothing is asked."""


@dataclass(frozen=True)
class Mend:
    """An edit that mends what is missing.

    Attributes:
        label: what it does, as on a button: ``Take "Integrated care board" from the pool``.
        apply: returns the scenario after it; it raises ValueError, with a sentence, where the answer does not
            fit.
        asks: what it needs to be told first.
        asked: the question, as beside a field; "" where nothing is asked.
    """

    label: str
    apply: Callable[[Scenario, Answer], Scenario]
    asks: Ask = "nothing"
    asked: str = ""


@dataclass(frozen=True)
class Missing:
    """What is missing for one kind of answer.

    Attributes:
        part: the kind of answer.
        what: what is missing, a clause without its full stop.
        lost: what cannot be told because of it, a clause without its full stop.
        place: JSON pointer of the first place that lacks it.
        variant: ``"baseline"`` or the option in which it is missing.
        mends: edits that mend it, the likeliest first; none where it has to be described by hand.
    """

    part: Part
    what: str
    lost: str
    place: str
    variant: str = BASELINE
    mends: tuple[Mend, ...] = ()

    @property
    def sentence(self) -> str:
        """What is missing and what is lost, as a sentence."""
        return f"{self.what[:1].upper()}{self.what[1:]}: {self.lost}."


Pathways = Mapping[str, Pathway]
"""The baseline and every option's pathway, by variant."""


def pathways_of(scenario: Scenario) -> Pathways:
    """Returns the pathway of every variant, the baseline first."""
    return {each: apply_option(scenario, each) for each in (BASELINE, *scenario.options)}


def place_in(variant: str, *steps: str) -> str:
    """Returns the JSON pointer of a place in a variant's pathway."""
    root = ("baseline",) if variant == BASELINE else ("options", variant, "patch")
    return pointer(*root, *steps)


def edited(scenario: Scenario, variant: str, change: Callable[[Pathway], Pathway]) -> Scenario:
    """Returns the scenario after an edit of one variant's pathway."""
    pathway = apply_option(scenario, variant)
    changed = change(pathway)
    return scenario if changed is pathway else with_pathway(scenario, variant, changed)


Owned = tuple[str, str]
"""A variant, and the id of a record in its pathway."""


def owned(found: Mapping[str, frozenset[str]]) -> tuple[Owned, ...]:
    """Returns each record once, in the first variant that lacks something of it.

    Args:
        found: by variant, the baseline first, the ids of records that lack it.
    """
    seen: set[str] = set()
    rows: list[Owned] = []
    for variant, ids in found.items():
        rows.extend((variant, key) for key in sorted(ids - seen))
        seen |= ids
    return tuple(rows)


def pounds_of(answer: Answer) -> float:
    """Returns pounds that were given.

    Raises:
        ValueError: they are no amount; the message is a sentence.
    """
    if not isinstance(answer, float | int) or not 0 <= answer <= MOST_POUNDS:
        raise ValueError(f"Give pounds from 0 to {MOST_POUNDS:,}.")
    return float(answer)


def text_of(answer: Answer) -> str:
    """Returns a text that was given.

    Raises:
        ValueError: it is empty; the message is a sentence.
    """
    text = readable(answer).strip() if isinstance(answer, str) else ""
    if not text:
        raise ValueError("Type a few words.")
    return text
