"""How often something is said where there is nothing, and where there is.

Run by ``python -m tests.verification.null_and_power``; the tests beside it run a part.

The same clinic is drawn again under another id: every visit draws its random numbers anew, and nothing else
differs. What is said of such an option is said by chance alone. Then an effect is added, of twice or of half
the smallest difference that matters: a wait before the clinic, dearer rooms, more who miss their slot, people
of one footprint who are not seen.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pathway_modeller.experiment.answers.answers import OptionAnswers, answers
from pathway_modeller.experiment.answers.claim import Subject, Verdict
from pathway_modeller.experiment.runs.run import run_experiment
from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.options import BASELINE
from tests.claims.told import activity, clinic, pool, pounds

REPLICATIONS = 30
SPEAKS: frozenset[Verdict] = frozenset({"better", "worse", "refused", "small", "avoids"})
"""Verdicts that say that something differs."""
FAMILIES: Mapping[str, tuple[Subject, ...]] = {
    "primary outcomes": ("cash", "wait", "care"),
    "waits of footprints": ("footprint wait",),
    "contacts of footprints": ("footprint contacts",),
}
"""What is judged together."""

Change = Callable[[dict[str, Any], float], None]
"""Puts an effect, as a multiple of the smallest difference that matters, into an option's patch."""


def redrawn(change: Change | None = None, times: float = 0.0, seed: int = 1) -> Scenario:
    """Returns the clinic, with an option under which it has another id, and an effect."""
    missed = {"share": 0.1, "rebook": 0}
    more = {"did_not_attend": missed, "setting": "hospital", "variable_cost": pounds(20)}
    patch: dict[str, Any] = {
        "activities": {"clinic": None, "other": activity("rooms", 0.12, **more)},
        "transitions": {"a": {"to": "other"}, "b": None, "c": {"from": "other", "to": "out"}},
        "standards": {"seen": {"stops_at": ["other"]}},
    }
    if change is not None:
        change(patch, times)
    option = {
        "name": "Another clinic",
        "patch": patch,
        "displacements": {"x": {"name": "Moved", "activity": "clinic", "to": {"other": {"share": 1}}}},
    }
    standard = {
        "name": "Seen within a day",
        "starts_at": ["in"],
        "stops_at": ["clinic"],
        "limit": {"value": 1, "unit": "days"},
        "target": 0.9,
        "counts": "flow",
    }
    return clinic(
        {"other": option},
        run={"replications": REPLICATIONS, "seed": seed},
        activities={"clinic": activity("rooms", 0.12, **more)},
        standards={"seen": standard},
    )


def later(patch: dict[str, Any], times: float) -> None:
    """Everybody waits before the clinic, for so many of the hours that matter."""
    time = {"kind": "fixed", "value": times, "unit": "hours"}
    patch["waits"] = {"post": {"name": "Post", "time": time}}
    patch["transitions"] |= {"a": {"to": "post"}, "d": {"from": "post", "to": "other"}}


def dearer(patch: dict[str, Any], times: float) -> None:
    """Rooms cost so many thousandths more of what the system pays: £4,000, and £20 for each of 18, a day."""
    patch["pools"] = {"rooms": pool(4, 1000 + times * 0.001 * (4000 + 18 * 20) / 4, setting="hospital")}


def missed(patch: dict[str, Any], times: float) -> None:
    """So many hundredths more miss their slot: of those who come 90 in 100 do."""
    patch["activities"]["other"]["did_not_attend"] = {
        "share": 0.1 + times * 0.01 * 0.9,
        "rebook": 0,
    }


def unseen(patch: dict[str, Any], times: float) -> None:
    """So many hundredths of the people of one footprint are not seen."""
    share = {"by": "footprint", "values": {"ince": times * 0.01}, "otherwise": 0}
    rest = {"by": "footprint", "values": {"ince": 1 - times * 0.01}, "otherwise": 1}
    patch["decisions"] = {"where": {"name": "Where?"}}
    patch["transitions"] |= {
        "a": {"to": "where"},
        "d": {"from": "where", "to": "other", "share": rest},
        "e": {"from": "where", "to": "out", "share": share},
    }


def found(scenario: Scenario) -> OptionAnswers:
    """Returns what may be said of the only option."""
    (option,) = answers(run_experiment(scenario, (BASELINE, "other"), workers=1), scenario).options
    return option


def families_that_speak(option: OptionAnswers) -> set[str]:
    """Returns the families of which something is said."""
    spoken = {claim.subject for claim in option.claims if claim.verdict in SPEAKS}
    return {family for family, subjects in FAMILIES.items() if spoken & set(subjects)}


@dataclass(frozen=True)
class Effect:
    """An effect that has to be told.

    Attributes:
        change: puts it in.
        subject, of: what the claim is about.
    """

    change: Change
    subject: Subject
    of: str = ""

    def verdict(self, times: float, seed: int) -> Verdict:
        """Returns what is said of it."""
        option = found(redrawn(self.change, times, seed))
        (claim,) = (
            each for each in option.claims if each.subject == self.subject and self.of in ("", each.of)
        )
        return claim.verdict


EFFECTS: Mapping[str, Effect] = {
    "everybody waits longer": Effect(later, "wait"),
    "rooms are dearer": Effect(dearer, "cash"),
    "more miss their slot": Effect(missed, "care"),
    "one footprint has fewer contacts": Effect(unseen, "footprint contacts", "ince"),
}
"""All of them make the option worse."""


def null(comparisons: int) -> Counter[str]:
    """Returns in how many comparisons with nothing to say each family says something."""
    said: Counter[str] = Counter(dict.fromkeys(FAMILIES, 0))
    for seed in range(1, comparisons + 1):
        said.update(families_that_speak(found(redrawn(seed=seed))))
    return said


def most(comparisons: int, share: float = 0.05) -> int:
    """Returns how many of so many may be wrong by chance: the share and four standard errors."""
    return math.floor(comparisons * share + 4 * math.sqrt(comparisons * share * (1 - share)))


def main() -> int:
    """Prints how often each family speaks without a reason, and each effect is told."""
    parser = argparse.ArgumentParser(prog="python -m tests.verification.null_and_power", description=__doc__)
    parser.add_argument("--null", type=int, default=1000, help="comparisons of the same clinic")
    parser.add_argument("--power", type=int, default=200, help="comparisons of each effect")
    given = parser.parse_args()
    for family, count in null(given.null).items():
        _say(f"{family}: something is said in {count} of {given.null} comparisons without a difference")
    for name, effect in EFFECTS.items():
        for times in (2.0, 0.5):
            said = Counter(effect.verdict(times, seed) for seed in range(1, given.power + 1))
            told = ", ".join(f"{verdict} {count}" for verdict, count in said.most_common())
            _say(f"{name}, {times:g} times what matters: {told}")
    return 0


def _say(text: str) -> None:
    """Prints at once."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
