"""What a run shows on the drawing, and how an option's changes are marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Overlay:
    """What a run found at one element.

    Attributes:
        queue: the queue in a few words: ``"12.3 waiting"``; empty where nobody can wait.
        utilisation: share of the capacity in use, 0 to 1; None where it has none.
        text: the whole in a sentence, shown when the mouse rests on it.
    """

    queue: str
    utilisation: float | None = None
    text: str = ""
