"""What came of checking the two engines against each other, in words for people and as an object."""

from __future__ import annotations

from pathway_modeller.experiment.runs.run_target import engine_words
from pathway_modeller.experiment.verify.histories import Played
from pathway_modeller.experiment.verify.verify import Difference, Verification
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.words.sentences import date_words, number, plural

WHY = (
    "Two programs, written differently from the same rules, play the same replication. Where both give the "
    "same history, event by event, a mistake would have to have been made twice in the same way."
)
"""Why the check matters."""

_NOT_TO_BE_RELIED_ON = (
    "Do not rely on figures of this scenario until that is explained: send this text, with the scenario's "
    "file, to whoever looks after the program for you."
)
"""What to do about a difference."""

_DIGITS = 16
"""Hexadecimal digits of a hash that are shown."""


def sentence(found: Verification) -> str:
    """Returns what came of a check in one sentence."""
    which = f"replication {found.replication + 1} of {_variant_words(found)}"
    one, other = found.played
    if found.difference is None and one.stopped:
        return f"Identical: both engines stop in {which} with the same sentence: {one.stopped}"
    if found.difference is None:
        return (
            f"Identical: both engines give the same {plural(one.events, 'event')} in {which} "
            f"(SHA-256 {short(one.digest)}), {_took(one)}, {_took(other)}."
        )
    if found.difference.event is None:
        return f"Different: the engines do not end {which} alike."
    return (
        f"Different: in {which} the engines agree on the first "
        f"{plural(found.difference.event - 1, 'event')} and differ from "
        f"{found.difference.moment} on."
    )


def lines(found: Verification) -> list[str]:
    """Returns what came of a check, in full, to be read or copied: first the sentence, then the rest."""
    told = [sentence(found)]
    if found.difference is not None:
        told += _difference_lines(found, found.difference)
        told += [_engine_line(played) for played in found.played]
        told.append(_NOT_TO_BE_RELIED_ON)
    run = found.run
    told.append(
        f"Scenario “{found.scenario}” ({found.scenario_hash[:12]}), {_variant_words(found)}, "
        f"seed {run.seed}, replication {found.replication + 1}, warm-up period {run.warm_up.days:g} days, "
        f"data collection period {run.duration.days:g} days, from {date_words(run.start_date)}."
    )
    return told


def _difference_lines(found: Verification, difference: Difference) -> list[str]:
    """Returns the first event that differs, line by line."""
    head = []
    if difference.event is not None:
        where = ", ".join(part for part in (difference.patient, difference.element) if part)
        head = [f"First event that differs: number {number(difference.event)}, {difference.moment}, {where}."]
    names = [_begin(engine_words(played.engine)) for played in found.played]
    return head + [f"{name} says: {says}" for name, says in zip(names, difference.says, strict=True)]


def _engine_line(played: Played) -> str:
    """Returns what one engine made of it."""
    name = _begin(engine_words(played.engine))
    if played.stopped:
        return f"{name}: stopped after {seconds_words(played.seconds)}."
    events = plural(played.events, "event")
    return f"{name}: {events}, SHA-256 {short(played.digest)}, {seconds_words(played.seconds)}."


def _took(played: Played) -> str:
    """Returns an engine with its time."""
    return f"{engine_words(played.engine)} in {seconds_words(played.seconds)}"


def seconds_words(seconds: float) -> str:
    """Returns a time taken: ``0.023 seconds``, ``14.2 seconds``."""
    return f"{seconds:.3f} seconds" if seconds < 1 else f"{seconds:,.1f} seconds"


def _variant_words(found: Verification) -> str:
    """Returns the variant in a sentence."""
    return "the baseline" if found.variant == BASELINE else f"option “{found.name}”"


def _begin(words: str) -> str:
    """Returns words that begin a sentence."""
    return words[:1].upper() + words[1:]


def short(digest: str) -> str:
    """Returns the beginning of a hash, as it is shown."""
    return digest[:_DIGITS]


def as_object(found: Verification) -> dict[str, object]:
    """Returns what came of a check for a machine: names, figures and the same sentences."""
    run = found.run
    return {
        "identical": found.identical,
        "sentence": sentence(found),
        "scenario": found.scenario,
        "scenario_hash": found.scenario_hash,
        "variant": {"variant": found.variant, "name": found.name},
        "replication": found.replication + 1,
        "seed": run.seed,
        "start_date": run.start_date.isoformat(),
        "warm_up": run.warm_up.days,
        "until": run.duration.days,
        "engines": [_engine_object(played) for played in found.played],
        "difference": None if found.difference is None else _difference_object(found, found.difference),
    }


def _engine_object(played: Played) -> dict[str, object]:
    """Returns what one engine made of it."""
    return {
        "engine": played.engine,
        "events": played.events,
        "sha256": played.digest or None,
        "seconds": round(played.seconds, 3),
        "stopped": played.stopped or None,
    }


def _difference_object(found: Verification, difference: Difference) -> dict[str, object]:
    """Returns the first event that differs."""
    return {
        "event": difference.event,
        "time": difference.days,
        "moment": difference.moment or None,
        "patient": difference.patient or None,
        "element": difference.element or None,
        "says": {played.engine: says for played, says in zip(found.played, difference.says, strict=True)},
    }
