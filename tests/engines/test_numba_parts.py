"""What another version of Numba lacks of what the compiled engine uses of its inside, in a sentence each.

Nothing of the engine is imported here, since it may be just what cannot be.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

numba = pytest.importorskip("numba")

PACKAGE = Path(__file__).parents[2] / "pathway_modeller"
WING = PACKAGE / "simulation" / "compiled" / "numba_inside"

PARTS = {
    "numba.core.caching:_Cache": "the base of code_cache.CodeCache",
    "numba.core.caching:_Cache.load_overload": "what code_cache.CodeCache does otherwise",
    "numba.core.caching:_Cache.save_overload": "what code_cache.CodeCache does otherwise",
    "numba.core.codegen:JITCodeLibrary._finalize_dynamic_globals": "called by whole_program._PartLibrary",
    "numba.core.codegen:JITCodeLibrary._finalize_final_module": "what a part does otherwise",
    "numba.core.codegen:JITCodeLibrary._optimize_final_module": "what a part and a whole do otherwise",
    "numba.core.codegen:JITCodeLibrary._get_module_for_linking": "where a whole finds its names",
    "numba.core.cgutils:_StructProxy._getvalue": "how tables are put together",
    "numba.core.codegen:JITCodeLibrary._ensure_finalized": "called by whole_program._PartLibrary",
    "numba.core.codegen:JITCodeLibrary.add_ir_module": "where a part's functions get their attribute",
    "numba.core.codegen:JITCodeLibrary.add_linking_library": "where a whole takes in its parts",
    "numba.core.codegen:JITCodeLibrary.codegen": "where a part says that nobody need know it",
    "numba.core.codegen:JITCodeLibrary.enable_object_caching": "has a whole keep its machine code",
    "numba.core.codegen:JITCodeLibrary.get_pointer_to_function": "what a part does otherwise",
    "numba.core.codegen:JITCodeLibrary.has_dynamic_globals": "whether code can be kept",
    "numba.core.codegen:JITCodeLibrary.serialize_using_object_code": "what is kept of a whole",
    "numba.core.compiler:CompileResult._rebuild": "how kept code is loaded",
    "numba.core.compiler:CompileResult._reduce": "what is kept",
    "numba.core.dispatcher:Dispatcher.get_call_template": "once for all constants",
}
"""What is used of Numba's classes without being named when it is imported, and what for."""

IN_SOURCE = {
    "numba.core.codegen:CPUCodeLibrary": (
        ("self._final_module", "what a whole optimises"),
        ("self._finalized", "whether a part is ready"),
    ),
    "numba.core.dispatcher:_DispatcherBase": (("self.overloads =", "whether code is loaded"),),
    "numba.core.dispatcher:Dispatcher": (
        ("self._cache.load_overload(", "where kept code is asked for"),
        ("self._cache.save_overload(", "where code is kept"),
        ("numba:compile", "how compiling is refused"),
    ),
    "numba.core.compiler:CompilerBase.__init__": (
        ("typingctx, targetctx, library, args, return_type, flags", "what whole_program compilers are given"),
    ),
}
"""What is used of what Numba's source only says in functions."""


def found(place: str, purpose: str = "it is imported") -> object:
    """Returns a part of Numba; fails with a sentence if there is none."""
    module, _, names = place.partition(":")
    try:
        thing: object = importlib.import_module(module)
        for name in names.split("."):
            thing = getattr(thing, name)
    except (ImportError, AttributeError) as missing:
        sentence = f"Numba {numba.__version__} has no {place.replace(':', '.')}, {purpose}: {missing}."
        pytest.fail(sentence, pytrace=False)
    return thing


@pytest.mark.parametrize("place", PARTS)
def test_numba_has_what_the_engine_uses_of_its_classes(place: str) -> None:
    found(place, PARTS[place])


@pytest.mark.parametrize("place", IN_SOURCE)
def test_numba_does_what_the_engine_expects(place: str) -> None:
    source = re.sub(r"\s+", " ", inspect.getsource(found(place)))  # type: ignore[arg-type]
    for words, purpose in IN_SOURCE[place]:
        if words not in source:
            sentence = f"Numba {numba.__version__} no longer says {words!r} in {place}: {purpose}."
            pytest.fail(sentence, pytrace=False)


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Gives each module and name that a file imports from one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, each.name) for each in node.names)
        elif isinstance(node, ast.Import):
            yield from ((each.name, "") for each in node.names)


def is_inside(module: str) -> bool:
    """Whether a module is of Numba's inside, or of LLVM's."""
    return module.startswith(("numba.", "llvmlite"))


def test_numba_has_all_that_the_engine_imports() -> None:
    wanted = {pair for path in WING.glob("*.py") for pair in imports(path) if is_inside(pair[0])}
    assert wanted
    for module, name in sorted(wanted):
        found(f"{module}:{name}" if name else f"{module}:__name__")


def test_nothing_outside_one_folder_reaches_into_numba() -> None:
    others = [path for path in PACKAGE.rglob("*.py") if WING not in path.parents]
    assert [
        f"{path.relative_to(PACKAGE)}: {module}"
        for path in others
        for module, _ in imports(path)
        if is_inside(module)
    ] == []


def test_every_private_name_of_numba_that_is_used_is_told_above() -> None:
    own, used = set(), set()
    for path in WING.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                own.add(node.name)
            elif isinstance(node, ast.Attribute) and re.match("_[a-z]", node.attr):
                (own if isinstance(node.ctx, ast.Store) else used).add(node.attr)
    told = {name for place in PARTS for name in place.rpartition(":")[2].split(".")}
    told |= set(re.findall(r"\b_\w+", " ".join(words for each in IN_SOURCE.values() for words, _ in each)))
    told |= {"_fields"}  # of Python's named tuples
    assert used - own <= told, sorted(used - own - told)
