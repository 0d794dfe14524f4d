"""The tables that rows of patients and people are counted into, by name."""

from __future__ import annotations

from typing import Any, NamedTuple


class Book(NamedTuple):
    """Everything that rows are counted into; see :mod:`pathway_modeller.simulation.tally.people_facts`.

    Each list of :data:`pathway_modeller.simulation.tally.people_rows.LISTS` has a table of codes and one of
    values beside these, and a place in ``each`` (the most that a row may add), ``used``, ``room`` and
    ``zeros`` (by code: figures that are 0 are only counted).

    ``now`` has how often each event (row) happened in the month of the row at hand, from which most other
    counts are made when it ends. Its columns, and those of ``by_cell``, ``deteriorations`` and ``contacts``
    are cells; of ``counts`` (rows: kind times months plus month) and ``stock`` (rows: state times edges plus
    edge) element and need tier, which ``places`` has of each cell; of what belongs to clocks patient groups.
    ``groups`` is :attr:`pathway_modeller.simulation.patient_groups.PatientGroups.numbers`. ``timed`` marks
    the events (rows) and elements at which any standard's clock may start or stop; ``passed`` has for each
    standard the first instant that may lie ahead. ``edges`` end with infinity.
    """

    numbers: Any
    means: Any
    counted_as: Any
    leads_to: Any
    groups: Any
    places: Any
    slots: Any
    rest: Any
    clocks: Any
    timed: Any
    limits: Any
    starts: Any
    stops: Any
    again: Any
    carried: Any
    pauses: Any
    instants: Any
    instants_from: Any
    passed: Any
    edges: Any
    now: Any
    by_cell: Any
    deteriorations: Any
    contacts: Any
    counts: Any
    stock: Any
    listed_days: Any
    listed_on: Any
    inside_days: Any
    inside_on: Any
    within: Any
    stopped_by_month: Any
    within_by_month: Any
    running: Any
    over: Any
    removed: Any
    looked: Any
    looked_within: Any
    moves: Any
    each: Any
    used: Any
    room: Any
    zeros: Any
