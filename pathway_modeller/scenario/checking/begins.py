"""Options that begin at a date: what they change that cannot change at one, and days that no run sees."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from pathway_modeller.scenario.begins import begun
from pathway_modeller.scenario.checking.finding import Finding, error
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.words.sentences import date_words

_MEND = "Leave it as in the baseline, or let the option begin with the run (take its day out)"


def find_begins(scenario: Scenario, option: str, drawn: Pathway) -> Iterator[Finding]:
    """Yields what hinders an option from beginning at its date.

    Args:
        scenario: the scenario.
        option: its id.
        drawn: the pathway as the option draws it.
    """
    begins, run = scenario.options[option].begins, scenario.run
    if begins is None:
        return
    for kept in begun(scenario.baseline, drawn, begins, run.start_date)[1]:
        what = f"{kept.why}, and the option begins on {date_words(begins)}"
        yield error(kept.steps, what, kept.mend or _MEND)
    here = ("options", option, "begins")
    days = math.ceil(run.warm_up.days + run.duration.days)
    if begins >= dt.date.fromordinal(min(run.start_date.toordinal() + days, dt.date.max.toordinal())):
        what = f"the option changes nothing, since it begins on {date_words(begins)}, when the run is over"
        yield Finding("warning", here, what, "Let it begin sooner, or run for longer", "file")
    elif begins <= run.start_date:
        what = f"the day has no effect, since the run starts on {date_words(run.start_date)}"
        yield Finding("warning", here, what, "Take it out: the option is there from the start", "file")
