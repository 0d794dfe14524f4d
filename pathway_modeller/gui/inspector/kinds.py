"""What kind of value a field holds, read from the annotation of its record.

The forms know these kinds and no field names, so that a new field of any record appears by itself. Nothing
here knows Qt.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo

from pathway_modeller.gui.inspector.references import Labels, Links, Source, links_of
from pathway_modeller.scenario.dated import AtDate
from pathway_modeller.scenario.distribution import Distribution
from pathway_modeller.scenario.values import RARE, ByGroup, Duration, Money, PerCent, Position, Rate, Record

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
"""A value as the scenario file holds it; editors speak it."""


@dataclass(frozen=True)
class Kind:
    """What an editor must be able to show; the base of all kinds."""


@dataclass(frozen=True)
class Text(Kind):
    """A line of text, or prose of several lines."""

    prose: bool = False
    pattern: str | None = None


@dataclass(frozen=True)
class Number(Kind):
    """A number with its limits; a share when it lies between 0 and 1, a relative change from -1 on."""

    whole: bool = False
    low: float | None = None
    high: float | None = None
    is_percent: bool = False
    """Whether it counts per cent: 5 is 5%."""

    @property
    def is_share(self) -> bool:
        """Whether it is shown in per cent."""
        return not self.whole and (self.low == -1 or (self.low == 0 and self.high == 1))

    @property
    def is_part(self) -> bool:
        """Whether it is a part of one whole, together with others beside it."""
        return self.is_share and self.low == 0


@dataclass(frozen=True)
class Truth(Kind):
    """Yes or no."""


@dataclass(frozen=True)
class Day(Kind):
    """A calendar day."""


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words."""

    options: tuple[str, ...]


@dataclass(frozen=True)
class Reference(Kind):
    """The id of something else in the scenario, chosen by its name."""

    source: Source


@dataclass(frozen=True)
class Amount(Kind):
    """A number with its unit: a duration, a rate, or money with its price year."""

    record: type[Record]


@dataclass(frozen=True)
class Shape(Kind):
    """A distribution."""


@dataclass(frozen=True)
class Maybe(Kind):
    """A value that may be left empty."""

    inner: Kind


@dataclass(frozen=True)
class Grouped(Kind):
    """A value that may differ by need tier, footprint or another attribute."""

    inner: Kind


@dataclass(frozen=True)
class Dated(Kind):
    """A value that may change at a date, and how such a change is kept."""

    inner: Kind
    record: type[Record]


@dataclass(frozen=True)
class Nested(Kind):
    """A record within a record."""

    record: type[Record]


@dataclass(frozen=True)
class OneOf(Kind):
    """One of several records, told apart by their ``kind``."""

    records: tuple[tuple[str, type[Record]], ...]


@dataclass(frozen=True)
class Table(Kind):
    """Values by key."""

    key: Kind
    value: Kind


@dataclass(frozen=True)
class Series(Kind):
    """Values in order."""

    item: Kind
    labels: Labels | None = None


@dataclass(frozen=True)
class FieldSpec:
    """A field as a form needs it: its key in the file, its words and its kind, and whether few need it."""

    name: str
    key: str
    title: str
    help: str
    kind: Kind = field(repr=False)
    is_rare: bool = False


COMPACT = (Text, Number, Truth, Day, Choice, Reference)
"""Kinds that fit on one line and for which empty means ``None``."""

_SCALARS: Mapping[object, Kind] = {bool: Truth(), str: Text(), dt.date: Day()}
_PROSE = frozenset({"description", "note", "question", "source"})


@cache
def fields_of(record: type[Record]) -> tuple[FieldSpec, ...]:
    """Returns the fields of a record in their order, each with its kind.

    Left out are ``kind`` tags, and what may hold anything: an option's patch, which is drawn.
    """
    return tuple(
        FieldSpec(
            name=name,
            key=info.alias or name,
            title=info.title or name,
            help=info.description or "",
            kind=_field_kind(record, name, info),
            is_rare=RARE in info.metadata,
        )
        for name, info in record.model_fields.items()
        if (get_origin(info.annotation) is not Literal or len(get_args(info.annotation)) > 1)
        and Any not in get_args(info.annotation)
    )


def _field_kind(record: type[Record], name: str, info: FieldInfo) -> Kind:
    """Returns the kind of one field."""
    kind = kind_of(info.annotation, links_of(record, name), tuple(info.metadata))
    return Text(prose=True) if name in _PROSE and isinstance(kind, Text) else kind


