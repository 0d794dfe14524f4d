"""Addressed random numbers: the generator's published answers, and what an address means."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway_modeller.simulation.chance.random_numbers import (
    Purpose,
    element_key,
    philox,
    stream_key,
    uniform,
)

ONES = 0xFFFFFFFF
WORDS = st.integers(0, ONES)


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ONES,) * 4, (ONES,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_generator_gives_the_known_answers_of_random123(
    counter: tuple[int, ...], key: tuple[int, int], answer: tuple[int, ...]
) -> None:
    assert philox(*counter, *key) == answer


@given(WORDS, WORDS, WORDS, WORDS, WORDS, st.sampled_from(Purpose), st.integers(0, 1 << 25))
def test_uniforms_lie_strictly_between_0_and_1(
    seed: int, replication: int, element: int, stream: int, ordinal: int, purpose: Purpose, visit: int
) -> None:
    assert 0.0 < uniform(seed, replication, element, stream, ordinal, purpose, visit) < 1.0


def test_the_outermost_uniforms_are_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "pathway_modeller.simulation.chance.random_numbers._rounds"
    monkeypatch.setattr(module, lambda *_: (0, 0, 0, 0))
    assert 0.0 < uniform(1, 0, 0, 0, 0, 1, 0) < 1e-15
    monkeypatch.setattr(module, lambda *_: (ONES, ONES, ONES, ONES))
    assert 1.0 - 1e-15 < uniform(1, 0, 0, 0, 0, 1, 0) < 1.0


def test_every_part_of_an_address_matters() -> None:
    address = {
        "seed": 1,
        "replication": 2,
        "element": 3,
        "stream": 4,
        "ordinal": 5,
        "purpose": 6,
        "visit": 7,
    }
    found = {uniform(**address)} | {uniform(**{**address, name: 99}) for name in address}
    assert len(found) == 1 + len(address)


def test_uniforms_are_even_and_unrelated_from_patient_to_patient() -> None:
    draws = [uniform(1, 0, 7, 8, ordinal, Purpose.SERVICE, 1) for ordinal in range(20_000)]
    mean = sum(draws) / len(draws)
    assert abs(mean - 0.5) < 4 * (1 / 12 / len(draws)) ** 0.5
    lag = sum((a - 0.5) * (b - 0.5) for a, b in itertools.pairwise(draws)) / len(draws)
    assert abs(lag) < 4 / 12 / len(draws) ** 0.5
    below = sum(draw < 0.1 for draw in draws) / len(draws)
    assert abs(below - 0.1) < 4 * (0.09 / len(draws)) ** 0.5


def test_keys_are_digests_that_never_change() -> None:
    assert element_key("clinic") == 0xAD75A5D6
    assert 0 <= stream_key("in", "base", "east") < 2**31
    assert stream_key("a", "b") != stream_key("ab") != stream_key("a", "b", "")
