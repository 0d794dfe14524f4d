"""Keeps unsaved changes aside while one edits, beside the window's thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.keeping.session import Session, holders
from pathway_modeller.gui.threads import in_a_thread
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.problems import SaveError

DELAY = 500
"""Milliseconds after an edit until it is kept; further edits do not put it off."""

_LOOKS = 50
"""Milliseconds between looks at whether the changes have been written."""


class Keeper(QObject):
    """Follows a document and keeps its unsaved changes in a session.

    Attributes:
        root: the folder of all sessions.

    Signals:
        failed: changes cannot be kept aside, in one sentence; said once until they can be again.
    """

    failed = Signal(str)

    def __init__(self, document: Document, root: Path) -> None:
        """Begins a session.

        Args:
            document: whose changes are kept; it owns the keeper.
            root: the folder of all sessions.
        """
        super().__init__(document)
        self._document = document
        self.root = root
        self._kept: Scenario | None = None
        self._said: tuple[Path | None, str] | None = None
        self._writing: Future[Path | None] | None = None
        self._has_failed = False
        self._session: Session | None = Session(root)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(DELAY)
        self._wait.timeout.connect(self._begin_writing)
        self._looks = QTimer(self)
        self._looks.setInterval(_LOOKS)
        self._looks.timeout.connect(self._look)
        document.history_changed.connect(self._follow)
        document.path_changed.connect(self._follow)
        self._follow()

    def keep_now(self) -> Path | None:
        """Keeps unsaved changes at once; returns the file, or None if there are none or it cannot be done."""
        self._wait.stop()
        self._wait_for_writing()
        if self._session is None or not self._document.is_dirty:
            return None
        kept: Path | None = None
        with self._telling_failure():
            kept = self._session.keep(self._document.scenario)
            self._kept = self._document.scenario
        return kept

    def also_open(self, file: Path, but: Iterable[Path] = ()) -> bool:
        """Tells whether another window, whatever its process, has a file open.

        Args:
            file: the file.
            but: folders of sessions that do not count.
        """
        own = () if self._session is None else (self._session.folder,)
        return bool(holders(self.root, file, {*own, *but}))

    def end(self) -> None:
        """Ends the session: what is not saved now is not wanted."""
        self._wait.stop()
        self._wait_for_writing()
        if self._session is not None:
            self._session.end()
            self._session = None

    # Within ------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """Has changes kept in a moment; what was kept goes once nothing is unsaved."""
        if self._session is None:
            return
        document = self._document
        # The next start may be in another folder.
        said = (None if document.path is None else document.path.absolute(), document.fingerprint)
        if said != self._said or (self._kept is not None and not document.is_dirty):
            self._wait_for_writing()
            with self._telling_failure():
                if not document.is_dirty:
                    self._kept = None
                    self._session.forget()
                self._session.say(*said)
                self._said = said
        if not document.is_dirty:
            self._wait.stop()
        elif document.scenario is not self._kept and not self._wait.isActive():
            self._wait.start()

    def _begin_writing(self) -> None:
        """Writes the present state beside this thread, once the one before is written."""
        if self._session is None or not self._document.is_dirty:
            return
        if self._writing is not None:
            self._wait.start()
            return
        self._kept = self._document.scenario
        self._writing = in_a_thread("keep", partial(self._session.keep, self._kept))
        self._looks.start()

    def _look(self) -> None:
        """Takes note of what was written."""
        if self._writing is None or self._writing.done():
            self._wait_for_writing()

    def _wait_for_writing(self) -> None:
        """Waits until nothing is being written."""
        self._looks.stop()
        writing, self._writing = self._writing, None
        if writing is not None:
            with self._telling_failure():
                writing.result()

    @contextlib.contextmanager
    def _telling_failure(self) -> Iterator[None]:
        """Tells once why changes cannot be kept."""
        try:
            yield
            self._has_failed = False
        except (SaveError, OSError, ValueError) as error:
            self._kept = None
            self._fail(str(error))
            self._wait.start()

    def _fail(self, why: str) -> None:
        """Tells why changes cannot be kept, unless it was told before."""
        if not self._has_failed:
            self._has_failed = True
            sentence = f"Changes cannot be kept aside for now, so save often: {why}"
            # At the beginning nobody listens yet.
            QTimer.singleShot(0, self, lambda: self.failed.emit(sentence))
