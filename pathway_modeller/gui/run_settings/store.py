"""Where runs go, kept on this computer from one start of the program to the next."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from pathway_modeller.experiment.runs.run_target import RunPlace, place_mistake

_ENGINE = "run_place/engine"
_WORKERS = "run_place/workers"
_CLUSTER = "run_place/cluster"


class PlaceStore:
    """The place of runs among the settings; it is no part of a scenario, which others open elsewhere."""

    def __init__(self, settings: QSettings) -> None:
        """Keeps the place in these settings."""
        self._settings = settings

    def place(self) -> RunPlace:
        """Returns the place that was kept; the usual one if there is none, or one that cannot be."""
        usual = RunPlace()
        workers = str(self._settings.value(_WORKERS, usual.workers))
        cluster = str(self._settings.value(_CLUSTER, "") or "")
        kept = RunPlace(
            engine=str(self._settings.value(_ENGINE, usual.engine)),
            workers=int(workers) if workers.isdecimal() else usual.workers,
            cluster=cluster or None,
        )
        return usual if place_mistake(kept) else kept

    def keep(self, place: RunPlace) -> None:
        """Keeps a place; nothing is kept of the usual one, so that it may change with the program."""
        for key in (_ENGINE, _WORKERS, _CLUSTER):
            self._settings.remove(key)
        if place.is_default:
            return
        self._settings.setValue(_ENGINE, place.engine)
        self._settings.setValue(_WORKERS, place.workers)
        self._settings.setValue(_CLUSTER, place.cluster or "")
