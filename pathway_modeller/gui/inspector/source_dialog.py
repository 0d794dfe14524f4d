"""The dialog in which someone says where a figure comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final, Literal

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QScrollArea, QVBoxLayout, QWidget

from pathway_modeller.gui.dialogs import ask, fit_screen
from pathway_modeller.gui.inspector.editors.base import Scope
from pathway_modeller.gui.inspector.form import RecordForm
from pathway_modeller.gui.inspector.kinds import FieldSpec, Json, fields_of
from pathway_modeller.gui.inspector.mistakes import Mistaken, built
from pathway_modeller.gui.plain import Label
from pathway_modeller.scenario.people import Assumption

LEAVE: Final[Mapping[Literal["stay", "leave"], str]] = {"stay": "&Go on typing", "leave": "&Do not keep it"}


class SourceDialog(QDialog):
    """A form for an assumption, new or known; nothing is kept until "Save" fits."""

    def __init__(
        self,
        title: str,
        place: str,
        scope: Scope,
        known: Assumption | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Source of {title}")
        self.assumption: Assumption | None = known
        self._draft: dict[str, Json] = {"name": title, "places": [place], "quality": "illustrative"}
        if known is not None:
            self._draft = json.loads(known.model_dump_json(exclude_defaults=True))
        self._before = dict(self._draft)
        self._form = RecordForm(Assumption, scope, self._take, leave_out=frozenset({"places"}))
        for spec in fields_of(Assumption):
            if spec.key in self._form.rows:
                self._form.rows[spec.key].show_value(self._draft.get(spec.key))
        self._mistake = Label()
        self._mistake.setObjectName("mistake")
        self._mistake.setWordWrap(True)
        self._mistake.setStyleSheet("color: #B10E1E;")
        self._mistake.hide()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self._leave)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self._form)
        column = QVBoxLayout(self)
        column.addWidget(scroll)
        column.addWidget(self._mistake)
        column.addWidget(buttons)
        fit_screen(self, 440, 520)

    def _take(self, spec: FieldSpec, value: Json) -> None:
        """Keeps one field of the draft."""
        self._draft[spec.key] = value

    def _leave(self) -> None:
        """Closes without keeping anything, as somebody says with the button."""
        super().reject()

    def reject(self) -> None:
        """Closes without keeping anything, by Escape or by its corner: asks first if something is typed."""
        typed = self._draft != self._before or any(row.is_typed for row in self._form.rows.values())
        if not typed or self._may_leave():
            super().reject()

    def _may_leave(self) -> bool:
        """Asks whether what is typed may be lost."""
        sentence = "What you have typed here is not kept yet."
        answer = ask(
            self, "unsaved-source", self.windowTitle(), sentence, "Close all the same?", LEAVE, "stay"
        )
        return answer == "leave"

    def accept(self) -> None:
        """Closes with the assumption, unless something is wrong with it."""
        for key, row in self._form.rows.items():
            self._draft[key] = row.editor.value()
        given = {key: value for key, value in self._draft.items() if value not in (None, "")}
        try:
            record = built(Assumption, given)
        except Mistaken as mistaken:
            self._mistake.setText(f"✖ {mistaken}")
            self._mistake.show()
            return
        self.assumption = record if isinstance(record, Assumption) else None
        super().accept()
