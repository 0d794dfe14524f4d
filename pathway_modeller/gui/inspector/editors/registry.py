"""Which editor shows which kind of value: one table, written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pathway_modeller.gui.inspector.editors.amounts import AmountEditor
from pathway_modeller.gui.inspector.editors.base import Editor, Scope
from pathway_modeller.gui.inspector.editors.dated import DatedEditor
from pathway_modeller.gui.inspector.editors.grouped import GroupedEditor
from pathway_modeller.gui.inspector.editors.nested import NestedEditor, OneOfEditor
from pathway_modeller.gui.inspector.editors.optional import MaybeEditor
from pathway_modeller.gui.inspector.editors.scalars import (
    ChoiceEditor,
    NotedEditor,
    NumberEditor,
    ReferenceEditor,
    TextEditor,
    TruthEditor,
)
from pathway_modeller.gui.inspector.editors.series import FactorsEditor, LinesEditor, PickEditor, RowsEditor
from pathway_modeller.gui.inspector.editors.shape import ShapeEditor
from pathway_modeller.gui.inspector.editors.tables import TableEditor
from pathway_modeller.gui.inspector.kinds import (
    Amount,
    Choice,
    Dated,
    Day,
    Grouped,
    Kind,
    Maybe,
    Nested,
    Number,
    OneOf,
    Reference,
    Series,
    Shape,
    Table,
    Text,
    Truth,
)
from pathway_modeller.gui.inspector.notations import notation_of
from pathway_modeller.scenario.typed.dates import DAY


def _text_editor(kind: Text, optional: bool) -> Editor:
    """Makes the editor of a text; clock times and financial years are read."""
    notation = notation_of(kind)
    return TextEditor(kind, optional=optional) if notation is None else NotedEditor(notation)


ONE_LINE: Mapping[type[Kind], Callable[[Any, Scope, bool], Editor]] = {
    Text: lambda kind, _scope, optional: _text_editor(kind, optional),
    Number: lambda kind, _scope, optional: NumberEditor(kind, optional=optional),
    Truth: lambda _kind, _scope, _optional: TruthEditor(),
    Day: lambda _kind, _scope, _optional: NotedEditor(DAY, "dd/mm/yyyy"),
    Choice: lambda kind, _scope, optional: ChoiceEditor(kind, optional=optional),
    Reference: lambda kind, scope, optional: ReferenceEditor(kind, scope, optional=optional),
    Amount: lambda kind, scope, optional: AmountEditor(kind, scope, optional=optional),
}
"""Editors that show an empty field for a value that is left out."""

SEVERAL_LINES: Mapping[type[Kind], Callable[[Any, Scope], Editor]] = {
    Shape: lambda _kind, _scope: ShapeEditor(),
    Maybe: MaybeEditor,
    Grouped: GroupedEditor,
    Dated: DatedEditor,
    Nested: NestedEditor,
    OneOf: OneOfEditor,
    Table: TableEditor,
}

IN_ORDER: Mapping[type[Kind], Callable[[Series, Scope], Editor]] = {
    Nested: RowsEditor,
    Reference: PickEditor,
    Choice: PickEditor,
    Number: FactorsEditor,
    Text: lambda _kind, _scope: LinesEditor(),
}
"""Editors of values in order, by the kind of one value."""


def make_editor(kind: Kind, scope: Scope) -> Editor:
    """Makes the editor of a kind.

    Raises:
        KeyError: no editor is listed for the kind.
    """
    if isinstance(kind, Maybe) and type(kind.inner) in ONE_LINE:
        return ONE_LINE[type(kind.inner)](kind.inner, scope, True)
    if isinstance(kind, Series):
        return IN_ORDER[type(kind.item)](kind, scope)
    if type(kind) in ONE_LINE:
        return ONE_LINE[type(kind)](kind, scope, False)
    return SEVERAL_LINES[type(kind)](kind, scope)
