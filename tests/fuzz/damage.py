"""Valid scenarios, damaged and recombined field by field: the same file for the same seed.

The description of the records says what a field may hold, so that most of what is made can be opened and
much of it run: a number becomes another one, a word another of those that may stand there, an id that of
something else, a field what it is in another scenario. Now and then anything at all is put anywhere, or the
text itself is cut or garbled.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.values import Record
from pathway_modeller.scenario.words.structure import bare, child, chosen
from tests.scenario.readiness.moved_scenario import MOVED
from tests.small_scenario import SMALL

Json = Any
Path = tuple[str | int, ...]

WILD = 0.06
"""Share of changes that put anything anywhere."""
GARBLED = 0.03
"""Share of files whose text is cut or garbled at last."""
MOST_CHANGES = 4

_FACTORS = (0.0, 0.1, 0.5, 0.9, 1.1, 2.0, 10.0, 60.0, 1440.0, 1e4)
_FIGURES = (0, 1, -1, 2, 7, 0.5, 1e-9, 1e-300, 1e6, 1e9, 1e13, 1e300, 1e308, -1e308, 2**31, 2**63, 10**40)
_WORDS = (
    "", " ", "A&E", "<img src=x>", "=1+1", "a\u202eb", "\u200b", "x" * 5000, "\u0000", "\n", "baseline", "😀",
    "\ud7ff", "2025/26", "0000/00", "99:99", "24:00", "00:00", "2025-02-29", "1900-01-01", "9999-12-31",
)  # fmt: skip
_ANYTHING: tuple[Json, ...] = (
    None,
    True,
    False,
    [],
    {},
    [[]],
    {"": {}},
    [None],
    {"by": "need_tier"},
    *_FIGURES,
    *_WORDS,
)


@cache
def _valid() -> tuple[Json, ...]:
    """Returns the documents that are damaged."""
    bundled = sorted(shipped("scenarios").glob("*.json"))
    return (*(json.loads(path.read_text(encoding="utf-8")) for path in bundled), MOVED, SMALL)


def damaged(seed: str) -> bytes:
    """Returns the file of a seed."""
    chance = random.Random(seed)  # noqa: S311 - nothing is to be kept secret
    document = copy.deepcopy(chance.choice(_valid()))
    for _ in range(chance.randint(1, MOST_CHANGES)):
        document = _changed(chance, document)
    data = json.dumps(document, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")
    return _garbled(chance, data) if chance.random() < GARBLED else data


def _garbled(chance: random.Random, data: bytes) -> bytes:
    """Returns a text that is cut, doubled or has other bytes."""
    place = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            return data[:place]
        case 1:
            return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
        case 2:
            return data[:place] + data[chance.randrange(len(data)) :]
        case _:
            return data[:place] + b"NaN" + data[place:]


def _changed(chance: random.Random, document: Json) -> Json:
    """Returns a document after one change."""
    places = list(_places(document, (), Scenario))
    path, annotation = chance.choice(places)
    if chance.random() < WILD:
        return _with(document, path, chance.choice(_ANYTHING))
    value = _at(document, path)
    kind = bare(annotation) if annotation is not None else None
    match chance.randrange(5):
        case 0:
            return _with(document, path, _other(chance, document, value, kind))
        case 1:
            return _without(document, path)
        case 2:
            return _recombined(chance, document)
        case 3:
            return _with(document, path, _twice(chance, value))
        case _:
            number = [(each, what) for each, what in places if _is_number(_at(document, each))]
            path, annotation = chance.choice(number or places)
            return _with(document, path, _other(chance, document, _at(document, path), bare(annotation)))


def _other(chance: random.Random, document: Json, value: Json, kind: Any) -> Json:
    """Returns something else that may stand where a value does."""
    if get_origin(kind) is Literal:
        return chance.choice(get_args(kind))
    if _is_number(value):
        made = value * chance.choice(_FACTORS) if chance.random() < 0.85 else chance.choice(_FIGURES)
        return round(made) if isinstance(value, int) and abs(made) < 1e15 and chance.random() < 0.8 else made
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        fellows = [keys for keys in _ids(document) if value in keys]
        return (
            chance.choice(sorted(fellows[0])) if fellows and chance.random() < 0.8 else chance.choice(_WORDS)
        )
    if isinstance(value, list):
        return chance.sample(value, len(value))
    if isinstance(value, dict) and value:
        keys = list(value)
        one, other = chance.choice(keys), chance.choice(keys)
        return {**value, one: value[other], other: value[one]}
    return chance.choice(_ANYTHING)


def _is_number(value: Json) -> bool:
    """Tells whether a value is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _twice(chance: random.Random, value: Json) -> Json:
    """Returns a list or map with one of its members once more, perhaps very often; else the value."""
    often = chance.choice((1, 1, 2, 50))
    if isinstance(value, list) and value:
        return [*value, *(copy.deepcopy(chance.choice(value)) for _ in range(often))]
    if isinstance(value, dict) and value:
        member = value[chance.choice(list(value))]
        return {**value, **{f"again-{each}": copy.deepcopy(member) for each in range(often)}}
    return value


