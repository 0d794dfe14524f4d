"""Libraries are loaded once, and what a run leaves behind is not kept with them for good."""

from __future__ import annotations

import gc

from pathway_modeller.gui.results.loading import load_charts, load_engine


def test_what_waits_to_be_collected_is_left_to_the_collector_where_nothing_is_loaded() -> None:
    for load in (load_engine, load_charts):
        load()
        kept = gc.get_freeze_count()
        rubbish: list[object] = []
        rubbish.append(rubbish)
        load()
        assert gc.isenabled()
        # Some of what was kept may have gone meanwhile.
        assert gc.get_freeze_count() <= kept
