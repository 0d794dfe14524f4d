"""The order of what is due at the same instant, the same in every engine."""

from __future__ import annotations

from enum import IntEnum


class Rank(IntEnum):
    """The order of bound events that are due at the same instant; equal ranks go by identity."""

    CAPACITY = 0
    SERVICE_END = 1
    WAIT_END = 2
    MOVE_END = 3
    POPULATION = 4
    ARRIVAL = 5
    DETERIORATE = 6
    PATIENCE = 7
    START = 8