def kind_of(annotation: object, links: Links, metadata: tuple[object, ...] = ()) -> Kind:
    """Returns the kind that an annotation describes.

    Args:
        annotation: the annotation of a field, or part of one.
        links: what ids inside it refer to.
        metadata: limits that were met on the way down.

    Raises:
        TypeError: the annotation is of a form that no editor knows.
    """
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *extra = get_args(annotation)
        return kind_of(inner, links, (*metadata, *_flat(extra)))
    if origin in (Union, types.UnionType):
        return _union_kind(get_args(annotation), links, metadata)
    if origin is Literal:
        return Choice(tuple(str(option) for option in get_args(annotation)))
    if origin is not None and issubclass(origin, Mapping):
        key, value = get_args(annotation)
        return Table(kind_of(key, links.for_keys()), kind_of(value, links.for_values()))
    if origin is tuple:
        return Series(kind_of(get_args(annotation)[0], links.for_values()), links.labels)
    return _plain_kind(annotation, links, metadata)


def _plain_kind(annotation: object, links: Links, metadata: tuple[object, ...]) -> Kind:
    """Returns the kind of an annotation that is a class."""
    if annotation in (int, float):
        return _number(annotation is int, metadata)
    if annotation is str and links.item is not None:
        return Reference(links.item)
    if annotation is str:
        return Text(pattern=next((p for m in metadata if (p := getattr(m, "pattern", None))), None))
    if annotation in _SCALARS:
        return _SCALARS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, Record):
        if annotation is Distribution:
            return Shape()
        return Amount(annotation) if annotation in (Duration, Rate, Money) else Nested(annotation)
    raise TypeError(f"no editor knows the annotation {annotation!r}")


def _flat(metadata: list[object]) -> tuple[object, ...]:
    """Returns metadata with the limits inside ``Field(...)`` brought up."""
    found: list[object] = []
    for item in metadata:
        found.extend(item.metadata if isinstance(item, FieldInfo) else (item,))
    return tuple(found)


def _union_kind(arms: tuple[object, ...], links: Links, metadata: tuple[object, ...]) -> Kind:
    """Returns the kind of a union: optional, differing by group, or one of several records."""
    given = tuple(arm for arm in arms if arm is not type(None))
    if len(given) < len(arms):
        inner = kind_of(given[0], links, metadata) if len(given) == 1 else _union_kind(given, links, metadata)
        # What fits on one line is left empty rather than opened with a button, whether or not it may change.
        if isinstance(inner, Dated) and isinstance(inner.inner, Amount):
            return Dated(Maybe(inner.inner), inner.record)
        return Maybe(inner)
    bare = [get_args(arm)[0] if get_origin(arm) is Annotated else arm for arm in given]
    change = next((arm for arm in bare if isinstance(arm, type) and issubclass(arm, AtDate)), None)
    if any(isinstance(arm, type) and issubclass(arm, ByGroup) for arm in bare):
        grouped = Grouped(kind_of(given[0], links, metadata))
        return grouped if change is None else Dated(grouped, change)
    if change is not None:
        return Dated(kind_of(given[0], links, metadata), change)
    records = [arm for arm in bare if isinstance(arm, type) and issubclass(arm, Record)]
    if len(records) != len(bare):
        raise TypeError(f"no editor knows a union of {bare!r}")
    return OneOf(tuple((str(get_args(r.model_fields["kind"].annotation)[0]), r) for r in records))


def _number(whole: bool, metadata: tuple[object, ...]) -> Number:
    """Returns a number's kind with the limits named in its metadata."""
    low = high = None
    for limit in metadata:
        if isinstance(limit, Ge | Gt):
            low = limit.ge if isinstance(limit, Ge) else limit.gt
        if isinstance(limit, Le | Lt):
            high = limit.le if isinstance(limit, Le) else limit.lt
    return Number(whole, _as_float(low), _as_float(high), PerCent() in metadata)


def _as_float(limit: object) -> float | None:
    """Returns a limit as a float."""
    return float(limit) if isinstance(limit, int | float) else None


def is_clock(kind: Kind) -> bool:
    """Tells whether a kind holds clock times."""
    return isinstance(kind, Text) and "24:00" in (kind.pattern or "")


def is_year(kind: Kind) -> bool:
    """Tells whether a kind holds financial years."""
    return isinstance(kind, Text) and r"\d{4}/" in (kind.pattern or "")


def is_figure(kind: Kind) -> bool:
    """Tells whether a kind holds figures that should have a source; ranks and positions do not."""
    match kind:
        case Number(whole=whole, low=low):
            return not (whole and low is None)
        case Amount() | Shape():
            return True
        case Maybe(inner=inner) | Grouped(inner=inner) | Dated(inner=inner):
            return is_figure(inner)
        case Table(value=inner) | Series(item=inner):
            return is_figure(inner)
        case Nested(record=record):
            return record is not Position and any(is_figure(spec.kind) for spec in fields_of(record))
        case OneOf(records=records):
            return any(is_figure(spec.kind) for _, record in records for spec in fields_of(record))
    return False
