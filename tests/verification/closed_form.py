"""The cases of which exact answers are known, run and compared; as a command it prints the table.

``python -m tests.verification.closed_form`` prints one line for each figure and ends with exit code 1 if
any lies more than 4 standard errors from the exact answer. ``--long`` runs ten times the replications;
names of cases run only those.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.verification import list_cases, network_cases, occupancy_cases, queue_cases
from tests.verification.comparison import Experiment, Row, carry_out

Case = Mapping[str, Any]

MAKERS: Mapping[str, Callable[[Case], list[Experiment]]] = {
    "mm1_bank_textbook": queue_cases.markovian,
    "mm3_ciw_bank": queue_cases.markovian,
    "mm4_ciw_bank": queue_cases.markovian,
    "mm15_ward": queue_cases.markovian,
    "mm15_loss": queue_cases.loss,
    "mg1_lognormal": queue_cases.general,
    "md1": queue_cases.general,
    "mg1_ciw_paediatric_reception": queue_cases.two_classes,
    "mmck_clinic": queue_cases.markovian,
    "mm1k_stable_overload": queue_cases.markovian,
    "erlang_a": queue_cases.markovian,
    "erlang_a_overload": queue_cases.markovian,
    "priority_mm1_ciw": queue_cases.priorities,
    "priority_mm4": queue_cases.priorities,
    "jackson_ciw_cafe": network_cases.jackson,
    "jackson_feedback": network_cases.jackson,
    "mginf_beds": occupancy_cases.steady,
    "mtginf_sine": occupancy_cases.sine,
    "mtginf_piecewise": occupancy_cases.piecewise,
    "wl_relief_capacity": list_cases.relief,
    "simmer_mm23": queue_cases.markovian,
    "dd1_booked_clinic": list_cases.booked_clinic,
    "tandem_blocking": network_cases.blocking,
    "mm1_missed_and_rebooked": queue_cases.rebooked,
    "loss_bed_over_two_steps": queue_cases.beds_over_two_steps,
    "mginf_beds_today": occupancy_cases.beds_today,
}
"""How each case is built from the elements."""

NOT_EXPRESSIBLE: Mapping[str, str] = {
    "priority_preemptive_mm1": "a service, once begun, is never broken off for somebody else",
}
"""Cases that the elements cannot express, with the reason."""

NOT_SIMULATED: Mapping[str, Mapping[str, str]] = {
    "wl_relief_capacity": {"target_capacity_cv_1_1_1_2": "a planning formula, not a figure of a simulation"},
}
"""Figures of other cases that no simulation gives, with the reason."""

LONG = 10
"""Times the usual replications in the long set."""


def cases() -> dict[str, Case]:
    """Returns the cases by id, in the order of the file."""
    document = json.loads(Path(__file__).with_name("closed_form.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in document["cases"]}


def run_case(identifier: str, times: int = 1) -> list[Row]:
    """Returns the lines of the table for a case.

    Args:
        identifier: the case's id.
        times: how many times the usual number of replications.
    """
    rows = []
    for experiment in MAKERS[identifier](cases()[identifier]):
        rows += carry_out(identifier, experiment, times)
    if identifier == "mtginf_sine":
        rows.append(_approximation(rows))
    return rows


def _approximation(rows: list[Row]) -> Row:
    """Returns a line that shows that the parts of the day stand for the sine to within the error."""
    case = cases()["mtginf_sine"]
    hours = {float(hour): mean for hour, mean in case["expected"]["mean_by_hour"].items()}
    means = occupancy_cases.mean_with_parts(list(hours), case["parameters"]["mean_service_h"])
    worst = max(abs(found - mean) for found, mean in zip(means, hours.values(), strict=True))
    error = min(row.error for row in rows if row.quantity.startswith("mean at"))
    name = f"largest error of {occupancy_cases.PARTS} equal parts of the day for the sine"
    return Row("mtginf_sine", name, 0.0, worst, error, worst / error, "pass" if worst < error else "FAIL")


def line(row: Row) -> str:
    """Returns a row as text."""
    figures = f"{row.exact:>12.6g} {row.simulated:>12.6g} {row.error:>10.3g} {row.distance:>6.2f}"
    return f"{row.case:<29} {row.quantity:<52} {figures}  {row.result}"


HEADER = f"{'case':<29} {'quantity':<52} {'exact':>12} {'simulated':>12} {'std error':>10} {'|z|':>6}  result"


def main(arguments: list[str]) -> int:
    """Prints the table; returns 1 if any figure fails, otherwise 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.verification.closed_form")
    parser.add_argument("--long", action="store_true", help="ten times the replications")
    parser.add_argument("case", nargs="*", help="ids of cases; all if none is given")
    given = parser.parse_args(arguments)
    began, failed, counted = time.monotonic(), 0, 0
    _say(HEADER)
    for identifier in given.case or MAKERS:
        for row in run_case(identifier, LONG if given.long else 1):
            _say(line(row))
            failed += row.result == "FAIL"
            counted += 1
    for identifier, reason in NOT_EXPRESSIBLE.items():
        _say(f"{identifier:<29} not expressible: {reason}")
    for identifier, figures in NOT_SIMULATED.items():
        for quantity, reason in figures.items():
            _say(f"{identifier:<29} {quantity} not simulated: {reason}")
    _say(f"{counted} figures, {failed} failed, {time.monotonic() - began:.0f} seconds")
    return 1 if failed else 0


def _say(text: str) -> None:
    """Prints a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
