"""What may happen to a file on the disk."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

Damage = Callable[[Path, random.Random], None]
"""Damages a file; where there is a choice, by chance."""


def emptied(path: Path, _: random.Random) -> None:
    """Leaves nothing in the file, as a full disk does."""
    path.write_bytes(b"")


def cut(path: Path, chance: random.Random) -> None:
    """Leaves the beginning, as a computer that loses its power does."""
    whole = path.read_bytes()
    path.write_bytes(whole[: chance.randrange(1, len(whole))])


def one_byte_flipped(path: Path, chance: random.Random) -> None:
    """Changes one byte, as a worn disk does."""
    whole = bytearray(path.read_bytes())
    whole[chance.randrange(len(whole))] ^= chance.randrange(1, 256)
    path.write_bytes(bytes(whole))


def replaced(path: Path, chance: random.Random) -> None:
    """Puts something else of the same length in the place of the content."""
    path.write_bytes(chance.randbytes(path.stat().st_size))


def another_file(path: Path, _: random.Random) -> None:
    """Puts the file of another function, which is good, in the place of this one."""
    others = sorted(each for each in path.parent.parent.glob(f"*/*{path.suffix}") if each != path)
    shutil.copyfile(others[0], path)


def a_folder(path: Path, _: random.Random) -> None:
    """Puts a folder in the place of the file."""
    path.unlink()
    (path / "inner").mkdir(parents=True)


DAMAGES: tuple[Damage, ...] = (emptied, cut, one_byte_flipped, replaced, another_file, a_folder)
