"""How one kind of value is written and read, the same in every field, cell and option.

What could be read in two ways is never guessed: it is refused with both readings.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")

_LONGEST_QUOTED = 32
"""Characters of a text that a sentence repeats."""

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufe58\ufe63\uff0d"), "-")
_MARKS = {ord("\u066b"): ".", ord("\u066c"): ",", ord("\u2044"): "/", ord("\u2215"): "/", ord("\uffe1"): "£"}
_APOSTROPHES = dict.fromkeys(map(ord, "\u2018\u2019\u02bc\uff07"), "'")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_PLAIN: Mapping[int, str | int] = {**_FULL_WIDTH, **_DASHES, **_MARKS, **_APOSTROPHES}
_EMPTY = frozenset({"", "-"})
"""What stands for nothing; tables show a dash."""


class Unreadable(ValueError):  # noqa: N818 - it is the text that cannot be read, and the sentence says why
    """A text does not say what is wanted; the message is a sentence without its full stop."""


@dataclass(frozen=True)
class Notation(Generic[T]):
    """How one kind of value is written and read.

    Attributes:
        read: from a text to the value; raises :class:`Unreadable`.
        write: from a value to the text that a field shows, which reads back as the same value.
        words: from a value to the words that say how it was understood, where they say more than the text.
    """

    read: Callable[[str], T]
    write: Callable[[T], str]
    words: Callable[[T], str] | None = None

    def given(self, text: str) -> T | str | None:
        """Returns the value, ``None`` for an empty text, or the text where it cannot be read."""
        if is_empty(text):
            return None
        try:
            return self.read(text)
        except Unreadable:
            return text.strip()

    def understood(self, text: str) -> str:
        """Returns how a text is understood ("= 1,250"), or why it is not; nothing for an empty one."""
        if is_empty(text):
            return ""
        try:
            value = self.read(text)
        except Unreadable as why:
            return f"{why}."
        return f"= {(self.words or self.write)(value)}"

    def mistake(self, text: str) -> str:
        """Returns why a text cannot be read, without a full stop; nothing if it can."""
        try:
            self.read(text)
        except Unreadable as why:
            return str(why)
        return ""


def plain(text: str) -> str:
    """Returns a text in the characters of a keyboard.

    Digits of every script become 0 to 9, full-width forms, dashes and minus signs their plain ones, and
    blanks of every width one blank; marks of no width, which come with text from the web, are left out.
    """
    return " ".join("".join(map(_plain_character, text.translate(_PLAIN))).split())


def _plain_character(character: str) -> str:
    """Returns one character as a keyboard has it."""
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "" if category in {"Cf", "Mn"} else character


def is_empty(text: str) -> bool:
    """Tells whether nothing was typed, or a dash that stands for nothing."""
    return len(text) < 2 * _LONGEST_QUOTED and plain(text) in _EMPTY


def quoted(text: str) -> str:
    """Returns a text in quotation marks, cut if it is long."""
    bare = " ".join(text[: 10 * _LONGEST_QUOTED].split())
    shown = bare if len(bare) <= _LONGEST_QUOTED else f"{bare[: _LONGEST_QUOTED - 1]}…"
    return f"“{shown}”"


def either(text: str, one: str, other: str) -> Unreadable:
    """Returns the refusal of a text that can be read in two ways."""
    return Unreadable(f"{quoted(text)} can be read as {one} or as {other}: write {one} or {other}")
