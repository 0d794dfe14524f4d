"""How charts look: one frozen value, never Matplotlib's global settings."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Any

INK = "#1D1D1D"
QUIET = "#4C6272"
GRID = "#D8DDE0"
SHADE = "#E8EDEE"

COLOURS = ("#12436D", "#F46A25", "#28A197", "#801650", "#3D3D3D", "#A285D1")
"""Colours of the Government Analysis Function; the baseline has the first, options the next."""
MARKERS = ("o", "s", "D", "^", "v", "P")
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "++")
Dash = tuple[float, tuple[float, ...] | None]
DASHES: tuple[Dash, ...] = (
    (0, None),
    (0, (5, 2)),
    (0, (2, 1)),
    (0, (6, 2, 1, 2)),
    (0, (1, 1)),
    (0, (8, 3)),
)


@dataclass(frozen=True)
class Mark:
    """How one variant is drawn: never by colour alone."""

    colour: str
    marker: str
    hatch: str
    dash: Dash


def mark(place: int) -> Mark:
    """Returns how the variant at a place is drawn; the baseline has place 0."""
    turn = place // len(COLOURS)
    shape = (place + turn) % len(MARKERS)
    return Mark(COLOURS[place % len(COLOURS)], MARKERS[shape], HATCHES[shape], DASHES[shape])


class TooHigh(Exception):  # noqa: N818 - what the chart is; whoever asked draws it smaller
    """A chart would be higher than it may be.

    Attributes:
        height: inches that it would take.
    """

    def __init__(self, height: float) -> None:
        """Says how high it would be."""
        super().__init__(height)
        self.height = height


@dataclass(frozen=True)
class Style:
    """Sizes of a chart.

    Attributes:
        width: inches.
        height: inches; a chart with many rows grows taller.
        headline, text, small: sizes of letters in points.
        dots_per_inch: resolution of PNG files.
        most: inches beyond which a chart is not drawn, but :class:`TooHigh` raised; None to draw any.
    """

    width: float = 8.0
    height: float = 4.5
    headline: float = 13.0
    text: float = 10.0
    small: float = 8.0
    dots_per_inch: float = 160.0
    most: float | None = None

    def scaled(self, factor: float) -> Style:
        """Returns the style with letters of another size."""
        return replace(
            self,
            headline=self.headline * factor,
            text=self.text * factor,
            small=self.small * factor,
        )


PAGE = Style()
"""For a page or the window: 8 by 4.5 inches."""
PROJECTOR = Style().scaled(1.25)
"""For a wall: the same size with larger letters."""

_SETTINGS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        # Hinted words are as wide as the resolution has them; measured at one, they were cut at another.
        "text": {"parse_math": False, "hinting": "no_hinting"},
        "hatch": {"linewidth": 0.6},
        "svg": {"hashsalt": "pathway-modeller", "fonttype": "path"},
        "pdf": {"fonttype": 42},
    }
)


FONT = "DejaVu Sans"
"""Comes with Matplotlib, so that a chart is the same everywhere."""

_OTHERS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Bengali",
    "Noto Sans Thai",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "Noto Sans JP",
    "Noto Sans SC",
    "Noto Sans Symbols 2",
    "Noto Emoji",
    "Segoe UI",
    "Segoe UI Symbol",
    "Nirmala UI",
    "Leelawadee UI",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Arial Unicode MS",
    "Hiragino Sans",
    "PingFang SC",
)
"""Fonts of other scripts, of which most computers have some: asked where the first lacks a letter."""


@cache
def fonts() -> tuple[str, ...]:
    """Returns the fonts in which charts are written: the first, and those of other scripts that are here."""
    from matplotlib.font_manager import fontManager

    there = {each.name for each in fontManager.ttflist}
    return (FONT, *(name for name in _OTHERS if name in there))


@contextmanager
def missing_letters_are_boxes() -> Iterator[None]:
    """Keeps Matplotlib from telling the terminal of each letter that no font has; it is drawn as a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph \d+ .*missing from", UserWarning)
        yield


@contextmanager
def chart_settings() -> Iterator[None]:
    """Applies the charts' settings while they are drawn or written, and only then."""
    import matplotlib as mpl

    with mpl.rc_context(), missing_letters_are_boxes():
        mpl.rcdefaults()
        for group, settings in _SETTINGS.items():
            mpl.rc(group, **settings)  # type: ignore[arg-type]
        mpl.rc("font", family=list(fonts()))
        yield
