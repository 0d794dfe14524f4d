"""Choices as people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pathway_modeller.scenario.distribution import KIND_WORDS
from pathway_modeller.scenario.values import SETTING_LABELS

CHOICE_WORDS: Mapping[str, str] = {
    **{str(setting): label for setting, label in SETTING_LABELS.items()},
    **{str(kind): words[:1].upper() + words[1:] for kind, words in KIND_WORDS.items()},
    "empty": "An empty pathway",
    "today": "Today's lists and beds",
    "stock": "Stock: still waiting at month end",
    "flow": "Flow: seen in the month",
    "random": "At random",
    "booked": "By appointment",
    "queue": "Waiting in the queue",
    "service": "Service, stay or caseload",
    "replaces": "Replaces the figures",
    "multiplies": "Moves the figures in proportion",
    "share": "Moves a share; those beside it take up the rest",
    "time": "Moves figures of a time",
    "not varied": "Is not varied",
    "sd": "Standard deviation",
    "p90": "90th percentile",
    "p95": "95th percentile",
}
"""Words for those choices that do not explain themselves."""


_TAG_WORDS = {
    "attribute": "Attribute is",
    "queue": "Queue is at least",
    "visits": "Has been there",
    "time on pathway": "Time on pathway",
    "calendar": "On days and hours",
}
"""Words for kinds of condition, of which one is also a choice of something else."""


def tag_words(tag: str) -> str:
    """Returns which of several kinds of record something is, as people read it."""
    return _TAG_WORDS.get(tag) or choice_words(tag)


def choice_words(option: str) -> str:
    """Returns a choice as people read it."""
    plain = option.replace("_", " ")
    return CHOICE_WORDS.get(option, plain[:1].upper() + plain[1:])


def when_empty(description: str) -> str:
    """Returns what a description says of a field left empty: "unlimited"; nothing if it says nothing."""
    _, found, meaning = description.partition("left empty, ")
    return re.split(r"[.;]| and ", meaning)[0].strip().removesuffix(" of them") if found else ""
