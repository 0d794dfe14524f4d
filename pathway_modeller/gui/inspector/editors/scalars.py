"""Editors that fit on one line: text, numbers, yes or no, days, choices and references."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.inputs import Combo, Line, Prose
from pathway_modeller.gui.inspector.editors.words import choice_words, when_empty
from pathway_modeller.gui.inspector.kinds import Choice, Json, Number, Reference, Text
from pathway_modeller.gui.inspector.notations import number_notation
from pathway_modeller.scenario.typed.notation import Notation

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
        self._input: Line | Prose = Prose() if kind.prose else Line()
        if isinstance(self._input, Prose):
            self._input.left.connect(self.committed)
        else:
            self._input.editingFinished.connect(self.committed)
        _row(self).addWidget(self._input)
        self.setFocusProxy(self._input)

    def value(self) -> Json:
        """Returns the text, as it was while nobody types; empty optional text is ``None``."""
        text = self._input.words()
        if self._input.is_typed and isinstance(self._input, Line):
            text = text.strip()
        return None if self._optional and not text else text

    def show_value(self, value: Json) -> None:
        """Shows a text."""
        self._input.show_text("" if value is None else str(value))


class NotedEditor(Editor):
    """A line that is read by a notation: days, clock times, financial years, and numbers."""

    def __init__(self, notation: Notation[Any], placeholder: str = "") -> None:
        super().__init__()
        self._notation = notation
        self.line = Line()
        self.line.understands = notation.understood
        self.line.setPlaceholderText(placeholder)
        self.line.editingFinished.connect(self._finished)
        _row(self).addWidget(self.line)
        self.setFocusProxy(self.line)

    def _finished(self) -> None:
        """Writes what was understood as it is always written, and commits."""
        value = self.value()
        if self._is_read(value):
            self.line.setText(self._notation.write(value))
        self.committed.emit()

    def _is_read(self, value: Json) -> bool:
        """Tells whether a value is one, and no text that could not be read."""
        return value is not None and (not isinstance(value, str) or not self._notation.mistake(value))

    def value(self) -> Json:
        """Returns the value, ``None`` if empty, or the text if it cannot be read."""
        return self._notation.given(self.line.text())

    def show_value(self, value: Json) -> None:
        """Shows a value; a text that could not be read as it was typed."""
        shown = self._notation.write(value) if self._is_read(value) else str(value or "")
        self.line.show_text(shown)


class NumberEditor(NotedEditor):
    """A number; a share is shown in per cent."""

    def __init__(
        self, kind: Number, *, optional: bool = False, notation: Notation[Any] | None = None
    ) -> None:
        """Makes the field; an amount gives the notation of its figure."""
        super().__init__(notation or number_notation(kind), "–" if optional else "")
        self._optional = optional
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

    def set_title(self, title: str, description: str = "") -> None:
        """Names the field; an empty one says what that means, if its description does."""
        super().set_title(title, description)
        meaning = when_empty(description)
        if self._optional and meaning:
            self.set_placeholder(meaning)

    def set_placeholder(self, text: str) -> None:
        """Says what an empty field means."""
        self.line.setPlaceholderText(text)


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
