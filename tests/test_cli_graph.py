"""The graph command writes what networkx reads back, and tells a mistake in one sentence."""

from __future__ import annotations

import io
import json
from pathlib import Path

import networkx as nx
import pytest

from pathway_modeller.main import start
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.network.graph import pathway_graph
from pathway_modeller.scenario.options import apply_option
from tests.broken.test_broken import HERE as BROKEN

SCENARIOS = Path(__file__).parent.parent / "scenarios"
WIGAN = SCENARIOS / "wigan-outpatient-follow-up.json"


@pytest.mark.parametrize("file", sorted(SCENARIOS.glob("*.json")), ids=lambda file: file.stem)
def test_every_option_is_read_back_as_it_is(file: Path, tmp_path: Path) -> None:
    scenario, out = load(file), tmp_path / "pathway.graphml"
    for option in (None, *scenario.options):
        more = () if option is None else ("--option", option)
        assert start(["graph", str(file), *more, "--out", str(out)]) == 0
        again = nx.read_graphml(out, force_multigraph=True)
        drawn = pathway_graph(apply_option(scenario, option or "baseline"))
        assert dict(again.nodes(data=True)) == dict(drawn.nodes(data=True))
        assert sorted(again.edges(data=True, keys=True), key=lambda edge: edge[2]) == sorted(
            drawn.edges(data=True, keys=True), key=lambda edge: edge[2]
        )


def test_without_a_place_it_is_printed(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert start(["graph", str(WIGAN)]) == 0
    printed = capfdbinary.readouterr().out
    graph = nx.read_graphml(io.BytesIO(printed))
    assert set(nx.get_node_attributes(graph, "kind").values()) <= {
        "entry point",
        "activity",
        "wait",
        "decision",
        "exit point",
    }
    assert len({line for line in printed.splitlines() if b"<key " in line}) == 6, "ids of keys must differ"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([str(WIGAN), "--option", "nonsense"], "The scenario has no option 'nonsense'"),
        ([str(WIGAN), "--out", str(WIGAN)], "is the scenario itself"),
        ([str(BROKEN / "dangling-ids.json")], "an element that there is not; ask 'check "),
        (["missing.json"], "There is no file"),
    ],
)
def test_a_mistake_is_one_sentence(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(["graph", *arguments]) == 2
    said = capsys.readouterr()
    assert says in said.err
    assert len(said.err.splitlines()) == 1
    assert not said.out


def test_a_drawing_that_cannot_be_run_yet_has_a_graph(tmp_path: Path) -> None:
    document = json.loads((SCENARIOS / "first-steps.json").read_text("utf-8"))
    document["baseline"]["activities"]["call"].pop("service_time")
    file = tmp_path / "unfinished.json"
    file.write_text(json.dumps(document), "utf-8")
    assert start(["check", str(file)]) == 2
    assert start(["graph", str(file), "--out", str(tmp_path / "unfinished.graphml")]) == 0
