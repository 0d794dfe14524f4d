"""Undo and redo of scenario values: undo is the previous value, the very same object."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE


@dataclass(frozen=True)
class Step:
    """One value that the scenario had, and how it came to have it.

    Attributes:
        label: what the user did, as it follows "Undo": "move 2 elements".
        scenario: the value after it.
        variant: the variant in which it was done.
        merge: consecutive steps with the same, non-empty merge key count as one (a row of nudges).
    """

    label: str
    scenario: Scenario
    variant: str = BASELINE
    merge: str = ""


@dataclass(frozen=True)
class History:
    """The values a scenario has had since it was opened. Itself a value: every method returns a new one."""

    steps: tuple[Step, ...]
    at: int = 0
    saved: Scenario | None = None

    @classmethod
    def opened(cls, scenario: Scenario) -> History:
        """Begins the history of a scenario that has just been opened, and is therefore saved."""
        return cls(steps=(Step("", scenario),), saved=scenario)

    @property
    def scenario(self) -> Scenario:
        """The present value."""
        return self.steps[self.at].scenario

    @property
    def is_dirty(self) -> bool:
        """Whether the present value is another than the one last opened or saved."""
        return self.scenario is not self.saved

    @property
    def can_undo(self) -> bool:
        """Whether there is an earlier value."""
        return self.at > 0

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone value."""
        return self.at < len(self.steps) - 1

    @property
    def undo_label(self) -> str:
        """What would be undone; empty if nothing."""
        return self.steps[self.at].label if self.can_undo else ""

    @property
    def redo_label(self) -> str:
        """What would be done again; empty if nothing."""
        return self.steps[self.at + 1].label if self.can_redo else ""

    def with_step(self, step: Step) -> History:
        """Returns the history after one more edit; what had been undone is forgotten."""
        kept = self.steps[: self.at + 1]
        if self._merges(step):
            kept = kept[:-1]
        return replace(self, steps=(*kept, step), at=len(kept))

    def _merges(self, step: Step) -> bool:
        """Tells whether a step only carries on the present one, which is neither opened nor saved."""
        last = self.steps[self.at]
        return (
            bool(step.merge)
            and self.can_undo
            and not self.can_redo
            and last.merge == step.merge
            and last.variant == step.variant
            and self.is_dirty
        )

    def undone(self) -> tuple[History, Step]:
        """Returns the history one step back, and the step that was undone.

        Raises:
            IndexError: there is nothing to undo.
        """
        if not self.can_undo:
            raise IndexError("nothing to undo")
        return replace(self, at=self.at - 1), self.steps[self.at]

    def redone(self) -> tuple[History, Step]:
        """Returns the history one step on, and the step that was done again.

        Raises:
            IndexError: there is nothing to redo.
        """
        if not self.can_redo:
            raise IndexError("nothing to redo")
        return replace(self, at=self.at + 1), self.steps[self.at + 1]

    def marked_saved(self) -> History:
        """Returns the history in which the present value is the saved one."""
        return replace(self, saved=self.scenario)

    def marked_unsaved(self) -> History:
        """Returns the history in which no value is the saved one."""
        return replace(self, saved=None)
