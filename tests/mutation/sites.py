"""Small changes that a slip of the hand might make, and every place of a file where each can be made.

Texts that people read are changed, too, since a wrong sentence misleads as a wrong figure does. What changes
nothing that runs is left out: docstrings, annotations, titles and descriptions of fields.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}
_WORDS_OF_FIELDS = frozenset({"title", "description"})


@dataclass(frozen=True)
class Site:
    """One small change.

    Attributes:
        path: the file, from the root of the project.
        line: where.
        what: the kind of change.
        number: which of the changes of the file.
    """

    path: str
    line: int
    what: str
    number: int


@dataclass(frozen=True)
class _Change:
    """A change of one node: what stands there instead, by which slip."""

    node: ast.AST
    what: str
    instead: ast.AST


def sites_of(root: Path, path: Path) -> list[Site]:
    """Returns every change that can be made to a file, in order."""
    changes = _changes(ast.parse(path.read_text(encoding="utf-8")))
    name = path.relative_to(root).as_posix()
    return [
        Site(name, getattr(change.node, "lineno", 0), change.what, number)
        for number, change in enumerate(changes)
    ]


def changed(source: str, site: Site) -> str:
    """Returns the text of a file after a change; only the lines of the node are written anew."""
    change = _changes(ast.parse(source))[site.number]
    node = change.node
    if not isinstance(node, ast.expr | ast.stmt):
        raise TypeError("only expressions and statements are changed")
    lines = source.encode("utf-8").splitlines(keepends=True)
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    before, after = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
    text = ast.unparse(ast.fix_missing_locations(change.instead)).encode("utf-8")
    if isinstance(node, ast.expr):
        text = b"(" + text + b")"
    return b"".join((*lines[:first], before + text + after, *lines[last + 1 :])).decode("utf-8")


def _changes(tree: ast.Module) -> list[_Change]:
    """Returns every change of a module, in the order of its text."""
    left_out = {id(inner) for node in _left_out(tree) for inner in ast.walk(node)}
    found = [change for node in ast.walk(tree) if id(node) not in left_out for change in _of_node(node)]
    return sorted(found, key=_place)


def _place(change: _Change) -> tuple[int, int, str]:
    """Returns where a change is."""
    return getattr(change.node, "lineno", 0), getattr(change.node, "col_offset", 0), change.what


def _left_out(tree: ast.Module) -> Iterator[ast.AST]:
    """Yields what runs to no effect, or describes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node
        elif isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            yield node.annotation
        elif isinstance(node, ast.FunctionDef):
            yield from node.decorator_list
            if node.returns is not None:
                yield node.returns
        elif isinstance(node, ast.ClassDef):
            yield from node.decorator_list
        elif isinstance(node, ast.keyword) and node.arg in _WORDS_OF_FIELDS:
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            # What stands inside is changed as a whole, since quotation marks within are those around it.
            yield from node.values
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield node
        elif isinstance(node, ast.Assign) and _is_alias(node):
            yield node.value


def _is_alias(node: ast.Assign) -> bool:
    """Tells whether a statement only lists names or makes a type."""
    names = {target.id for target in node.targets if isinstance(target, ast.Name)}
    return "__all__" in names or (isinstance(node.value, ast.Subscript | ast.BinOp) and _is_type(node.value))


def _is_type(node: ast.expr) -> bool:
    """Tells whether an expression is a type, as ``dict[str, int]`` or ``int | None``."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr)
    return isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name | ast.Attribute)


def _of_node(node: ast.AST) -> Iterator[_Change]:
    """Yields the changes of one node."""
    if isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.stmt):
        yield from _of_statement(node)
    else:
        yield from _of_operation(node)
        yield from _of_expression(node)


def _of_operation(node: ast.AST) -> Iterator[_Change]:
    """Yields other operators in the place of one."""
    match node:
        case ast.Compare(left=left, ops=[op], comparators=right) if type(op) in _COMPARED:
            yield _Change(node, "another comparison", ast.Compare(left, [_COMPARED[type(op)]()], right))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED and not _is_text(node):
            yield _Change(node, "another operation", ast.BinOp(left, _COUNTED[type(op)](), right))
        case ast.BoolOp(op=op, values=values):
            other: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            less = ast.BoolOp(op, values[:-1]) if len(values) > 2 else values[0]
            yield _Change(node, "and for or", ast.BoolOp(other, values))
            yield _Change(node, "a condition less", less)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _Change(node, "no not", operand)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield _Change(node, "no minus", operand)


def _of_expression(node: ast.AST) -> Iterator[_Change]:
    """Yields the other of two ways, the other end of a range, another text."""
    match node:
        case ast.JoinedStr(values=values):
            yield _Change(node, "another text", ast.JoinedStr([ast.Constant("X"), *values]))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield _Change(node, "the other of two", ast.IfExp(test, orelse, body))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords) if name in _NAMES:
            yield _Change(node, "most for least", ast.Call(ast.Name(_NAMES[name]), args, keywords))


def _of_constant(node: ast.Constant) -> Iterator[_Change]:
    """Yields another value in the place of one."""
    match node.value:
        case bool() as value:
            yield _Change(node, "true for false", ast.Constant(not value))
        case int() | float() as value:
            yield _Change(node, "another number", ast.Constant(value + 1))
        case str() as value if value.strip():
            yield _Change(node, "another text", ast.Constant(f"X{value}"))


def _of_statement(node: ast.stmt) -> Iterator[_Change]:
    """Yields what becomes of a statement that is not done."""
    match node:
        case ast.Return(value=value) if value is not None and not _is_none(value):
            yield _Change(node, "nothing returned", ast.Return(ast.Constant(None)))
        case ast.Expr(value=ast.Call()):
            yield _Change(node, "not done", ast.Pass())
        case ast.AugAssign():
            yield _Change(node, "not added", ast.Pass())
        case ast.Break():
            yield _Change(node, "goes on", ast.Continue())
        case ast.Continue():
            yield _Change(node, "ends", ast.Break())


def _is_text(node: ast.BinOp) -> bool:
    """Tells whether an operation puts texts or types together."""
    return isinstance(node.op, ast.BitOr) or any(
        isinstance(each, ast.JoinedStr) or (isinstance(each, ast.Constant) and isinstance(each.value, str))
        for each in (node.left, node.right)
    )


def _is_none(node: ast.expr) -> bool:
    """Tells whether an expression is None."""
    return isinstance(node, ast.Constant) and node.value is None
