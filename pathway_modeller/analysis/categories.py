"""Columns of labels as categories: numbers for a few labels, quick to make and to send."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

_TEXT = pd.StringDtype(na_value=np.nan)
"""What pandas takes text for by itself; to be told saves it half the time."""


def as_categories(codes: npt.NDArray[np.integer[Any]], labels: Sequence[str]) -> pd.Categorical:
    """Returns a column of labels.

    Args:
        codes: the place of each row's label among the labels; they are not looked at again.
        labels: all that a row may be, each once.
    """
    dtype = pd.CategoricalDtype(pd.Index(list(labels), dtype=_TEXT))
    return pd.Categorical.from_codes(codes, dtype=dtype, validate=False)
