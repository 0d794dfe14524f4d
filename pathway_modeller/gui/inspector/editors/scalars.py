"""Editors that fit on one line: text, numbers, yes or no, days, choices and references."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Combo, Line, Prose
from pathway_modeller.gui.inspector.editors.words import (
    choice_words,
    clock_words,
    number_words,
    read_number,
    when_empty,
)
from pathway_modeller.gui.inspector.kinds import Choice, Json, Number, Reference, Text, is_clock
from pathway_modeller.gui.plain import Label

NEW = "\x00new"
"""The id under which a combo offers to make a new thing; no scenario id can hold it."""

NONE = ""
"""The id under which a combo offers to leave a field empty."""


def _row(parent: QWidget) -> QHBoxLayout:
    """Lays a parent out as one line without margins."""
    row = QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(4)
    return row


class TextEditor(Editor):
    """A line of text, or prose."""

    def __init__(self, kind: Text, *, optional: bool = False) -> None:
        super().__init__()
        self._optional = optional
        self._clock = is_clock(kind)
        self._input: Line | Prose = Prose() if kind.prose else Line()
        if isinstance(self._input, Prose):
            self._input.left.connect(self.committed)
        else:
            self._input.editingFinished.connect(self._finished)
        _row(self).addWidget(self._input)
        self.setFocusProxy(self._input)

    def _line_text(self, text: str) -> str:
        """Returns the text of a line; a clock time in full."""
        return clock_words(text) if self._clock else text.strip()

    def _finished(self) -> None:
        """Writes a clock time out in full, and commits."""
        if self._clock and isinstance(self._input, Line):
            full = clock_words(self._input.text())
            if full != self._input.text():
                self._input.setText(full)
        self.committed.emit()

    def value(self) -> Json:
        """Returns the text; empty optional text is ``None``."""
        prose = isinstance(self._input, Prose)
        text = self._input.toPlainText() if isinstance(self._input, Prose) else self._input.text()
        return None if self._optional and not text else (text if prose else self._line_text(text))

    def show_value(self, value: Json) -> None:
        """Shows a text."""
        self._input.show_text("" if value is None else str(value))


class NumberEditor(Editor):
    """A number; a share is shown in per cent."""

    def __init__(self, kind: Number, *, optional: bool = False) -> None:
        super().__init__()
        self._share = kind.is_share
        self._optional = optional
        self._line = Line()
        self._line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.editingFinished.connect(self.committed)
        if optional:
            self._line.setPlaceholderText("–")
        row = _row(self)
        row.addWidget(self._line)
        if self._share:
            row.addWidget(Label("%"))
        self.setFocusProxy(self._line)

    def set_title(self, title: str, description: str = "") -> None:
        """Names the field; an empty one says what that means, if its description does."""
        super().set_title(title, description)
        meaning = when_empty(description)
        if self._optional and meaning:
            self.set_placeholder(meaning)

    def set_placeholder(self, text: str) -> None:
        """Says what an empty field means."""
        self._line.setPlaceholderText(text)

    def value(self) -> Json:
        """Returns the number, ``None`` if empty, or the text if it is no number."""
        return read_number(self._line.text(), share=self._share)

    def show_value(self, value: Json) -> None:
        """Shows a number."""
        if isinstance(value, int | float) and self.value() == value and self._line.text():
            self._line.show_text(self._line.text())
            return
        shown = number_words(value, share=self._share) if isinstance(value, int | float) else ""
        self._line.show_text(shown)


class TruthEditor(Editor):
    """A tick box, with the word beside it so that the tick is not the only sign."""

    def __init__(self) -> None:
        super().__init__()
        self._box = QCheckBox("No")
        self._box.toggled.connect(lambda on: self._box.setText("Yes" if on else "No"))
        self._box.clicked.connect(self.committed)
        _row(self).addWidget(self._box)
        self.setFocusProxy(self._box)

    def value(self) -> Json:
        """Returns whether it is ticked."""
        return self._box.isChecked()

    def show_value(self, value: Json) -> None:
        """Shows yes or no."""
        self._box.setChecked(bool(value))


class DayEditor(Editor):
    """A calendar day, typed as 2026-04-01 or 01/04/2026."""

    def __init__(self) -> None:
        super().__init__()
        self._line = Line()
        self._line.setPlaceholderText("dd/mm/yyyy")
        self._line.editingFinished.connect(self.committed)
        _row(self).addWidget(self._line)
        self.setFocusProxy(self._line)

    def value(self) -> Json:
        """Returns the day as the file writes it (2026-04-01), or the text if it is no such day."""
        text = self._line.text().strip()
        parts = text.split("/")
        if len(parts) == 3 and all(part.isdigit() for part in parts):
            day, month, year = parts
            return f"{year:0>4}-{month:0>2}-{day:0>2}"
        return text or None

    def show_value(self, value: Json) -> None:
        """Shows a day as 01/04/2026."""
        parts = str(value or "").split("-")
        self._line.show_text("/".join(reversed(parts)))


class ChoiceEditor(Editor):
    """One of a few words."""

    def __init__(self, kind: Choice, *, optional: bool = False) -> None:
        super().__init__()
        self._combo = Combo()
        none = [(NONE, "–")] if optional else []
        self._combo.offer(none + [(option, choice_words(option)) for option in kind.options])
        self._combo.activated.connect(self.committed)
        _row(self).addWidget(self._combo)
        self.setFocusProxy(self._combo)

    def value(self) -> Json:
        """Returns the word chosen."""
        return self._combo.chosen() or None

    def show_value(self, value: Json) -> None:
        """Shows a choice."""
        self._combo.choose(str(value or NONE))


class ReferenceEditor(Editor):
    """Another thing of the scenario, chosen by name; a missing one is shown as missing."""

    def __init__(self, kind: Reference, scope: Scope, *, optional: bool = False) -> None:
        super().__init__()
        self._source = kind.source
        self._scope = scope
        self._optional = optional
        self._combo = Combo()
        self._combo.activated.connect(self._chosen)
        _row(self).addWidget(self._combo)
        self.setFocusProxy(self._combo)
        self._shown: str | None = None
        self._offer(None)

    def value(self) -> Json:
        """Returns the id chosen, or ``None``."""
        return self._combo.chosen() or None

    def show_value(self, value: Json) -> None:
        """Shows the thing an id names."""
        self._shown = str(value) if value else None
        self._offer(self._shown)

    def renew(self) -> None:
        """Offers what may be named now; the choice shown stays."""
        self._offer(self._combo.chosen() or None)

    def _offer(self, current: str | None) -> None:
        """Renews the choices and shows the current one."""
        choices = list(self._scope.choices(self._source))
        if self._optional or current is None:
            choices.insert(0, (NONE, "–"))
        if current is not None and current not in dict(choices):
            choices.append((current, f"{current} (missing)"))
        if self._source.creates is not None:
            choices.append((NEW, f"New {self._source.word}…"))
        self._combo.offer(choices)
        self._combo.choose(current or NONE)

    def _chosen(self) -> None:
        """Takes the choice; "New …" makes the thing first."""
        if self._combo.chosen() == NEW and self._source.creates is not None:
            made = self._scope.create(self._source.creates)
            self._offer(made or self._shown)
            if made is None:
                return
        self.committed.emit()
