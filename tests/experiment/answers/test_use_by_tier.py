"""Who uses capacity, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pathway_modeller.analysis.columns import ACCOUNT, COUNTS
from pathway_modeller.experiment.answers.monthly import months
from pathway_modeller.experiment.answers.use_by_tier import UNUSED, Use, use_by_tier
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.scenario.document import Pathway
from tests.report.results_by_hand import make_results, whole


def fixed(days: float) -> dict[str, object]:
    return {"kind": "fixed", "value": days, "unit": "days"}


def pathway(**more: object) -> Pathway:
    """A clinic that takes the tip three times as long as everybody else."""
    times = {"by": "need_tier", "values": {"tip": fixed(0.3)}, "otherwise": fixed(0.1)}
    clinic = {"name": "Clinic", "needs": {"rooms": 1}, "service_time": times}
    pools = {"rooms": {"name": "Rooms", "units": 4}}
    return Pathway.model_validate({"activities": {"clinic": clinic}, "pools": pools, **more})


def played(starts: dict[str, float], in_use: float, opened: float) -> Results:
    """Results in which so many start each month, and so many units are in use and open all the time."""
    made = make_results({"baseline": whole(20, 100_000)})
    names = [month.name for month in months(made.provenance)]
    counts = dict.fromkeys(COUNTS, 0.0)
    account = pd.DataFrame(
        [
            {
                "variant": "baseline",
                **dict(zip(ACCOUNT, (name, "clinic", tier), strict=True)),
                **counts,
                "starts": each,
            }
            for name in names
            for tier, each in starts.items()
        ]
    )
    days = np.arange(
        made.provenance.warm_up_days, made.provenance.warm_up_days + made.provenance.collection_days
    )
    labels = {"variant": "baseline", "element": "", "pool": "rooms", "footprint": ""}
    series = pd.concat(
        [
            pd.DataFrame({"time": days, "kind": kind, "mean": units, "low": units, "high": units}).assign(
                **labels
            )
            for kind, units in (("occupancy", in_use), ("capacity", opened))
        ]
    )
    return replace(made, account=account, series=series)


def _shares(use: Use, pool: str) -> dict[str, float]:
    """The shares of the first month."""
    return {tier: float(np.ravel(each)[0]) for tier, each in use.parts(pool, "").items()}


def test_use_is_divided_by_starts_and_how_long_they_last() -> None:
    """10 of the tip for 0.3 days and 30 others for 0.1: half each of the three units of four in use."""
    use = use_by_tier(played({"tip": 10, "base": 30}, 3, 4), "baseline", pathway())
    assert _shares(use, "rooms") == {
        "tip": pytest.approx(0.375),
        "base": pytest.approx(0.375),
        UNUSED: pytest.approx(0.25),
    }


def test_stays_count_by_starts_whatever_their_length() -> None:
    stay = {"bed": {"name": "Bed", "needs": {"rooms": 1}, "begins_with": "clinic"}}
    use = use_by_tier(played({"tip": 10, "base": 30}, 4, 4), "baseline", pathway(stays=stay))
    assert _shares(use, "rooms") == {
        "tip": pytest.approx(0.25),
        "base": pytest.approx(0.75),
        UNUSED: pytest.approx(0),
    }


def test_places_on_a_caseload_count_by_starts_and_its_contacts_by_time() -> None:
    given = pathway().model_dump(by_alias=True)
    given["activities"]["clinic"]["caseload"] = {"pool": "places", "interval": fixed(7)}
    given["pools"]["places"] = {"name": "Places", "units": 50}
    use = use_by_tier(played({"tip": 10, "base": 30}, 4, 4), "baseline", Pathway.model_validate(given))
    assert {tier: share.tolist() for tier, share in use.tiers["places"].items()} == {
        "tip": pytest.approx([0.25] * 13),
        "base": pytest.approx([0.75] * 13),
    }
    assert use.tiers["rooms"]["tip"] == pytest.approx(0.5)


def test_what_has_no_limit_is_all_used_and_what_nobody_starts_is_no_tiers() -> None:
    use = use_by_tier(played({"tip": 1}, 3, float("nan")), "baseline", pathway())
    assert _shares(use, "rooms") == {"tip": 1.0, UNUSED: 0.0}
    assert _shares(use, "elsewhere") == {"": 1.0}


def test_overrun_is_no_more_than_all_that_is_open() -> None:
    use = use_by_tier(played({"tip": 1}, 5, 4), "baseline", pathway())
    assert _shares(use, "rooms")[UNUSED] == 0
