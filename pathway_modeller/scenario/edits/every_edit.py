"""Every edit by name: pure functions from a pathway (or a scenario) to the edited one.

What an edit leaves alone stays the same object, so that views can tell by identity what changed, and undo is
the previous value.
"""

from __future__ import annotations

from pathway_modeller.scenario.edits.decided import (
    DECIDED_TYPES,
    DecidedMap,
    add_decided,
    decided,
    remove_decided,
    rename_decided,
    with_decided,
)
from pathway_modeller.scenario.edits.elements import (
    add_element,
    place_elements,
    remove_elements,
    rename_element,
)
from pathway_modeller.scenario.edits.fragments import copy_fragment, is_fragment, paste_fragment
from pathway_modeller.scenario.edits.ids import fresh_id
from pathway_modeller.scenario.edits.options import (
    add_option,
    new_scenario,
    remove_option,
    rename_option,
    set_scenario_value,
    with_pathway,
)
from pathway_modeller.scenario.edits.records import (
    RECORD_TYPES,
    ListedMap,
    add_record,
    remove_record,
    rename_record,
)
from pathway_modeller.scenario.edits.transitions import ConnectionRefused, connect, disconnect, refusal
from pathway_modeller.scenario.edits.values import get_value, set_value

__all__ = [
    "DECIDED_TYPES",
    "RECORD_TYPES",
    "ConnectionRefused",
    "DecidedMap",
    "ListedMap",
    "add_decided",
    "add_element",
    "add_option",
    "add_record",
    "connect",
    "copy_fragment",
    "decided",
    "disconnect",
    "fresh_id",
    "get_value",
    "is_fragment",
    "new_scenario",
    "paste_fragment",
    "place_elements",
    "refusal",
    "remove_decided",
    "remove_elements",
    "remove_option",
    "remove_record",
    "rename_decided",
    "rename_element",
    "rename_option",
    "rename_record",
    "set_scenario_value",
    "set_value",
    "with_decided",
    "with_pathway",
]
