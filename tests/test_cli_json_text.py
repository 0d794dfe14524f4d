"""JSON written as Python's own module writes it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway_modeller.cli.json_text import json_text

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers() | FLOATS | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@given(VALUES)
def test_every_value_is_written_as_by_pythons_own_encoder(value: object) -> None:
    assert json_text(value) == json.dumps(value, indent=1)


@pytest.mark.parametrize("value", [float("nan"), [1.0, float("inf")], {"a": {"b": float("-inf")}}])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        json_text(value)
