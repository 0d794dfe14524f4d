"""Who goes without under an option: what a lower bill or a shorter wait of those seen would hide."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pathway_modeller.analysis.intervals import PairedInterval, paired
from pathway_modeller.experiment.results import LABELS
from pathway_modeller.scenario.options import BASELINE

LEFT = ("left.gave_up", "left.turned_away", "left.not_attended")
"""Ways to leave the pathway unseen, of which the sum is judged."""
_TROUBLED = ("gave_up", "turned_away")
_WAITING, _INSIDE, _EXITS = "still_waiting.patients", "inside.end", "exits"


def unserved_words(values: pd.DataFrame, option: str, standards: Mapping[str, str]) -> tuple[str, ...]:
    """Returns in words which patients are shown to go without under an option, more than in the baseline.

    A difference is shown where its whole 95% interval lies on one side of zero.

    Args:
        values: as :attr:`Results.values`, with the baseline and the option.
        option: id of the option.
        standards: names of waiting-time standards by id.

    Returns:
        Clauses such as "220 more patients leave unseen"; empty if nothing of the kind is shown.
    """
    whole = (values[[name for name in LABELS if name not in ("measure", "unit")]] == "").all(axis=1)
    rows = values[whole & values["variant"].isin((BASELINE, option))]
    found = [*_leaving(rows, option, standards), *_staying(rows, option)]
    if not found and (exits := _difference(rows, option, (_EXITS,))).high < 0:
        found = [f"{_number(-exits.mean)} fewer patients reach an exit point"]
    return tuple(found)


def _leaving(rows: pd.DataFrame, option: str, standards: Mapping[str, str]) -> list[str]:
    """Clauses about those who leave unseen, or else about those who give up or leave with a clock running."""
    if (left := _difference(rows, option, LEFT)).low > 0:
        return [f"{_number(left.mean)} more patients leave unseen"]
    found = []
    if (troubled := _difference(rows, option, _TROUBLED)).low > 0:
        found.append(f"{_number(troubled.mean)} more patients give up waiting or find a queue full")
    for identifier, name in standards.items():
        if (removed := _difference(rows, option, (f"standard.removed.{identifier}",))).low > 0:
            # A single standard needs no name: headlines are read aloud, and are long enough.
            clock = f"clock for “{name}”" if len(standards) > 1 else "clock"
            found.append(f"{_number(removed.mean)} more patients leave with their {clock} running")
            break
    return found


def _staying(rows: pd.DataFrame, option: str) -> list[str]:
    """The clause about those who are still on the pathway: in words of waiting where most of them wait."""
    waiting = _difference(rows, option, (_WAITING,))
    inside = _difference(rows, option, (_INSIDE,))
    if waiting.low > 0 and not inside.mean > 2 * waiting.mean:
        return [f"{_number(waiting.mean)} more patients are left waiting at the end"]
    if inside.low > 0:
        return [f"{_number(inside.mean)} more patients are still on the pathway at the end"]
    return []


def _difference(rows: pd.DataFrame, option: str, measures: tuple[str, ...]) -> PairedInterval:
    """The paired difference of a sum of measures; NaN where there are none."""
    mine = rows[rows["measure"].isin(measures)]
    both = {
        variant: mine[mine["variant"] == variant].groupby("replication")["value"].sum(min_count=1)
        for variant in (option, BASELINE)
    }
    after, before = both[option].align(both[BASELINE], join="inner")
    return paired(after.to_numpy(dtype=float), before.to_numpy(dtype=float))


def _number(patients: float) -> str:
    """A number of patients: whole from ten on, one decimal below."""
    return f"{patients:,.0f}" if patients >= 10 else f"{patients:.1f}" if patients >= 0.1 else "a few"
