"""What gives way where a window is small: so that half a laptop's screen is enough to work on.

Sizes are logical points: a screen of 1366 by 768 at 125% has 1093 by 614 of them, one of 1920 by 1080 at 200%
has 960 by 540.
"""

from __future__ import annotations

from dataclasses import dataclass

_WHOLE_PALETTE = 1150
"""Width from which the palette has words beside its icons."""
_WHOLE_RUN = 1150
"""Width from which replications and seed stand beside Run."""
_INSPECTOR = 900
"""Width from which the inspector stands beside the drawing."""
_LISTS = 680
"""Height from which the lists stand open below the drawing."""


@dataclass(frozen=True)
class Room:
    """What has room in a window.

    Attributes:
        palette_words: words beside the palette's icons.
        run_fields: replications and seed beside Run.
        inspector: the inspector, unless somebody asks for it.
        lists: problems and changes, not only their tabs, unless somebody asks for them.
    """

    palette_words: bool
    run_fields: bool
    inspector: bool
    lists: bool


def room_in(width: int, height: int) -> Room:
    """Returns what has room in a window of a size in logical points."""
    return Room(
        palette_words=width >= _WHOLE_PALETTE,
        run_fields=width >= _WHOLE_RUN,
        inspector=width >= _INSPECTOR,
        lists=height >= _LISTS,
    )
