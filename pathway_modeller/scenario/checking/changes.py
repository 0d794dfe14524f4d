"""Changes at a date that no run sees: to the same value, or after its end."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.dated import Change, PlainChange
from pathway_modeller.scenario.document import RunSettings
from pathway_modeller.scenario.words.sentences import date_words
from pathway_modeller.scenario.words.structure import Placed


def find_changes(run: RunSettings, records: Sequence[Placed]) -> Iterator[Finding]:
    """Yields values that are said to change at a date and do not, as far as the run goes.

    Args:
        run: how the pathway is run.
        records: every record within it, with its place.
    """
    days = math.ceil(run.warm_up.days + run.duration.days)
    end = dt.date.fromordinal(min(run.start_date.toordinal() + days, dt.date.max.toordinal()))
    for steps, record in records:
        if not isinstance(record, Change | PlainChange):
            continue
        if record.before == record.after:
            what = "the change has no effect, since the value after it is the one before"
            yield warning(steps, what, "Give another value, or only one value")
        elif record.starts >= end:
            what = (
                f"the change has no effect, since it begins on {date_words(record.starts)} and the run ends "
                f"on {date_words(end)}"
            )
            yield warning((*steps, "starts"), what, "Let it begin sooner, or run for longer")
