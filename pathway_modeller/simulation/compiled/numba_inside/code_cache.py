"""Machine code kept on disk as long as the source it was made of stays the same, checked before it is used.

Numba by itself keeps code beside the source (which users may not write to), looks only at the file in which a
function stands (the engine is spread over many, which it compiles as one whole), and believes whatever it
finds: a damaged file ends the program. Its index of what is kept lets two programs that write at once mix up
their files, too. Here each piece of code is one file, whose name says what it is, without any index.
"""

from __future__ import annotations

import glob
import hashlib
import inspect
import io
import os
import pickle
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba.core import caching
from numba.core.compiler import CompileResult
from numba.core.registry import cpu_target
from numba.core.runtime import rtsys  # type: ignore[attr-defined]
from numba.core.serialize import dumps

from pathway_modeller.simulation.compiled.numba_inside import sealed_file
from pathway_modeller.simulation.compiled.numba_inside.cache_folder import folder, remove_unused, stamp


class CodeCache(caching._Cache):
    """The kept machine code of one function that Python calls.

    Where the folder cannot be written, the code is made anew in each session.

    Attributes:
        found_damaged: whether some of it was damaged when it was last looked for, and has been thrown away.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        source = Path(inspect.getfile(function))
        place = f"{source.stem}.{function.__qualname__}".replace("<", "").replace(">", "")
        self._package = source.parent.name
        self._name = f"{place}-{sys.implementation.cache_tag}"
        self._bytecode = function.__code__.co_code
        self._is_enabled = True
        self.found_damaged = False

    @property
    def cache_path(self) -> Path:
        """Returns the folder; each state of the source has its own, so that two installations get along."""
        return folder() / stamp(self._package)

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Returns the kept machine code of a function, None if there is none that is good.

        Numba would first import all that it can compile (SciPy's linear algebra among it), which code that
        is compiled already does not need; it does so by itself before it compiles anything.
        """
        if not self._is_enabled:
            return None
        key = self._key(sig, target_context.codegen())
        path = self._path(key)
        content = self._content(path)
        if content is None:
            return None
        rtsys.initialize(target_context)
        try:
            found = _unpacked(content, key, target_context)
        except Exception:  # whatever it is that cannot be loaded here, it can be made anew
            self._throw_away(path)
            return None
        with suppress(OSError):
            os.utime(self.cache_path)  # it is in use: see remove_unused
        return found

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keeps the machine code of a function; removes old code where this is the first of its folder.

        Raises:
            TypeError: the code holds addresses of this session.
        """
        if not self._is_enabled:
            return
        if data.library.has_dynamic_globals:
            raise TypeError("a compiled function uses a large array or a pointer as a constant")
        key = self._key(sig, data.codegen)
        try:
            self.make_folder()
            sealed_file.write(self._path(key), dumps(key) + dumps(data._reduce()))
        except OSError:
            self.disable()

    def make_folder(self) -> None:
        """Makes the folder, if there is none.

        Raises:
            OSError: it cannot be made.
        """
        if not self.cache_path.is_dir():
            sealed_file.throw_away(self.cache_path)
            remove_unused(time.time())
            self.cache_path.mkdir(parents=True, exist_ok=True)

    def types_kept(self) -> Iterator[Any]:
        """Gives the types of arguments for which there is good machine code for this processor."""
        processor = cpu_target.target_context.codegen().magic_tuple()
        for path in sorted(self.cache_path.glob(f"{glob.escape(self._name)}.*{_END}")):
            content = self._content(path)
            if content is not None:
                types, made_for, _ = pickle.loads(content)  # noqa: S301 - checked to be our own
                if made_for == processor:
                    yield types

    def enable(self) -> None:
        """Has code be loaded and kept."""
        self._is_enabled = True

    def disable(self) -> None:
        """Has no code be loaded or kept any more."""
        self._is_enabled = False

    def flush(self) -> None:
        """Throws away what is kept."""
        for path in self.cache_path.glob(f"{glob.escape(self._name)}.*{_END}"):
            sealed_file.throw_away(path)

    def _key(self, sig: Any, codegen: Any) -> tuple[Any, Any, bytes]:
        """Returns what must be equal for kept code to be the right one, besides the source."""
        return sig, codegen.magic_tuple(), self._bytecode

    def _path(self, key: tuple[Any, Any, bytes]) -> Path:
        """Returns the file of machine code."""
        return self.cache_path / f"{self._name}.{hashlib.blake2s(repr(key).encode()).hexdigest()[:16]}{_END}"

    def _content(self, path: Path) -> bytes | None:
        """Returns what a file holds, None if there is none; throws it away if it is damaged."""
        try:
            return sealed_file.read(path)
        except FileNotFoundError:
            return None
        except sealed_file.Damaged:
            self._throw_away(path)
        except OSError:
            self.found_damaged = True  # it stays until another takes its place: it may be in use
        return None

    def _throw_away(self, path: Path) -> None:
        """Removes a file that is not good."""
        self.found_damaged = True
        sealed_file.throw_away(path)


_END = ".code"
"""The end of the names of files with machine code."""


def _unpacked(content: bytes, key: tuple[Any, Any, bytes], target_context: Any) -> Any:
    """Returns machine code ready to be called; None if it is another's, of the same name by chance."""
    parts = io.BytesIO(content)
    if pickle.load(parts) != key:  # noqa: S301 - checked to be our own
        return None
    return CompileResult._rebuild(target_context, *pickle.load(parts))  # noqa: S301


def keep(compiled: Any, function: Callable[..., object]) -> None:
    """Has a compiled function's machine code be kept.

    Args:
        compiled: the function as Numba knows it.
        function: as it stands in the source.
    """
    compiled._cache = CodeCache(function)


def cache_of(thing: Any) -> CodeCache | None:
    """Returns what keeps a compiled function's machine code; None if it is no such function."""
    found = getattr(thing, "_cache", None)
    return found if isinstance(found, CodeCache) else None


def load(compiled: Any) -> bool:
    """Loads a function's machine code from the disk for all types of arguments.

    Returns:
        Whether there was some, or had been loaded before, and none of it was damaged.
    """
    kept = compiled._cache
    kept.found_damaged = False
    for types in kept.types_kept():
        compiled.compile(types)
    return bool(compiled.overloads) and not kept.found_damaged
