"""Opening and checking the scenario that a command names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway_modeller.cli.mistakes import MISTAKE, Mistake, suggestion

if TYPE_CHECKING:
    from pathway_modeller.scenario.document import Scenario
    from pathway_modeller.scenario.problems import Problem


def check_file(file: Path, *, as_json: bool = False) -> int:
    """Prints every problem of a file, and if it can be run what it is ready for and what a run weighs.

    Args:
        file: the scenario.
        as_json: whether to print one JSON object.

    Returns:
        The exit code.

    Raises:
        Mistake: there is no such file.
    """
    from pathway_modeller.cli.readiness import looked_at, ready_document, ready_lines
    from pathway_modeller.scenario.checking.check import check
    from pathway_modeller.scenario.problems import FileProblems, errors

    looked = None
    try:
        scenario = _read(file)
        problems = check(scenario)
        looked = None if errors(problems) else looked_at(scenario)
    except FileProblems as found:
        problems = found.problems
    if as_json:
        click.echo(ready_document(problems, looked), nl=False)
    else:
        click.echo("\n".join((_report(problems), *(ready_lines(looked) if looked is not None else ()))))
    return MISTAKE if errors(problems) else 0


def opened(file: Path) -> Scenario:
    """Returns the scenario that a file holds.

    Raises:
        Mistake: there is no such file, or it is not a scenario; every problem has its line.
    """
    from pathway_modeller.scenario.problems import FileProblems

    try:
        return _read(file)
    except FileProblems as found:
        raise Mistake(_report(found.problems)) from None


def _read(file: Path) -> Scenario:
    """Returns the scenario that a file holds.

    Raises:
        Mistake: there is no such file.
        FileProblems: it holds no scenario.
    """
    from pathway_modeller.scenario.file.open_save import load

    if not file.exists():
        raise Mistake(f"There is no file {str(file)!r}.{_near(file)}")
    if file.is_dir():
        raise Mistake(f"{str(file)!r} is a folder; name a scenario file in it.")
    try:
        return load(file)
    except OSError as error:
        raise Mistake(f"{str(file)!r} cannot be read: {error.strerror or error}.") from None


def runnable(scenario: Scenario) -> None:
    """Shows the warnings of a scenario on the error output.

    Raises:
        Mistake: the scenario cannot be run; its text holds all problems.
    """
    from pathway_modeller.scenario.checking.check import check
    from pathway_modeller.scenario.problems import errors

    problems = check(scenario)
    if errors(problems):
        raise Mistake(_report(problems))
    for problem in problems:
        click.echo(_line(problem), err=True)


def known_option(scenario: Scenario, option: str) -> str:
    """Returns the option's id.

    Raises:
        Mistake: the scenario has no such option.
    """
    if option not in scenario.options:
        raise Mistake(
            f"The scenario has no option {option!r}; {suggestion(option, sorted(scenario.options))}"
        )
    return option


def _report(problems: Sequence[Problem]) -> str:
    """Returns every problem on a line of its own, then how many there are."""
    return "\n".join((*map(_line, problems), _count(problems)))


def _line(problem: Problem) -> str:
    """Returns a problem with how grave it is, on one line."""
    return f"{problem.severity.capitalize()}: {problem}".replace("\n", " ")


def _count(problems: Sequence[Problem]) -> str:
    """Returns how many errors and warnings there are."""
    found = [problem.severity for problem in problems]
    counts = [
        f"{found.count(severity)} {severity}{'' if found.count(severity) == 1 else 's'}"
        for severity in ("error", "warning")
        if severity in found
    ]
    return f"{' and '.join(counts)}." if counts else "No problems."


def _near(file: Path) -> str:
    """Returns a question about a file with a similar name, if the folder has one."""
    folder = file.parent
    names = [each.name for each in folder.glob("*.json")] if folder.is_dir() else []
    if not names:
        return ""
    meant = suggestion(file.name, names)
    return f" D{meant[1:]}" if meant.startswith("did") else ""
