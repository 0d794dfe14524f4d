"""What a level can be: a count, a time or a cost is never below nothing, a share never above the whole."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

LEAST_FOR_BAND = 5
"""Replications from which a band is drawn: of fewer it is so wide that it hides the lines."""


def within_bounds(
    levels: pd.DataFrame,
    shares: pd.Series | bool,
    most: npt.NDArray[np.float64] | None = None,
    signed: pd.Series | bool = False,
) -> pd.DataFrame:
    """Returns levels whose intervals are cut at natural bounds; Student's t knows of none.

    The mean itself is never cut, and an interval always holds it. Differences have no such bounds and must
    not be given.

    Args:
        levels: with the columns mean, low and high; NaN stays NaN.
        shares: which rows are shares between 0 and 1.
        most: what the others cannot be above, such as the units that are open; NaN or None for no bound.
        signed: which rows may be below 0.
    """
    mean, low, high = (levels[name].to_numpy(dtype=np.float64) for name in ("mean", "low", "high"))
    bound = np.full(len(mean), np.inf) if most is None else np.where(np.isnan(most), np.inf, most)
    # Work in progress goes on where capacity falls, so that even a mean may be above what is open.
    top = np.maximum(np.where(np.asarray(shares, dtype=bool), 1.0, bound), mean)
    least = np.where(np.asarray(signed, dtype=bool), -np.inf, np.minimum(0.0, mean))
    return levels.assign(low=np.maximum(low, least), high=np.minimum(high, top))
