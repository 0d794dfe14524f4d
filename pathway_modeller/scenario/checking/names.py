"""Names that stand twice, which nobody can tell apart in a chart, a table or a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pathway_modeller.scenario.checking.finding import Finding, warning
from pathway_modeller.scenario.document import Pathway, Scenario
from pathway_modeller.scenario.words.same_names import alike, named_alike
from pathway_modeller.scenario.words.sentences import listed, plural, quoted
from pathway_modeller.scenario.words.structure import Step

_MEND = "Give each a name of its own; until then charts and tables add the id"


def find_names(pathway: Pathway) -> Iterator[Finding]:
    """Yields names that several members of a pathway share, once each."""
    for kind, key, others in named_alike(pathway):
        if key == others[0]:
            yield _shared((kind, key, "name"), others)


def find_scenario_names(scenario: Scenario) -> Iterator[Finding]:
    """Yields names that several members of a map of an option or the scenario share, once each."""
    maps: list[tuple[tuple[Step, ...], Mapping[str, object]]] = [
        (("options",), scenario.options),
        (("outcomes",), scenario.outcomes),
    ]
    for option, each in scenario.options.items():
        maps.append((("options", option, "shifts"), each.shifts))
        maps.append((("options", option, "activity_shifts"), each.activity_shifts))
        maps.append((("options", option, "displacements"), each.displacements))
    for steps, members in maps:
        names = {key: str(getattr(member, "name", key)) for key, member in members.items()}
        for key, others in alike(names).items():
            if key == others[0]:
                found = _shared((*steps, key, "name"), others)
                yield Finding(found.severity, found.steps, found.what, found.mend, "file")


def _shared(steps: tuple[Step, ...], keys: tuple[str, ...]) -> Finding:
    """Returns the warning that a name stands several times."""
    others = listed([quoted(key) for key in keys[1:]])
    what = f"{plural(len(keys) - 1, 'other has', 'others have')} the same name (id {others})"
    return warning(steps, what, _MEND)
