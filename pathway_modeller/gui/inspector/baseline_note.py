"""What the baseline has in a field that an option changes, in a few words."""

from __future__ import annotations

from pathway_modeller.gui.inspector.editors.words import choice_words
from pathway_modeller.gui.inspector.kinds import (
    Choice,
    Dated,
    FieldSpec,
    Grouped,
    Json,
    Kind,
    Maybe,
    Reference,
)
from pathway_modeller.gui.inspector.notations import notation_of
from pathway_modeller.scenario.values import SETTING_LABELS


def baseline_words(spec: FieldSpec, base: Json, shown: Json) -> str:
    """Returns "Baseline: 6"; nothing where both are the same.

    Args:
        spec: the field.
        base: its value in the baseline, as the file holds it.
        shown: its value in the option.
    """
    if base == shown:
        return ""
    words = _words(spec.kind, base)
    return f"Baseline: {words}" if words else "Differs from the baseline"


def _words(kind: Kind, value: Json) -> str:
    """Returns a short value in words; nothing for a long one."""
    if isinstance(kind, Maybe | Grouped | Dated):
        return "not set" if value is None else _words(kind.inner, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(kind, Reference) and kind.source.creates == "settings":
        return SETTING_LABELS.get(value, "") if isinstance(value, str) else ""
    notation = notation_of(kind)
    if notation is not None:
        return notation.write(value) if value is not None else ""
    return choice_words(value) if isinstance(kind, Choice) and isinstance(value, str) else ""
