"""What is wanted of levels, in plain numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class LevelsWanted:
    """What is wanted of levels: queues, units in use and open, the number inside.

    Attributes:
        knots: rising days from 0 to the end of the run, between any two of which means and peaks are wanted;
            the end of the warm-up period is one.
        places: for each element and body of the legend, whether units taken are places on a caseload.
        together: bodies of the legend of which the units in use are wanted taken together as well; a body
            is in one of them at most.
    """

    knots: npt.NDArray[np.float64]
    places: npt.NDArray[np.bool_]
    together: tuple[tuple[int, ...], ...]
