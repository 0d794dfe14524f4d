"""What a level can be: a count, a time or a cost is never below nothing, a share never above the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd


def within_bounds(levels: pd.DataFrame, shares: pd.Series | bool) -> pd.DataFrame:
    """Returns levels whose intervals are cut at natural bounds; Student's t knows of none.

    The mean itself is never cut, and an interval always holds it. Differences have no such bounds and must
    not be given.

    Args:
        levels: with the columns mean, low and high; NaN stays NaN.
        shares: which rows are shares between 0 and 1; the others have no upper bound.
    """
    mean, low, high = (levels[name].to_numpy(dtype=np.float64) for name in ("mean", "low", "high"))
    top = np.where(np.asarray(shares, dtype=bool), np.maximum(1.0, mean), np.inf)
    return levels.assign(low=np.maximum(low, np.minimum(0.0, mean)), high=np.minimum(high, top))
