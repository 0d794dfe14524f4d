"""The strips of the results page: its message, the tools of a chart, and where figures come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from pathway_modeller.gui import theme
from pathway_modeller.gui.plain import Label, plain_tip
from pathway_modeller.gui.results.choices import Choice
from pathway_modeller.gui.results.notes import provenance_words
from pathway_modeller.gui.wheel import only_with_keyboard
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.words.inputs import illustrative, inputs_words

if TYPE_CHECKING:
    from pathway_modeller.experiment.results.results import Provenance

_WIDEST = 260


class PageHead(QWidget):
    """What the results say in a sentence; which options are shown; handing over.

    Signals:
        option_changed: other options are to be shown.
        money_wanted: all that is said of money is to be shown.
    """

    option_changed = Signal()
    money_wanted = Signal()

    def __init__(self) -> None:
        """Makes the strip."""
        super().__init__()
        self._keeps_room = False
        self._message = Label()
        self._message.setObjectName("message")
        self._message.setWordWrap(True)
        self._message.setStyleSheet("font-size: 13pt; font-weight: 600;")
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._caveat = Label()
        self._caveat.setObjectName("caveat")
        self._caveat.setWordWrap(True)
        self._caveat.setStyleSheet(f"color: {theme.WARNING};")
        self._caveat.hide()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._caveat)
        self._options = QComboBox()
        self._options.setObjectName("shown-options")
        self._options.setAccessibleName("Options shown")
        self._options.setMaximumWidth(_WIDEST)
        self._options.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        only_with_keyboard(self._options)
        self._options.currentIndexChanged.connect(self.option_changed)
        self._all_money = QPushButton("Money in words")
        self._all_money.setObjectName("money-words")
        self._all_money.setToolTip("Break-even, funding gap and probabilities of every option")
        self._all_money.clicked.connect(self.money_wanted)
        self._all_money.hide()
        self._export = QPushButton("Export")
        self._export.setObjectName("export")
        self._menu = QMenu(self._export)
        self._menu.setObjectName("menu-export")
        self._menu.setToolTipsVisible(True)
        self._export.setMenu(self._menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(8)
        row.addLayout(words, 1)
        for widget in (self._options, self._all_money, self._export):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def offer(self, ways: Sequence[QAction]) -> None:
        """Puts ways of handing over on the menu."""
        self._menu.addActions(ways)

    def expect_message(self) -> None:
        """Keeps room for two lines until the message is known, so that the chart need not make way for it."""
        self._message.setText("")
        self._message.setMinimumHeight(2 * self._message.fontMetrics().lineSpacing())

    def show_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Shows which options there are."""
        kept = self.option()
        self._options.blockSignals(True)
        self._options.clear()
        self._options.addItem(f"All {len(options)} options", "")
        for key, name in options:
            self._options.addItem(f"Only “{name}”", key)
        self._options.setCurrentIndex(max(0, self._options.findData(kept)))
        self._options.blockSignals(False)
        self._options.setVisible(len(options) > 1)

    def show_message(self, message: str) -> None:
        """Shows what the results say."""
        self._message.setText(message)
        if not self._keeps_room:
            self._message.setMinimumHeight(0)

    def show_so_far(self, words: str) -> None:
        """Shows that replications are still missing, in the room of the message that follows.

        The message keeps that room, so that the chart that somebody looks at does not move.
        """
        self.expect_message()
        self._message.setText(words)
        self._keeps_room = True

    def begin(self) -> None:
        """Begins with results that take the place of nothing."""
        self._keeps_room = False
        self.show_money(False, known=False)

    def show_caveat(self, caveat: str) -> None:
        """Shows why the figures are not to be relied on; nothing where they are."""
        self._caveat.setText(caveat)
        self._caveat.setVisible(bool(caveat))

    def show_money(self, kept: bool, *, known: bool) -> None:
        """Offers all that is said of money, where the books were kept, as soon as it is known."""
        self._all_money.setVisible(kept)
        self._all_money.setEnabled(known)

    def message(self) -> str:
        """Returns what the results say."""
        return self._message.text()

    def option(self) -> str:
        """Returns the option shown alone, "" for all."""
        return str(self._options.currentData() or "")


