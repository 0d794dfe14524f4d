"""Every chart as files, several charts at a time: in this process, and in others beside it."""

from __future__ import annotations

import gc
import inspect
import pickle
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, cast

from pathway_modeller.experiment.runs.workers import interrupts_held_back, process_pool, worker_count
from pathway_modeller.scenario.document import Scenario

if TYPE_CHECKING:
    from pathway_modeller.report.chart import Chart
    from pathway_modeller.report.findings import Findings

_MOST_PROCESSES = 4
"""This one and three others: to begin, a further one needs longer than it saves."""
_AHEAD = 2
"""Charts that a process has been handed, at most, the one that it draws among them."""
_NEW_OBJECTS = 50_000
"""After so many new objects a process looks for rubbish, never among what libraries made: a tenth quicker."""
_ENDINGS = (".png", ".svg", ".csv")


@dataclass(frozen=True)
class Chosen:
    """Of what charts are drawn; each chart's own choice where nothing is named.

    Attributes:
        pools: arguments of charts of one pool: ``pool``, and ``footprint`` where it is held by one.
        queues: activities, of charts of one queue.
    """

    pools: tuple[Mapping[str, str], ...] = ()
    queues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """A chart that is to be written.

    Attributes:
        chart: its id.
        of: arguments of its build function beside findings and style, with their values.
    """

    chart: str
    of: tuple[tuple[str, str], ...] = ()

    @property
    def stem(self) -> str:
        """The name of its files, without the ending."""
        return "-".join((self.chart, *(value for _, value in self.of)))


def wanted_charts(findings: Findings, chosen: Chosen) -> tuple[Wanted, ...]:
    """Returns every chart that is to be written, in order."""
    from pathway_modeller.report.catalogue import FRONT, offered

    wanted = list[Wanted]()
    for kind in (*((FRONT,) if FRONT.is_offered(findings) else ()), *offered(findings)):
        takes = inspect.signature(kind.build).parameters
        each: list[Mapping[str, str]] = []
        if "pool" in takes:
            each = list(chosen.pools)
        elif "element" in takes:
            each = [{"element": queue} for queue in chosen.queues]
        wanted += [Wanted(kind.id, tuple(of.items())) for of in each or [{}]]
    return tuple(dict.fromkeys(wanted))


@dataclass(frozen=True)
class Beside:
    """Processes that draw beside this one.

    Attributes:
        executor: hands charts to them.
        processes: how many there are.
        shelf: a folder where they find what charts are made from.
    """

    executor: Executor
    processes: int
    shelf: Path


@contextmanager
def drawing_beside(workers: int) -> Iterator[Beside | None]:
    """Gives processes that load at once what drawing takes; None if this process shall do everything.

    Args:
        workers: processes, this one among them; 0 for as many as there are processors.
    """
    processes = worker_count(workers, _MOST_PROCESSES) - 1
    if not processes:
        yield None
        return
    with TemporaryDirectory(prefix="pathway-modeller-") as shelf, process_pool(processes) as executor:
        with interrupts_held_back():
            for _ in range(processes):
                executor.submit(_get_ready)
        yield Beside(executor, processes, Path(shelf))


class ChartFiles:
    """The charts of some findings on their way into a folder."""

    def __init__(
        self, findings: Findings, folder: Path, beside: Beside | None, chosen: Chosen | None = None
    ) -> None:
        """Begins, with the first charts, in the processes beside this one.

        Args:
            findings: what the charts are of.
            folder: to write to.
            beside: draws, too.
            chosen: of which pools and queues they are.
        """
        self._findings, self._folder, self._beside = findings, folder, beside
        self._every = wanted_charts(findings, chosen or Chosen())
        self._left = deque(self._every)
        self._under_way: dict[Wanted, Future[bool]] = {}
        if beside is not None:
            _hand_over(findings, beside.shelf)
            self._hand_out(beside)

    def finish(self) -> list[Path]:
        """Draws here what is left, from the end, and returns all files once the others have done their part.

        Charts that have nothing to show are not written.

        Raises:
            OSError: a file cannot be written.
            BrokenProcessPool: a process was ended from outside.
        """
        written = dict[Wanted, bool]()
        while self._left:
            chart = self._left.pop()
            written[chart] = _write(self._findings, chart, self._folder)
            if self._beside is not None:
                self._hand_out(self._beside)
        written |= {chart: each.result() for chart, each in self._under_way.items()}
        return [file for chart in self._every if written[chart] for file in _files(self._folder, chart)]

    def _hand_out(self, beside: Beside) -> None:
        """Hands the next charts to processes; few ahead, so that all are done at about the same time."""
        waiting = sum(not each.done() for each in self._under_way.values())
        for _ in range(min(len(self._left), _AHEAD * beside.processes - waiting)):
            chart = self._left.popleft()
            self._under_way[chart] = beside.executor.submit(_draw, beside.shelf, chart, self._folder)


def _files(folder: Path, wanted: Wanted) -> list[Path]:
    """Returns the files of a chart."""
    return [folder / f"{wanted.stem}{ending}" for ending in _ENDINGS]


def _write(findings: Findings, wanted: Wanted, folder: Path) -> bool:
    """Draws a chart and writes it, with the table of what it draws; returns whether there was anything to."""
    from pathway_modeller.report.catalogue import CHARTS, FRONT
    from pathway_modeller.report.drawing.style import PAGE
    from pathway_modeller.report.export import export_chart, export_table

    kind = next(kind for kind in (FRONT, *CHARTS) if kind.id == wanted.chart)
    drawn = cast("Callable[..., Chart]", kind.build)(findings, PAGE, **dict(wanted.of))
    if drawn.table.empty:
        return False
    png, svg, csv = _files(folder, wanted)
    export_chart(drawn, png)
    export_chart(drawn, svg)
    export_table(drawn, csv)
    return True


def _get_ready() -> None:
    """Loads, in a process that was just begun, what drawing takes."""
    import matplotlib.backends.backend_agg
    import matplotlib.backends.backend_svg
    import matplotlib.figure  # noqa: F401

    import pathway_modeller.report.catalogue
    import pathway_modeller.report.export  # noqa: F401

    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def _draw(shelf: Path, wanted: Wanted, folder: Path) -> bool:
    """Draws and writes a chart in a process beside the first; returns whether there was anything to show."""
    return _write(_handed(shelf), wanted, folder)


def _hand_over(findings: Findings, shelf: Path) -> None:
    """Lays findings on the shelf, the scenario as JSON text: records made for a type cannot be pickled."""
    scenario = findings.scenario.model_dump_json(by_alias=True, exclude_defaults=True)
    found = findings.answers if findings.options else None
    with (shelf / "findings").open("wb") as file:
        pickle.dump((findings.results, scenario, found, findings.hangs_on), file, pickle.HIGHEST_PROTOCOL)


@cache
def _handed(shelf: Path) -> Findings:
    """Returns what lies on the shelf."""
    from pathway_modeller.report.findings import Findings

    with (shelf / "findings").open("rb") as file:
        given = pickle.load(file)  # noqa: S301 - laid there by the process that began this
    results, scenario, found, hangs_on = given
    return Findings(results, Scenario.model_validate_json(scenario, strict=True), found, hangs_on=hangs_on)
