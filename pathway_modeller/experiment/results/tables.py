"""Tables of variants one below another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def no_rows(*columns: str) -> pd.DataFrame:
    """Returns a table without rows."""
    import pandas as pd

    return pd.DataFrame({column: [] for column in columns})


def stacked(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Returns the tables of variants one below another, with the variant as first column.

    Args:
        tables: for each variant its table, all with the same columns; categories become categories over all.
    """
    import numpy as np
    import pandas as pd
    from pandas.api.types import union_categoricals

    from pathway_modeller.analysis.categories import as_categories

    filled = {variant: table for variant, table in tables.items() if len(table)}
    names = [str(name) for table in list(tables.values())[:1] for name in table.columns]
    if not filled:
        return no_rows("variant", *names)
    of = np.repeat(np.arange(len(filled)), [len(table) for table in filled.values()])
    columns: dict[str, object] = {"variant": as_categories(of, list(filled))}
    for name in names:
        pieces = [table[name] for table in filled.values()]
        if all(isinstance(piece.dtype, pd.CategoricalDtype) for piece in pieces):
            columns[name] = pd.Series(union_categoricals(pieces))
        else:
            columns[name] = pd.concat(pieces, ignore_index=True)
    return pd.DataFrame(columns)


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Returns a table whose labels are plain text, not categories."""
    import pandas as pd

    labels = [column for column in table.columns if isinstance(table[column].dtype, pd.CategoricalDtype)]
    return table.astype(dict.fromkeys(labels, object)).reset_index(drop=True)
