"""Where a run goes: what is accepted, what is refused in a sentence, what is shown."""

from __future__ import annotations

import pytest

from pathway_modeller.experiment.runs.run_target import RunPlace, address_mistake, place_mistake, place_words


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.5:8786", "scheduler.example.org:8786", "tls://[::1]:8786", " tcp://host:1 "]
)
def test_addresses_of_schedulers_are_accepted(address: str) -> None:
    assert address_mistake(address) == ""


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "http://host:8786", "tcp://host:99999", "tcp:// host:1", "x:0"]
)
def test_other_addresses_are_refused_with_an_example(address: str) -> None:
    assert address_mistake(address) == (
        f"“{address}” is not the address of a Dask scheduler; give one such as tcp://10.0.0.5:8786, "
        "as the scheduler shows it when it starts."
    )


def test_no_address_is_asked_for() -> None:
    assert place_mistake(RunPlace(cluster=" ")).startswith("Give the address of the Dask scheduler")


def test_engines_and_numbers_that_there_cannot_be_are_refused() -> None:
    assert place_mistake(RunPlace(engine="abacus")).startswith("There is no engine 'abacus'")
    assert place_mistake(RunPlace(workers=-1)).startswith("The number of workers must be 0")
    assert place_mistake(RunPlace(workers=2, cluster="local")) == ""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (RunPlace(), ""),
        (RunPlace(workers=1), "1 worker"),
        (RunPlace(workers=3, cluster="local"), "cluster on this computer, 3 workers"),
        (RunPlace(workers=3, cluster="tcp://h:1"), "on cluster tcp://h:1"),
    ],
)
def test_only_what_was_chosen_is_shown(place: RunPlace, words: str) -> None:
    assert place_words(place) == words
