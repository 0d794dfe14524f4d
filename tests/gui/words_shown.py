"""Reads every widget as Qt does: which of its words would be taken for mnemonics, placeholders or markup."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QLabel,
    QMenu,
    QTabBar,
    QWidget,
)

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.open_save import dump, parse

AMPERSAND = "A&E"
TAG = "<img src=x>"
NASTY = f"{AMPERSAND} {TAG} [*] %1 $x_1$"
"""What every name of a scenario begins with."""

_WORDS = ("name", "short_name", "description", "question", "source", "note", "owner", "aim", "give_up_cause")


def nasty(example: str) -> Scenario:
    """Returns a bundled scenario in which every name and note begins with ``NASTY``."""
    return renamed(parse((shipped("scenarios") / f"{example}.json").read_bytes()))


def renamed(scenario: Scenario) -> Scenario:
    """Returns a scenario with such names."""
    return parse(json.dumps(_renamed(json.loads(dump(scenario)))))


def _renamed(value: Any) -> Any:
    """Returns a document with other names."""
    if isinstance(value, dict):
        made = {
            key: f"{NASTY} {each}" if key in _WORDS and isinstance(each, str) else _renamed(each)
            for key, each in value.items()
        }
        # There is room for few letters only.
        return {**made, "short_name": f"{AMPERSAND} {TAG}"} if "short_name" in made else made
    return [_renamed(each) for each in value] if isinstance(value, list) else value


def misread(root: QWidget) -> set[str]:
    """Returns a line for each text under a widget that Qt would not show as it is."""
    found = set[str]()
    for widget in (root, *root.findChildren(QWidget)):
        found |= {f"{_place(widget)} {fault}" for fault in _faults(widget)}
    actions = {*root.findChildren(QAction), *(a for w in root.findChildren(QWidget) for a in w.actions())}
    for action in actions:
        where = f"action {action.objectName() or action.text()}:"
        found |= {f"{where} {fault}" for fault in _mnemonic(action.text())}
        found |= {f"{where} tip {fault}" for fault in _rich(action.toolTip())}
    return found


def _place(widget: QWidget) -> str:
    """Returns how a widget is found."""
    names = []
    each: QWidget | None = widget
    while each is not None and len(names) < 4:
        names.append(each.objectName() or type(each).__name__)
        each = each.parentWidget()
    return " < ".join(names)


def _faults(widget: QWidget) -> Iterator[str]:
    """Yields what is misread on one widget."""
    yield from (f"tip {fault}" for fault in _rich(widget.toolTip()))
    yield from (f"status {fault}" for fault in _rich(widget.whatsThis()))
    if isinstance(widget, QLabel):
        yield from _of_label(widget)
    elif isinstance(widget, QAbstractButton):
        yield from _mnemonic(widget.text())
    elif isinstance(widget, QGroupBox | QMenu):
        yield from _mnemonic(widget.title())
    elif isinstance(widget, QTabBar):
        for place in range(widget.count()):
            yield from _mnemonic(widget.tabText(place))
            yield from (f"tip {fault}" for fault in _rich(widget.tabToolTip(place)))
    elif isinstance(widget, QComboBox) or (
        isinstance(widget, QAbstractItemView) and widget.model() is not None
    ):
        yield from _of_model(widget.model())


def _of_label(label: QLabel) -> Iterator[str]:
    """Yields what is misread in a label."""
    form = label.textFormat()
    if form == Qt.TextFormat.AutoText and GuiQt.mightBeRichText(label.text()):
        yield f"shows markup: {label.text()[:90]}"
    if form in (Qt.TextFormat.RichText, Qt.TextFormat.MarkdownText) and TAG in label.text():
        yield f"shows a picture: {label.text()[:90]}"
    if label.buddy() is not None:
        yield from _mnemonic(label.text())


def _of_model(model: QAbstractItemModel) -> Iterator[str]:
    """Yields what is misread in the tool tips of a table or list."""
    role = Qt.ItemDataRole.ToolTipRole
    root = QModelIndex()
    is_list = isinstance(model, QAbstractListModel)
    rows, columns = min(model.rowCount(root), 60), 1 if is_list else min(model.columnCount(root), 30)
    for row in range(rows):
        for column in range(columns):
            yield from (f"cell tip {f}" for f in _rich(model.index(row, column, root).data(role)))
    for way, number in ((Qt.Orientation.Horizontal, columns), (Qt.Orientation.Vertical, rows)):
        for place in range(number):
            yield from (f"head tip {f}" for f in _rich(model.headerData(place, way, role)))


def _mnemonic(text: str) -> Iterator[str]:
    """Yields a text in which a name's ampersand underlines a letter, or is doubled."""
    if AMPERSAND in text.replace("&&", "") or "A&&&&E" in text:
        yield f"has a mnemonic: {text[:90]}"


def _rich(text: object) -> Iterator[str]:
    """Yields a tool tip in which a name's tag is obeyed."""
    if isinstance(text, str) and TAG in text and GuiQt.mightBeRichText(text):
        yield f"shows a picture: {text[:90]}"
