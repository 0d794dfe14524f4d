"""What the baseline has in a field that an option changes, in a few words."""

from __future__ import annotations

from pathway_modeller.gui.inspector.editors.words import choice_words, number_words
from pathway_modeller.gui.inspector.kinds import Amount, Choice, FieldSpec, Grouped, Json, Kind, Maybe, Number


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
    if isinstance(kind, Maybe | Grouped):
        return "not set" if value is None else _words(kind.inner, value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(kind, Number) and isinstance(value, int | float):
        shown = number_words(value, share=kind.is_share)
        return f"{shown}%" if kind.is_share else shown
    if isinstance(kind, Amount) and isinstance(value, dict):
        number, unit = value.get("value"), value.get("unit")
        return f"{number_words(number)} {unit}" if isinstance(number, int | float) and unit else ""
    return choice_words(value) if isinstance(kind, Choice) and isinstance(value, str) else ""
