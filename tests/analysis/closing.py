"""Whether an account of contacts closes, as every one must."""

from __future__ import annotations

import pandas as pd

from pathway_modeller.analysis.columns import COMING, LEAVING_QUEUE


def unclosed_lines(account: pd.DataFrame) -> pd.DataFrame:
    """Returns the lines of an account that do not close, with what is left over in column ``left_over``.

    Args:
        account: as ``account_frame`` returns it, or means over replications of it.
    """
    left_over = account["waiting_start"] - account["waiting_end"]
    left_over = left_over + sum(account[name] for name in COMING)
    left_over = left_over - sum(account[name] for name in LEAVING_QUEUE)
    lines = account.assign(left_over=left_over)
    return lines[lines["left_over"].abs() > 1e-6]
