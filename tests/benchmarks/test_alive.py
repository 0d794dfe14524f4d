"""Keeps the benchmarks alive: every implementation does its work on a tiny scale. Nothing is timed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pathway_modeller.scenario.checking.check import check
from pathway_modeller.scenario.document import RunSettings, Scenario
from pathway_modeller.scenario.values import Duration
from pathway_modeller.simulation.compiled.simulate import play
from pathway_modeller.simulation.model.compile_pathway import compile_pathway
from tests.benchmarks import clinic, six
from tests.benchmarks.__main__ import BENCHMARKS, main
from tests.benchmarks.borough import CONTACTS, RESIDENTS, borough
from tests.benchmarks.borough_simpy import PlainBorough
from tests.benchmarks.clinic_work import Clinic
from tests.benchmarks.events import counted
from tests.benchmarks.ours import engines
from tests.benchmarks.outcome import Outcome, Wrong, against_theory, the_same
from tests.benchmarks.peer import Peer, measure
from tests.benchmarks.plain_c import plain_c
from tests.benchmarks.stations import Stations
from tests.benchmarks.tables import BEGINS, ENDS, Bar, Table, keep, put_on

NETWORK = Stations(days=60.0)
ALONE = """
import sys
from tests.benchmarks.six import implementations
from tests.benchmarks.stations import Stations
peer = implementations(Stations(days=60.0))[int(sys.argv[1])]
print(peer.judge(peer.run(0))[0])
"""
"""Prints how many services a peer began that judges itself."""
CLINIC = Clinic(days=42.0)


def _silent(_: str) -> None:
    """Tells nobody."""


@pytest.fixture(scope="module")
def stations() -> list[Peer]:
    return six.implementations(NETWORK)


@pytest.fixture(scope="module")
def clinics() -> list[Peer]:
    return clinic.implementations(CLINIC)


def _found(peer: Peer, number: int = 0) -> Outcome:
    """Plays a replication, or skips where the implementation is not to be had."""
    if peer.missing:
        pytest.skip(f"{peer.name}: {peer.missing}")
    return peer.read(peer.run(number))


@pytest.mark.parametrize("place", range(8))
def test_every_implementation_of_the_stations_agrees_with_theory(stations: list[Peer], place: int) -> None:
    peer = stations[place]
    if peer.judge is not None and not peer.missing:
        # Cimba compiles for itself, and only where Numba has compiled nothing before.
        alone = [sys.executable, "-c", ALONE, str(place)]
        told = subprocess.run(
            alone, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
        )
        assert int(told.stdout.split()[-1]) > 20_000
    else:
        against_theory(_found(peer), six.exact(NETWORK))


@pytest.mark.parametrize("place", range(8))
def test_every_implementation_of_the_clinic_agrees_with_ours(clinics: list[Peer], place: int) -> None:
    judge = clinic.Judge(CLINIC)
    judge(_found(clinics[0], 1))
    if clinics[place].judge is None:
        judge(_found(clinics[place]))
    else:
        clinics[place].judge(clinics[place].run(0))


@pytest.mark.parametrize("kind", ["exponential", "lognormal"])
def test_the_c_program_gives_every_wait_that_the_engine_gives(kind: six.Kind) -> None:
    work = Stations(days=30.0, kind=kind)
    ours = engines(work.pathway(), work.run_settings(), {f"s{place}": () for place in range(6)})[0]
    assert the_same(_found(plain_c(work), 3), _found(ours, 3))


def test_an_implementation_with_longer_waits_is_refused_and_not_timed(stations: list[Peer]) -> None:
    ours = stations[0]

    def longer(kept: object) -> Outcome:
        found = ours.read(kept)
        return replace(found, waits={name: 1.5 * waits for name, waits in found.waits.items()})

    timings = measure([replace(ours, read=longer)], six.Judge(NETWORK), 1, _silent)
    assert timings[0].median is None
    assert "WRONG: wait s" in timings[0].verified
    with pytest.raises(Wrong):
        against_theory(longer(ours.run(0)), six.exact(NETWORK))


@pytest.fixture(scope="module")
def small_borough() -> Scenario:
    return borough(0.5, people=0.05)


def test_the_borough_has_the_size_that_is_said_and_no_problems() -> None:
    scenario = borough()
    people = sum(sum(each.people.values()) for each in scenario.baseline.footprints.values())
    assert people == RESIDENTS
    assert len(scenario.baseline.activities) == 26
    assert len(scenario.baseline.need_tiers) == 5
    assert len(scenario.baseline.footprints) == 7
    assert scenario.run.warm_up.days + scenario.run.duration.days == pytest.approx(5 * 365.25)
    assert not check(scenario)


def test_a_small_borough_runs_for_a_month_with_the_contacts_it_should_have(small_borough: Scenario) -> None:
    run = _days(small_borough, 28)
    model = compile_pathway(small_borough.baseline, run)
    found = counted(model)
    seen = dict(zip(model.legend.elements, found.starts.tolist(), strict=True))
    assert 0.8 < sum(found.starts) / (0.05 * CONTACTS * 28 / 365.25) < 1.05
    plain = PlainBorough(small_borough, 1)
    plain.env.run(until=28.0)
    for name in ("navigation", "routine_gp", "emergency_department", "first_outpatient"):
        assert len(plain.waits[name]) == pytest.approx(seen[name], rel=0.15), name


def test_both_variants_of_a_small_borough_can_be_played(small_borough: Scenario) -> None:
    from pathway_modeller.scenario.options import apply_option

    model = compile_pathway(apply_option(small_borough, "near_home"), _days(small_borough, 3))
    rows = []
    play(model, 1, 0, lambda some, _who: rows.append(len(some)))
    assert sum(rows) > 1000


def _days(scenario: Scenario, days: float) -> RunSettings:
    """Returns settings for a shorter run without a warm-up period."""
    nothing = Duration(value=0, unit="days")
    return scenario.run.model_copy(update={"warm_up": nothing, "duration": Duration(value=days, unit="days")})


def test_tables_are_kept_as_json_markdown_and_a_chart(tmp_path: Path) -> None:
    bars = (Bar("Ours", 0.2, True), Bar("Other", 20.0, False))
    table = Table(
        "made", "Made up", ("A note.",), ("What", "Seconds"), (("Ours", "0.2 s"), ("Other", "20 s")), bars
    )
    written = keep([table], tmp_path)
    assert {path.name for path in written} == {"speed.json", "speed.md", "speed-made.png"}
    assert json.loads((tmp_path / "speed.json").read_text())["made"]["rows"][0] == ["Ours", "0.2 s"]
    assert "| Ours | 0.2 s |" in (tmp_path / "speed.md").read_text()
    assert table.text().splitlines()[4] == "Ours     0.2 s"


def _made(name: str, figure: str) -> Table:
    bars = (Bar("Ours", 0.2, True),)
    return Table(name, f"Made {name}", (), ("What", "Seconds"), (("Ours", figure),), bars)


def test_results_go_between_the_marks_of_a_page_and_replace_only_what_was_measured(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before\n\n{BEGINS}\n\nBy hand.\n{ENDS}\nAfter\n", encoding="utf-8")
    first = [_made("one", "1 s"), _made("two-b", "2 s")]
    assert [path.name for path in put_on(first, page)] == ["page.md", "speed-one.png", "speed-two-b.png"]
    put_on([_made("three", "3 s"), _made("one", "4 s")], page)
    text = page.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith(("| Ours", "![", "###"))] == [
        "### Made one",
        "| Ours | 4 s |",
        "![Made one: seconds of each implementation](speed-one.png)",
        "### Made two-b",
        "| Ours | 2 s |",
        "![Made two-b: seconds of each implementation](speed-two-b.png)",
        "### Made three",
        "| Ours | 3 s |",
        "![Made three: seconds of each implementation](speed-three.png)",
    ]
    assert text.startswith(f"Before\n\n{BEGINS}\n\nBy hand.\n\n<!-- one -->\n")
    assert text.endswith(f"\n\n{ENDS}\nAfter\n")
    put_on([_made("one", "4 s")], page)
    assert page.read_text(encoding="utf-8") == text
    page.write_text("No marks\n", encoding="utf-8")
    with pytest.raises(ValueError, match="has no lines"):
        put_on(first, page)


def test_the_page_on_speed_has_marks_for_results() -> None:
    text = (Path(__file__).parents[2] / "resources" / "docs" / "speed.md").read_text(encoding="utf-8")
    assert text.index(BEGINS) < text.index(ENDS)


def test_an_unknown_benchmark_is_refused_with_the_names_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["nonsense"])
    assert end.value.code == 2
    said = capsys.readouterr().err
    assert "there is no benchmark 'nonsense'" in said
    assert all(name in said for name in BENCHMARKS)
