"""Whether compiled functions come from the disk, where an earlier start left them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from numba.core import event


class NotKept(Exception):  # noqa: N818 - the name says what happened
    """A function would have to be compiled, which takes a minute."""


class _Refusal(event.Listener):
    """Refuses to compile."""

    def on_start(self, event: Any) -> None:
        """Is told that a function is not on the disk and would be compiled now."""
        raise NotKept(event.data["dispatcher"].py_func.__qualname__)

    def on_end(self, event: Any) -> None:
        """Is told that a function was compiled."""


@contextmanager
def only_from_disk() -> Iterator[None]:
    """Lets functions be loaded from the disk within the block, but not be compiled.

    Raises:
        NotKept: a function that was called is not on the disk.
    """
    with event.install_listener("numba:compile", _Refusal()):
        yield
