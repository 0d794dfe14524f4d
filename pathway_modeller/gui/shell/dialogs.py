"""The window's own dialogs: unsaved changes, a file that cannot be opened, rules and about."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from pathway_modeller import __version__
from pathway_modeller.gui.dialogs import fit_screen
from pathway_modeller.gui.plain import Label, message_box, short
from pathway_modeller.paths import shipped
from pathway_modeller.scenario.problems import Problem

Answer = Literal["save", "discard", "cancel"]

_LIBRARIES = (
    "PySide6-Essentials",
    "pydantic",
    "numba",
    "llvmlite",
    "simpy",
    "numpy",
    "pandas",
    "scipy",
    "matplotlib",
    "networkx",
    "holidays",
    "json-merge-patch",
    "platformdirs",
    "click",
    "rich",
)
"""The libraries named in the about box: all that the program needs."""


def ask_unsaved(parent: QWidget, name: str, left: str = "") -> Answer:
    """Asks what becomes of unsaved changes.

    Args:
        parent: over which it is asked.
        name: of the scenario.
        left: what is typed and cannot be saved, in sentences.
    """
    said = f"“{short(name)}” has changes that are not saved."
    asked = f"{left}\n\nSave the rest first?" if left else "Save them first?"
    box = message_box(parent, QMessageBox.Icon.Warning, "Unsaved changes", said, asked)
    box.setObjectName("unsaved")
    buttons = QMessageBox.StandardButton
    box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
    box.setDefaultButton(buttons.Save)
    box.setEscapeButton(buttons.Cancel)
    chosen = box.exec()
    box.deleteLater()
    answers: dict[int, Answer] = {int(buttons.Save): "save", int(buttons.Discard): "discard"}
    return answers.get(chosen, "cancel")


class ProblemsDialog(QDialog):
    """Every problem of a file that cannot be opened, to be read, scrolled and copied."""

    def __init__(self, parent: QWidget, path: Path, problems: Sequence[Problem]) -> None:
        """Lists the problems of a file."""
        super().__init__(parent)
        self.setObjectName("file-problems")
        self.setWindowTitle("The file cannot be opened")
        number = f"{len(problems)} problems" if len(problems) > 1 else "1 problem"
        head = Label(f"“{path.name}” has {number}. What you had open stays as it is.")
        head.setWordWrap(True)
        self.text = QPlainTextEdit("\n\n".join(str(problem) for problem in problems))
        self.text.setReadOnly(True)
        self.text.setAccessibleName("Problems of the file")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(head)
        column.addWidget(self.text)
        column.addWidget(buttons)
        fit_screen(self, 720, 420)


def show_problems(parent: QWidget, path: Path, problems: Sequence[Problem]) -> None:
    """Shows the problems of a file that cannot be opened, until somebody closes them."""
    dialog = ProblemsDialog(parent, path, problems)
    dialog.exec()
    dialog.deleteLater()


def guide_text() -> str:
    """Returns the guide for new users, as it is shipped."""
    return (shipped("resources") / "docs" / "guide.md").read_text(encoding="utf-8")


def rules_text() -> str:
    """Returns the rules of the simulation, as they are kept beside the engine.

    Raises:
        FileNotFoundError: the installation lacks them.
    """
    folder = Path(__file__).resolve().parent.parent.parent / "simulation"
    return (folder / "rules.md").read_text(encoding="utf-8")


def about_text() -> str:
    """Returns version, licence and the licences of the libraries used."""
    lines = [
        f"# Pathway Modeller {__version__}",
        _said("pathway-modeller", "Summary"),
        "Free software under the MIT licence.",
        "## Libraries",
    ]
    lines.extend(f"- {name} {_version(name)}: {_licence(name)}" for name in _LIBRARIES)
    return "\n\n".join(lines[:4]) + "\n\n" + "\n".join(lines[4:])


def _version(name: str) -> str:
    """Returns the version of an installed library."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "(not installed)"


def _licence(name: str) -> str:
    """Returns the licence that a library names in its own description, in one line."""
    given = _said(name, "License-Expression") or _said(name, "License")
    first = given.strip().splitlines()[0] if given.strip() else ""
    classes = [c.split(" :: ")[-1] for c in _all_said(name, "Classifier") if c.startswith("License")]
    return first if 0 < len(first) < 60 else ", ".join(classes) or "see its own notice"


def _said(name: str, field: str) -> str:
    """Returns what an installed library says of itself in one field; empty if it says nothing."""
    return next(iter(_all_said(name, field)), "")


def _all_said(name: str, field: str) -> list[str]:
    """Returns everything that an installed library says of itself in one field."""
    try:
        return list(importlib.metadata.metadata(name).get_all(field) or [])
    except importlib.metadata.PackageNotFoundError:
        return []
