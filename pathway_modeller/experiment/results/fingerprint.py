"""The scenario hash: which scenario a figure came from, whatever its file is called or how it is drawn."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pathway_modeller.scenario.document import DRAWN, Scenario


def scenario_hash(scenario: Scenario) -> str:
    """Returns the SHA-256 of the scenario's canonical document, 64 hexadecimal digits.

    The document is the one that the file holds (defaults left out, keys sorted, no spaces, UTF-8),
    without the positions at which elements are drawn: moving a box changes no result and so no hash.
    Names, notes, assumptions and the file's own run settings do count. What a run was told otherwise
    (replications, seed, periods) stands beside the hash in the provenance.
    """
    document = json.loads(scenario.model_dump_json(by_alias=True, exclude_defaults=True))
    _leave_out_positions(document.get("baseline", {}))
    for option in document.get("options", {}).values():
        _leave_out_positions(option.get("patch", {}))
        if not option.get("patch", True):
            del option["patch"]
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _leave_out_positions(pathway: dict[str, Any]) -> None:
    """Takes positions out of a pathway or a patch, and out of a patch what then says nothing any more."""
    for name in DRAWN:
        drawn = pathway.get(name)
        if not isinstance(drawn, dict):
            continue
        for element_id, element in list(drawn.items()):
            if isinstance(element, dict) and "position" in element:
                del element["position"]
                if not element:
                    del drawn[element_id]
        if not drawn:
            del pathway[name]
