"""What a shift does, in a sentence, and what is wrong with it. Knows no Qt."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathway_modeller.scenario.document import Pathway, RunSettings
from pathway_modeller.scenario.money import MoneySettings, Shift
from pathway_modeller.scenario.shifts.shifts import bodies_of, shift_moves
from pathway_modeller.scenario.shifts.steps import Moved
from pathway_modeller.scenario.shifts.whole_units import ShiftMoves
from pathway_modeller.scenario.words.months import month_words
from pathway_modeller.scenario.words.sentences import listed, plural, typeset

_LEAST = 1.0
"""Pounds a year below which nothing is left over."""


@dataclass(frozen=True)
class Told:
    """A shift in words.

    Attributes:
        does: what it does, in sentences; "" if nothing.
        problems: what is wrong, in sentences.
        playable: whether the option can be run with it.
    """

    does: str
    problems: tuple[str, ...] = ()
    playable: bool = True


def told(
    key: str, shifts: Mapping[str, Shift], pathway: Pathway, money: MoneySettings, run: RunSettings
) -> Told:
    """Returns what one shift of an option does beside the others.

    Args:
        key: id of the shift.
        shifts: every shift of the option, this one among them.
        pathway: the option's pathway, without its shifts.
        money: price index.
        run: start date and calendar.
    """
    moves = shift_moves(pathway, shifts, money, run)
    mine = [each for each in moves.problems if each.shift == key]
    wrong = tuple(typeset(f"{each.what[:1].upper()}{each.what[1:]}. {each.mend}.") for each in mine)
    playable = all(each.severity == "warning" for each in mine)
    does = "; ".join(_parts(moves, shifts[key], key, pathway, run)) if playable else ""
    does = f"{does[:1].upper()}{does[1:]}." if does else ""
    return Told(f"{does} {_rest(moves, shifts[key], key)}".strip() if playable else "", wrong, playable)


def _parts(moves: ShiftMoves, shift: Shift, key: str, pathway: Pathway, run: RunSettings) -> list[str]:
    """Returns what the shift does, a clause each."""
    found = []
    for moved in moves.moved[key]:
        pool = pathway.pools[moved.pool]
        verb = "opens" if moved.opens else "closes"
        units = plural(len(moved.dates), "unit")
        found.append(f"{verb} {units} of {pool.name}{_where(moved, pathway)} {between(moved.dates)}")
        if not moved.opens:
            found.append(_leaving(moved, shift, pathway, run))
    return found


def _where(moved: Moved, pathway: Pathway) -> str:
    """Returns in which footprints units open or close; nothing where all share the pool."""
    counts = Counter(key for key in moved.footprints if key is not None)
    if not counts:
        return ""
    if len(counts) == len(pathway.footprints) and len(set(counts.values())) == 1:
        return f" ({min(counts.values()):,} in each footprint)"
    return f" ({listed([f'{count:,} in {pathway.footprints[key].name}' for key, count in counts.items()])})"


def between(days: Sequence[dt.date]) -> str:
    """Returns when something happens that happens on some days: "in July 2025", "from July to May 2026"."""
    first, last = min(days), max(days)
    if (first.year, first.month) == (last.year, last.month):
        return f"in {month_words(f'{first:%Y-%m}')}"
    return f"from {month_words(f'{first:%Y-%m}')} to {month_words(f'{last:%Y-%m}')}"


def released_days(moved: Moved, shift: Shift, pathway: Pathway, run: RunSettings) -> tuple[dt.date, ...]:
    """Returns the day on which the cost of each closed unit leaves: whole blocks, after notice."""
    pool = pathway.pools[moved.pool]
    notice = shift.notice or pool.notice
    block = pool.block or 1
    found = []
    for body in bodies_of(pathway, pool):
        days = moved.days(run.start_date, body)
        for last in range(block - 1, len(days), block):
            left = run.start_date + dt.timedelta(days=days[last] + (notice.days if notice else 0.0))
            found += [left] * block
    return tuple(sorted(found))


def _leaving(moved: Moved, shift: Shift, pathway: Pathway, run: RunSettings) -> str:
    """Returns when the cost of the closed units leaves."""
    left = released_days(moved, shift, pathway, run)
    block = pathway.pools[moved.pool].block or 1
    stays = len(moved.dates) - len(left)
    whole = f"only whole blocks of {block} release their cost"
    if not left:
        return f"their cost stays, since {whole}" if stays > 1 else f"its cost stays, since {whole}"
    whose = "its" if len(moved.dates) == 1 else "their"
    said = f"{whose} cost leaves {between(left)}"
    return f"{said}, but that of {plural(stays, 'unit')} stays, since {whole}" if stays else said


def _rest(moves: ShiftMoves, shift: Shift, key: str) -> str:
    """Returns which part of the amount pays for no whole unit, where the pools' prices are of its year."""
    for moved in moves.moved[key]:
        if moved.opens and moved.unit_cost.price_year == shift.amount.price_year:
            rest = shift.amount.value - len(moved.dates) * moved.unit_cost.value
            if rest >= _LEAST:
                return f"£{rest:,.0f} of the £{shift.amount.value:,.0f} a year opens no whole unit."
    return ""


def arrow_words(shift: Shift, pathway: Pathway) -> str:
    """Returns a shift in a line: its name, its pounds, from where to where."""
    ends = [
        pathway.pools[end].name if end is not None and end in pathway.pools else outside
        for end, outside in ((shift.origin, "money found elsewhere"), (shift.target, "taken out"))
    ]
    return f"{shift.name}: £{shift.amount.value:,.0f} a year, from {ends[0]} to {ends[1]}"
