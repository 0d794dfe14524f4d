"""Files whose content is checked before it is used: whatever has happened to one on the disk is noticed.

A file begins with a digest of its content, of its own name and of its folder's, so that a file that was put
in the place of another is noticed, too. This guards against damage, not against somebody who means harm.
"""

from __future__ import annotations

import os
import shutil
import uuid
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

UNFINISHED = ".unfinished"
"""The end of the name of a file that is being written."""

_SIZE = 32
"""Bytes of the digest."""


class Damaged(Exception):  # noqa: N818 - the name says what happened
    """A file does not hold what was written to it."""


def write(path: Path, content: bytes) -> None:
    """Writes a file at once: whoever reads it meanwhile finds what was there before, or all of the new one.

    Raises:
        OSError: it cannot be written.
    """
    # Two programs may write the same file; each writes its own, and the later one stays.
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}{UNFINISHED}")
    try:
        unfinished.write_bytes(_digest(path, content) + content)
        os.replace(unfinished, path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def read(path: Path) -> bytes:
    """Returns the content of a file.

    Raises:
        Damaged: it is not what was written.
        OSError: it cannot be read; ``FileNotFoundError`` if there is none.
    """
    if path.is_dir():
        raise Damaged(path)
    sealed = path.read_bytes()
    digest, content = sealed[:_SIZE], sealed[_SIZE:]
    if digest != _digest(path, content):
        raise Damaged(path)
    return content


def throw_away(path: Path) -> None:
    """Removes a file, or a folder that stands in its place; quietly, if it can."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink()


def _digest(path: Path, content: bytes) -> bytes:
    """Returns the digest with which a file begins."""
    digest = blake2b(f"{path.parent.name}/{path.name}\0".encode(), digest_size=_SIZE)
    digest.update(content)
    return digest.digest()
