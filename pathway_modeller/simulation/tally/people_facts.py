"""What is known of patients and people: how many, how long, what became of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class PeopleFacts:
    """Patients and people."""
