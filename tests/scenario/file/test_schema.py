"""The published JSON Schema: shipped as made, takes what the reader takes, refuses what it refuses.

Where records have changed, ``pytest tests/scenario/file/test_schema.py --regen-all`` makes it anew.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pytest_regressions.file_regression import FileRegressionFixture

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.document import FORMAT
from pathway_modeller.scenario.file.open_save import parse
from pathway_modeller.scenario.file.schema import scenario_schema, schema_text
from pathway_modeller.scenario.problems import FileProblems

VALIDATOR = jsonschema.Draft202012Validator(scenario_schema())


def example() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((shipped("scenarios") / "first-steps.json").read_text("utf-8"))
    return document


def test_the_shipped_schema_is_what_the_records_say(
    file_regression: FileRegressionFixture, tmp_path: Path
) -> None:
    file = shipped("resources") / "schema" / f"scenario-{FORMAT}.schema.json"
    beside = tmp_path / file.name
    file_regression.check(
        schema_text(), fullpath=file, obtained_filename=beside, encoding="utf-8", newline="\n"
    )


def test_the_schema_is_a_schema_without_an_address() -> None:
    jsonschema.Draft202012Validator.check_schema(scenario_schema())
    assert scenario_schema()["$id"] == f"urn:pathway-modeller:scenario:{FORMAT}"


def test_every_field_is_described() -> None:
    schema = scenario_schema()
    for name, definition in schema["$defs"].items():
        for key, field in definition.get("properties", {}).items():
            assert field.get("title") or "$ref" in field, (name, key)
            assert field.get("description") or name in ("Pathway",) or key == "kind", (name, key)


@pytest.mark.parametrize("name", ["first-steps.json", "wigan-outpatient-follow-up.json"])
def test_shipped_scenarios_fit(name: str) -> None:
    VALIDATOR.validate(json.loads((shipped("scenarios") / name).read_text("utf-8")))


def set_format(document: dict[str, Any]) -> None:
    document["format"] = 2


def unknown_key(document: dict[str, Any]) -> None:
    next(iter(document["baseline"]["activities"].values()))["servce_time"] = {}


def bad_id(document: dict[str, Any]) -> None:
    document["baseline"]["pools"]["My Pool"] = {"name": "P"}


def number_in_quotes(document: dict[str, Any]) -> None:
    next(iter(document["baseline"]["pools"].values()))["units"] = "2"


def no_run(document: dict[str, Any]) -> None:
    del document["run"]


@pytest.mark.parametrize("spoil", [set_format, unknown_key, bad_id, number_in_quotes, no_run])
def test_what_the_reader_refuses_the_schema_refuses(spoil: Callable[[dict[str, Any]], None]) -> None:
    document = copy.deepcopy(example())
    assert VALIDATOR.is_valid(document)
    spoil(document)
    assert not VALIDATOR.is_valid(document)
    with pytest.raises(FileProblems):
        parse(json.dumps(document))
