"""What an answer hangs on, in words."""

from __future__ import annotations

from collections.abc import Mapping

from pathway_modeller.analysis.accounts.wording import short_pounds
from pathway_modeller.experiment.answers.cash_claim import LEAST
from pathway_modeller.experiment.hangs_on.value import HangsOn, OptionHangsOn, Outcome, Range, Sentence, Turn
from pathway_modeller.scenario.words.ranges import value_words
from pathway_modeller.scenario.words.sentences import elided, lower_first

CELL = 160
"""Characters of what is said in a cell, at most: two short clauses, some six lines of a narrow column."""
_ALONE, _CLAUSE = 100, (CELL - 2) // 2
"""Characters of a clause alone, and of one of two; where it would be longer the assumption's name is cut."""

_SAID: Mapping[Sentence, tuple[str, str]] = {
    "saves": ("saves", "is no longer shown to save"),
    "costs": ("costs more", "is no longer shown to cost more"),
    "shorter": ("shortens waits", "is no longer shown to shorten waits"),
    "longer": ("lengthens waits", "is no longer shown to lengthen waits"),
    "without": ("more go without", "more are no longer shown to go without"),
    "loses": ("a footprint loses", "no footprint is shown to lose any longer"),
}
"""What is said of a sentence beyond the value at which it turns: that it holds, or can be said no longer.

A wait that is no longer shown to be longer may still be longer: its interval reaches down to what matters.
"""

_MOVES: Mapping[Outcome, str] = {"cash": "cash", "wait": "waits", "care": "who goes without"}
"""What an assumption moves."""


def hangs_on_words(found: HangsOn, option: str) -> str:
    """Returns what the answers about an option hang on most, for a cell: at most ``CELL`` characters.

    The first sentence that turns, as "variable cost of a contact: saves from £1.73 up"; where none does, the
    assumption that moves the first outcome farthest. Before another sentence stands what lowers the cash
    paid at an end of its range, though no saving may be said for it.

    Raises:
        KeyError: the option was not compared.
    """
    mine = found.of(option)
    if mine.turns:
        turn = mine.turns[0]
        name, rest = _name(found, turn.assumption), f": {turn_words(turn, found, short=True)}"
        less = () if turn.sentence in ("saves", "costs") else _less_paid(found, mine, _CLAUSE)
        return "; ".join((*less, _cut(name, rest, _CLAUSE if less else _ALONE)))
    if small := _less_paid(found, mine, _ALONE):
        return small[0]
    for outcome, swings in mine.swings.items():
        if swings and swings[0].size:
            rest = f" moves {_MOVES[outcome]} most, turns nothing"
            return _cut(_name(found, swings[0].assumption), rest, _ALONE)
    return "no range moves it" if found.ranges else "no range can be played"


def every_turn_words(found: HangsOn, option: str) -> str:
    """Returns all that turns of what is said of an option, and where, a sentence each; "" if nothing does.

    Raises:
        KeyError: the option was not compared.
    """
    turns = found.of(option).turns
    return " ".join(f"{found.ranges[each.assumption].name}: {turn_words(each, found)}." for each in turns)


def losing_words(found: HangsOn, option: str) -> tuple[str, ...]:
    """Returns at which values of assumptions a footprint loses, or loses no longer, a clause each.

    Raises:
        KeyError: the option was not compared.
    """
    turns = (each for each in found.of(option).turns if each.sentence == "loses")
    return tuple(f"{_name(found, each.assumption)}: {turn_words(each, found)}" for each in turns)


def _less_paid(found: HangsOn, mine: OptionHangsOn, most: int) -> tuple[str, ...]:
    """By how much less is paid at an end of a range that turns no sentence of cash; nothing if by none."""
    swings = mine.swings.get("cash", ())
    ends = (swings[0].low, swings[0].central, swings[0].high) if swings else (0.0,)
    if max(ends) < LEAST:
        return ()
    name, _ = found.outcomes["cash"]
    pace = " a year" if " a year" in name else ""
    rest = f": {short_pounds(min(ends))} to {short_pounds(max(ends))}{pace} less is paid, turns nothing"
    return (_cut(_name(found, swings[0].assumption), rest, most),)


def _name(found: HangsOn, assumption: str) -> str:
    """Returns the name of an assumption that was varied, to go on with."""
    return lower_first(found.ranges[assumption].name)


def turn_words(turn: Turn, found: HangsOn, *, short: bool = False) -> str:
    """Returns what turns, and where: "saves from £1.73 a contact up".

    Short, for a cell of the option's row, it is without what the unit counts, and without the verb of "is no
    longer shown to save".
    """
    range_ = found.ranges[turn.assumption]
    unit = _short(range_.unit) if short else range_.unit
    said = _SAID[turn.sentence][0 if turn.holds else 1]
    said = said.removeprefix("is ") if short else said
    if turn.at is None:
        return f"{said} at {value_words(turn.end, unit)}"
    about = "" if turn.confirmed else "about "
    at = turn.at if turn.confirmed else float(f"{turn.at:.3g}")
    return f"{said} from {about}{value_words(at, unit)} {'up' if turn.end > range_.central else 'down'}"


def range_words(range_: Range) -> str:
    """Returns a range: "£0 a contact (£0 a contact to £30 a contact)"."""
    low, central, high = (
        value_words(each, range_.unit) for each in (range_.low, range_.central, range_.high)
    )
    return f"{central} ({low} to {high})"


def played_words(found: HangsOn) -> str:
    """Returns how it was found out, as a sentence."""
    number = found.replications
    several = "the first replication" if number == 1 else f"the first {number} replications"
    return (
        f"Each end was played in {several} of the {found.compared} compared, on the same random numbers; "
        "where only money hangs on it, it was counted anew."
    )


def _short(unit: str) -> str:
    """Returns a unit without what it counts: £ for "£ a contact"."""
    return unit.partition(" ")[0] if unit.startswith(("£", "share")) else unit


def _cut(name: str, rest: str, most: int) -> str:
    """Returns a name and what is said of it, the name cut at a word where both are too long."""
    return f"{elided(name, most - len(rest))}{rest}"
