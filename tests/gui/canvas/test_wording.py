"""The words on the drawing."""

from __future__ import annotations

from pathway_modeller.gui.canvas.wording import arrow_label, needs_words
from pathway_modeller.scenario.elements import QueueCondition, Stay, Transition
from tests.gui.window_scenarios import small_pathway


def test_an_activity_whose_capacity_is_a_stay_names_it() -> None:
    pathway = small_pathway()
    clinic = pathway.activities["clinic"].model_copy(update={"needs": {}})
    bare = pathway.model_copy(update={"activities": {**pathway.activities, "clinic": clinic}})
    assert needs_words("clinic", clinic, bare) == "no capacity yet"
    stay = Stay(name="In bed", needs={"nurse": 2}, begins_with="clinic")
    held = bare.model_copy(update={"stays": {"bed": stay}})
    assert needs_words("clinic", clinic, held) == "2 × Nurse"


def test_the_label_of_a_long_queue_is_short_on_the_drawing_and_whole_in_words() -> None:
    pathway = small_pathway()
    full = QueueCondition(kind="queue", activity="review", at_least=70)
    arrow = Transition(origin="clinic", target="home", when=full)
    assert arrow_label(arrow, pathway, 1, brief=True) == "70 or more wait"
    assert arrow_label(arrow, pathway, 1) == "70 or more wait at Review"
