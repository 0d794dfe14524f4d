"""No damaged scenario brings the program to its knees: 300 files, and those that once did."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.damage import damaged
from tests.fuzz.judge import judged

FILES = 300
EACH = 25

ONCE = [line for line in (Path(__file__).with_name("seeds.txt")).read_text("utf-8").split() if line]


@pytest.mark.usefixtures("prepared_engine")
@pytest.mark.parametrize("first", range(0, FILES, EACH))
def test_damaged_files_are_refused_or_played_alike_by_both_engines(first: int, tmp_path: Path) -> None:
    file = tmp_path / "damaged.json"
    for number in range(first, first + EACH):
        file.write_bytes(damaged(f"ci-{number}"))
        verdict = judged(file)
        assert verdict.fate != "fault", f"python -m tests.fuzz --again ci-{number}\n{verdict.said}"


@pytest.mark.usefixtures("prepared_engine")
@pytest.mark.parametrize("seed", ONCE)
def test_a_file_that_was_at_fault_stays_mended(seed: str, tmp_path: Path) -> None:
    file = tmp_path / "damaged.json"
    file.write_bytes(damaged(seed))
    verdict = judged(file)
    assert verdict.fate != "fault", verdict.said


def test_the_same_seed_gives_the_same_file() -> None:
    assert damaged("1-7") == damaged("1-7")
    assert len({damaged(f"1-{number}") for number in range(50)}) > 45