class ChartTools(QWidget):
    """What the chart on show is of; there only where there is a choice.

    Signals:
        changed: the chart is to be of something else.
        beds_wanted: the chance of delay by number of units of the pool on show is wanted.
    """

    changed = Signal()
    beds_wanted = Signal()

    def __init__(self) -> None:
        """Makes the strip."""
        super().__init__()
        self._of = QComboBox()
        self._of.setObjectName("chart-of")
        self._of.setAccessibleName("What the chart is of")
        self._of.setMaximumWidth(_WIDEST + 60)
        self._of.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._label = Label("Show")
        self._label.setBuddy(self._of)
        self._offered: tuple[Choice, ...] = ()
        only_with_keyboard(self._of)
        self._of.currentIndexChanged.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(6)
        row.addWidget(self._label)
        row.addWidget(self._of)
        row.addStretch(1)
        self._beds = QPushButton("Chance of delay by number of units…")
        self._beds.setObjectName("chance-of-delay")
        self._beds.setToolTip(
            "Play it once more while this pool alone has no limit: what planners of beds ask"
        )
        self._beds.clicked.connect(self.beds_wanted)
        row.addWidget(self._beds)
        self.forget()

    def forget(self) -> None:
        """Takes the choices away, until the next chart brings its own."""
        self.show_choices(())

    def show_choices(self, offered: tuple[Choice, ...]) -> None:
        """Shows what the chart could be of, and keeps what is chosen."""
        if offered != self._offered:
            self._offered = offered
            self._of.blockSignals(True)
            self._of.clear()
            self._of.addItems([choice.label for choice in offered])
            self._of.blockSignals(False)
        self.setVisible(len(offered) > 1)

    def offer_beds(self, *, offered: bool) -> None:
        """Offers the chance of delay, or does not."""
        self._beds.setVisible(offered)

    def choice(self) -> Choice | None:
        """Returns what the chart is to be of; None for its own choice."""
        place = self._of.currentIndex()
        return self._offered[place] if 0 <= place < len(self._offered) else None

    def choice_place(self) -> int:
        """Returns the place of the choice; 0 is the chart's own."""
        return self._of.currentIndex()


class PageFoot(QWidget):
    """Where the figures come from, on one line that can be copied, and how sure the inputs are.

    Signals:
        inputs_wanted: somebody asked for the list of inputs.
        counted_wanted: somebody asked what the measures of the chart count.
    """

    inputs_wanted = Signal()
    counted_wanted = Signal()

    def __init__(self) -> None:
        """Begins empty."""
        super().__init__()
        self._inputs = QPushButton()
        self._inputs.setObjectName("inputs")
        self._inputs.setFlat(True)
        self._inputs.setToolTip("List the inputs by how far they can be relied upon")
        self._inputs.clicked.connect(self.inputs_wanted)
        self._counted = QPushButton("What is counted")
        self._counted.setObjectName("counted")
        self._counted.setFlat(True)
        self._counted.setToolTip("Say what each measure of the chart counts, and whom")
        self._counted.setStyleSheet(_link(theme.INK))
        self._counted.clicked.connect(self.counted_wanted)
        self._provenance = Label()
        self._provenance.setObjectName("provenance")
        self._provenance.setProperty("hint", True)
        self._provenance.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._provenance.setMinimumWidth(100)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 12, 0)
        row.addWidget(self._inputs)
        row.addWidget(self._counted)
        row.addWidget(self._provenance, 1)

    def show_inputs(self, scenario: Scenario) -> None:
        """Shows how sure the inputs are."""
        self._inputs.setText(f"{inputs_words(scenario)} – list")
        colour = theme.WARNING if illustrative(scenario) or not scenario.assumptions else theme.INK
        self._inputs.setStyleSheet(_link(colour))

    def show_provenance(self, provenance: Provenance) -> None:
        """Shows where the figures come from."""
        self._provenance.setText(provenance_words(provenance))
        self._provenance.setToolTip(plain_tip(f"Scenario {provenance.scenario_hash}"))


def _link(colour: str) -> str:
    """Returns the look of a button that reads as a link."""
    return (
        f"QPushButton {{ color: {colour}; border: 0; background: transparent; text-decoration: underline; }}"
    )
