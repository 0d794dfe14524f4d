"""The published JSON Schema of the scenario file, made from the records that read it."""

from __future__ import annotations

import json
import re
from typing import Any

from pathway_modeller.scenario.document import FORMAT, Scenario

_SHARES = re.compile(r"ByGroup_Mapping_str__Annotated_float_\w+")
_SHARE = re.compile(r"ByGroup_Annotated_float_\w+")
_CHANGED_SHARE = re.compile(r"Change_Annotated_float_\w+")


def scenario_schema() -> dict[str, Any]:
    """Returns the JSON Schema (draft 2020-12) of a scenario file."""
    text = json.dumps(Scenario.model_json_schema(by_alias=True)).replace("``", "'")
    for name, short in (
        (_SHARES, "ByGroup_Shares_"),
        (_SHARE, "ByGroup_Share_"),
        (_CHANGED_SHARE, "Change_Share_"),
    ):
        text = name.sub(short, text)
    made: dict[str, Any] = json.loads(text)
    for name, definition in made["$defs"].items():
        if name.startswith("ByGroup_"):
            definition["title"] = f"{name.removeprefix('ByGroup_').rstrip('_')} by group"
        elif name.startswith(("Change_", "PlainChange_")):
            definition["title"] = f"{name.partition('_')[2].rstrip('_')} that changes at a date"
    _close_maps(made)
    return {
        **made,
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:pathway-modeller:scenario:{FORMAT}",
        "title": "Pathway Modeller scenario",
    }


def _close_maps(schema: Any) -> None:
    """Lets maps keyed by id take no other keys, as the reader does; changes the schema in place."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema["additionalProperties"] = False
        for each in schema.values():
            _close_maps(each)
    elif isinstance(schema, list):
        for each in schema:
            _close_maps(each)


def schema_text() -> str:
    """Returns the schema as the text of its shipped file: sorted keys, two spaces, a final line break."""
    return json.dumps(scenario_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
