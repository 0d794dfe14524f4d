"""The check of the open scenario beside the window's thread: a large one takes half a second.

A scenario is a value, so that it can be handed to another thread while people go on editing. The thread knows
nothing of Qt; the window's thread looks now and then whether it has finished. Whoever closes the window or
opens another file need not wait: what comes of it is looked at by nobody.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from pathway_modeller.gui.threads import in_a_thread
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.problems import Problem

Problems = tuple[Problem, ...]

LOOKS = 10
"""Milliseconds between looks at whether a check has finished."""
LONG = 0.3
"""Seconds of checking after which it is worth saying."""


class Checker(QObject):
    """Checks one scenario at a time, and next the latest that was asked for meanwhile.

    Signals:
        found: the scenario that was checked, and its problems.
        slow_changed: whether there has been checking for so long that it is worth saying.
    """

    found = Signal(object, object)
    slow_changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        """Begins with nothing to check."""
        super().__init__(parent)
        self._scenario: Scenario | None = None
        self._check: Future[Problems] | None = None
        self._next: Scenario | None = None
        self._since = 0.0
        self._slow = False
        self._looks = QTimer(self)
        self._looks.setInterval(LOOKS)
        self._looks.timeout.connect(self._look)

    @property
    def is_slow(self) -> bool:
        """Whether there has been checking for so long that it is worth saying."""
        return self._slow

    def ask(self, scenario: Scenario) -> None:
        """Checks a scenario, once the one that is being checked is done; ``found`` follows."""
        if self._check is not None:
            self._next = None if scenario is self._scenario else scenario
            return
        self._since = time.monotonic()
        self._begin(scenario)

    def answer(self, scenario: Scenario) -> Problems:
        """Returns the problems of a scenario at once: waits for them, or works them out here.

        ``found`` does not follow.
        """
        self._next = None
        if self._check is None or scenario is not self._scenario:
            return _problems(scenario)
        check = self._check
        self._end()
        return check.result()

    def forget(self) -> None:
        """Waits no longer for anything that was asked for."""
        self._next = None
        self._end()

    # Within ------------------------------------------------------------------------------------------

    def _begin(self, scenario: Scenario) -> None:
        """Begins a check."""
        self._scenario, self._check = scenario, in_a_thread("check", partial(_problems, scenario))
        self._looks.start()

    def _end(self) -> None:
        """Has nothing being checked any more, as far as anybody waits for it."""
        self._scenario = self._check = None
        self._looks.stop()
        self._say_slow(False)

    def _look(self) -> None:
        """Tells what was found, if the check has finished, and begins the next."""
        check, scenario, following = self._check, self._scenario, self._next
        if check is None or not check.done():
            self._say_slow(time.monotonic() - self._since > LONG)
            return
        if following is not None:
            self._next = None
            self._begin(following)
        else:
            self._end()
        self.found.emit(scenario, check.result())

    def _say_slow(self, slow: bool) -> None:
        """Says whether the check takes long, if that is new."""
        if slow != self._slow:
            self._slow = slow
            self.slow_changed.emit(slow)


def _problems(scenario: Scenario) -> Problems:
    """Returns the problems of a scenario."""
    from pathway_modeller.scenario.checking.check import check

    return tuple(check(scenario))