def _recombined(chance: random.Random, document: Json) -> Json:
    """Returns a document one field of which is what it is in another scenario, with ids that there are."""
    pools = _pools()
    records = [(path, kind) for path, kind in _records(document, (), Scenario) if kind in pools]
    path, record = chance.choice(records)
    key, values = chance.choice(sorted(pools[record].items()))
    origin, text = chance.choice(values)
    value = _with_own_ids(chance, json.loads(text), _ids(_valid()[origin]), _ids(document))
    return _with(document, (*path, key), value)


def _with_own_ids(
    chance: random.Random, value: Json, theirs: tuple[frozenset[str], ...], ours: tuple[frozenset[str], ...]
) -> Json:
    """Returns a value in which ids of another scenario are ids of the same map of this one."""
    if isinstance(value, str):
        for their, our in zip(theirs, ours, strict=True):
            if value in their and our:
                return chance.choice(sorted(our))
        return value
    if isinstance(value, list):
        return [_with_own_ids(chance, each, theirs, ours) for each in value]
    if isinstance(value, dict):
        return {
            _with_own_ids(chance, key, theirs, ours): _with_own_ids(chance, each, theirs, ours)
            for key, each in value.items()
        }
    return value


_MAPS = tuple(Pathway.model_fields)


def _ids(document: Json) -> tuple[frozenset[str], ...]:
    """Returns the ids of each map of a document's baseline; none where there is no map."""
    baseline = document.get("baseline") if isinstance(document, dict) else None
    found = []
    for each in _MAPS:
        members = baseline.get(each) if isinstance(baseline, dict) else None
        found.append(frozenset(members) if isinstance(members, dict) else frozenset())
    return tuple(found)


@cache
def _pools() -> dict[type[Record], dict[str, list[tuple[int, str]]]]:
    """Returns what the fields of each record hold in the valid documents, as (document, JSON)."""
    found: dict[type[Record], dict[str, list[tuple[int, str]]]] = {}
    for origin, document in enumerate(_valid()):
        for path, record in _records(document, (), Scenario):
            for key, value in _at(document, path).items():
                found.setdefault(record, {}).setdefault(key, []).append((origin, json.dumps(value)))
    return found


def _records(value: Json, path: Path, annotation: Any) -> Iterator[tuple[Path, type[Record]]]:
    """Yields the place of every record of a document, with its type."""
    for each, kind in ((path, annotation), *_places(value, path, annotation)):
        inside = _at(value, each[len(path) :])
        known = chosen(kind, inside) if kind is not None else None
        if isinstance(inside, dict) and isinstance(known, type) and issubclass(known, Record):
            yield each, known


def _places(value: Json, path: Path, annotation: Any) -> Iterator[tuple[Path, Any]]:
    """Yields every place within a document, with what may stand there; None where that is not described."""
    here = chosen(annotation, value) if annotation is not None else None
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        inner = child(here, key)[0] if here is not None else None
        if path[2:] == ("patch",) and path[0] == "options":
            inner = child(Pathway, key)[0]
        yield (*path, key), inner
        yield from _places(each, (*path, key), inner)


def _at(document: Json, path: Path) -> Json:
    """Returns what stands at a place."""
    for key in path:
        document = document[key]
    return document


def _with(document: Json, path: Path, value: Json) -> Json:
    """Returns a document with something else at a place."""
    if not path:
        return value
    made = copy.copy(document)
    made[path[0]] = _with(made[path[0]], path[1:], value) if len(path) > 1 else value
    return made


def _without(document: Json, path: Path) -> Json:
    """Returns a document with nothing at a place."""
    made = copy.copy(document)
    if len(path) > 1:
        made[path[0]] = _without(made[path[0]], path[1:])
    else:
        del made[path[0]]
    return made


__all__ = ["damaged"]
