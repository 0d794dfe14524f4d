"""Problems of a scenario: what is wrong, where, and what would mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pathway_modeller.scenario.options import BASELINE

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a scenario, said so that its reader can mend it.

    Attributes:
        severity: ``"error"`` (cannot be opened or run) or ``"warning"`` (can be run; mind the answer).
        place: JSON pointer (RFC 6901) from the root of the file; empty for the file as a whole.
        where: The place in plain words: ``Activity "Clinic" › service time``.
        what: What is wrong, a clause without its full stop.
        mend: What would mend it, a sentence without its full stop (a question keeps its mark).
        element: Id of the drawn element or of the pool it belongs to, if there is one.
        variant: ``"baseline"`` or the id of the option in which it arises.
    """

    severity: Severity
    place: str
    where: str
    what: str
    mend: str
    element: str | None = None
    variant: str = BASELINE

    def __str__(self) -> str:
        """Returns the problem on one line."""
        place = f" [{self.place}]" if self.place else ""
        stop = "" if self.mend.endswith("?") else "."
        return f"{self.where}: {self.what}. {self.mend}{stop}{place}"


class FileProblems(Exception):  # noqa: N818 - named for what it carries
    """A file cannot be opened; carries every problem that was found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keeps the problems; there is at least one."""
        if not problems:
            raise ValueError("FileProblems needs at least one problem")
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class SaveError(Exception):
    """A scenario could not be saved; the message is one sentence for the person who tried."""


def errors(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Returns the problems that stop a run."""
    return tuple(problem for problem in problems if problem.severity == "error")


def warnings(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Returns the problems that a run survives."""
    return tuple(problem for problem in problems if problem.severity == "warning")


def pointer(*steps: str | int) -> str:
    """Returns the JSON pointer (RFC 6901) of the keys and positions that lead to a place."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def steps_of(place: str) -> tuple[str, ...]:
    """Returns the keys and positions of a JSON pointer; the reverse of :func:`pointer`.

    Raises:
        ValueError: the text is not a JSON pointer.
    """
    if place and not place.startswith("/"):
        raise ValueError(f"not a JSON pointer: {place!r}")
    return tuple(step.replace("~1", "/").replace("~0", "~") for step in place.split("/")[1:])
