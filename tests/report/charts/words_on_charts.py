"""Whether the words of a chart can be read."""

from __future__ import annotations

import itertools

from matplotlib.text import Text


def labels_out_of_view(axes):
    """Labels of ticks beyond the ends of their axis, which are not drawn, and all if the axes are off."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not axes.axison or not low <= tick.get_loc() <= high:
                yield from (tick.label1, tick.label2)
        if not axes.axison:
            yield axis.label


def assert_words_stand_apart(figure):
    """Fails where words are clipped, or lie over one another."""
    width, height = figure.canvas.get_width_height()
    figure.canvas.draw()
    hidden = {label for axes in figure.axes for label in labels_out_of_view(axes)}
    boxes = [
        (text.get_text(), text.get_window_extent())
        for text in figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden
    ]
    assert boxes
    for words, box in boxes:
        assert box.x0 >= 0, words
        assert box.y0 >= 0, words
        assert box.x1 <= width, words
        assert box.y1 <= height, words
    for (one, first), (two, second) in itertools.combinations(boxes, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        upwards = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert across <= 1 or upwards <= 0.3 * min(first.height, second.height), f"{one!r} on {two!r}"
