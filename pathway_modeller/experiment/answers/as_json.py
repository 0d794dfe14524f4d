"""Records of answers as JSON values."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections.abc import Mapping

import numpy as np
import pandas as pd
from pydantic import BaseModel

from pathway_modeller.analysis.statistics.intervals import Interval, PairedInterval


def as_json(value: object) -> object:
    """Returns a value as JSON can hold it: records as objects, tables as lists of rows.

    What is missing (NaN) is null; so is what is infinite, unless whoever writes it has words for it.

    Raises:
        TypeError: the value is of a kind that answers do not hold.
    """
    if value is None or isinstance(value, str | bool | int | float | np.generic | dt.date):
        return _plain(value)
    if isinstance(value, np.ndarray):
        return [as_json(each) for each in value.tolist()]
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if isinstance(value, Interval | PairedInterval):
        ends = {"low": as_json(value.low), "high": as_json(value.high)}
        return {"mean": as_json(value.mean), **ends, "replications": value.n}
    if isinstance(value, pd.DataFrame):
        return [as_json(row) for row in value.to_dict(orient="records")]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")


def _plain(value: str | bool | int | float | np.generic | dt.date | None) -> object:
    """Returns a value that is no record, table or list."""
    if isinstance(value, float | np.floating):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.item() if isinstance(value, np.generic) else value
