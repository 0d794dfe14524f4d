"""Compiling many functions as one whole.

Numba makes machine code of each function and of everything that it calls, so that what is called from deep
down is optimised over and over, and never as a whole. Here a *part* is only turned into LLVM's language; the
function that Python calls takes in its parts, as functions that nobody else can call, and LLVM makes
machine code of the whole at once: it then sees which results are always the same and which functions are
called in one place only. That takes a third of the time and gives quicker code.
"""

from __future__ import annotations

from typing import Any

from llvmlite.binding import parse_assembly  # type: ignore[import-untyped]
from numba.core import codegen
from numba.core.compiler import Compiler

_WHOLE = "whole"
"""The name of the code of a function that Python calls."""


class _NoEnvironment:
    """Takes the place of what Numba would tell to running code about a part that never runs by itself."""

    def set_env(self, _: str, __: object) -> None:
        """Does nothing."""


class _Library(codegen.JITCodeLibrary):
    """Code of a function, which may take in parts."""

    def add_linking_library(self, library: Any) -> None:
        """Takes in a function that is called.

        Raises:
            TypeError: it is a whole, of whose code only the machine's is kept.
        """
        if library.name == _WHOLE:
            raise TypeError("a compiled function calls one that Python calls too; make that one a part")
        super().add_linking_library(library)


class _PartLibrary(_Library):
    """Code of a function that only compiled functions call: kept in LLVM's language."""

    attribute = ""
    """What LLVM is told about the function."""

    def add_ir_module(self, module: Any) -> None:
        """Takes in the function's own code."""
        for function in module.functions:
            if self.attribute and not function.is_declaration:
                function.attributes.add(self.attribute)
        super().add_ir_module(module)

    @property
    def codegen(self) -> Any:
        """Returns who is to be told of the part's environment: nobody."""
        return _NoEnvironment()

    def _optimize_final_module(self) -> None:
        """Leaves optimising to the whole."""

    def _finalize_final_module(self) -> None:
        """Makes no machine code."""
        self._finalize_dynamic_globals()
        self._finalized = True

    def get_pointer_to_function(self, _: str) -> int:
        """Returns 0: there is no machine code of a part."""
        self._ensure_finalized()
        return 0


class _ColdLibrary(_PartLibrary):
    """Code of a part that is seldom called, which LLVM keeps out of the way of what is called often."""

    attribute = "cold"


class _AlwaysInlinedLibrary(_PartLibrary):
    """Code of a part that LLVM puts wherever it is called."""

    attribute = "alwaysinline"


class _NotInlinedLibrary(_PartLibrary):
    """Code of a part that LLVM puts nowhere else."""

    attribute = "noinline"


class _WholeLibrary(_Library):
    """Code of a function that Python calls, with all its parts."""

    def _optimize_final_module(self) -> None:
        """Optimises, once nobody else can call the parts.

        They get names of their own: LLVM's loader confuses local functions with others of the same name, and
        Numba's names are unique in one session only, while this code is kept for others.
        """
        for function in self._final_module.functions:
            if not function.is_declaration and function.linkage.name == "linkonce_odr":
                function.linkage = "internal"
                function.name = f"part.{function.name}"
        super()._optimize_final_module()

    def serialize_using_object_code(self) -> tuple[str, str, tuple[bytes, bytes]]:
        """Returns what is kept: machine code, and the names of what it defines, by which Numba finds it.

        Numba would keep all in LLVM's language as well, for functions that take this one in, of which there
        are none; to read that takes longer than to load the machine code.
        """
        name, kind, (machine_code, _) = super().serialize_using_object_code()
        module = self._get_module_for_linking()
        named = [each for each in module.functions if _can_be_found(each)]
        lines = [f'define void @"{each.name}"() {{ unreachable }}' for each in named]
        lines += [f'@"{each.name}" = global i8 0' for each in module.global_variables if _can_be_found(each)]
        return name, kind, (machine_code, parse_assembly("\n".join(lines)).as_bitcode())


def _can_be_found(thing: Any) -> bool:
    """Whether a function or variable is defined and can be found by its name."""
    return not thing.is_declaration and thing.linkage.name not in ("internal", "private")


class PartCompiler(Compiler):
    """Compiles a part."""

    library: type[_PartLibrary] = _PartLibrary

    def __init__(self, typing: Any, target: Any, _: Any, *others: Any) -> None:
        super().__init__(typing, target, self.library(target.codegen(), "part"), *others)


class ColdCompiler(PartCompiler):
    """Compiles a part that is seldom called."""

    library = _ColdLibrary


class AlwaysInlinedCompiler(PartCompiler):
    """Compiles a part that is put wherever it is called."""

    library = _AlwaysInlinedLibrary


class NotInlinedCompiler(PartCompiler):
    """Compiles a part that stays by itself."""

    library = _NotInlinedLibrary


class WholeCompiler(Compiler):
    """Compiles what Python calls."""

    def __init__(self, typing: Any, target: Any, _: Any, *others: Any) -> None:
        library = _WholeLibrary(target.codegen(), _WHOLE)
        library.enable_object_caching()
        super().__init__(typing, target, library, *others)
