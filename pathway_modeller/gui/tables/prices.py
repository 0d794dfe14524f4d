"""The year of prices of an amount that was written without one."""

from __future__ import annotations

from collections.abc import Iterable

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.references import Named, Source, Surroundings
from pathway_modeller.gui.tables.cells import Reading


def usual_price_year(document: Document) -> str | None:
    """Returns the scenario's price base, or the only year of prices used in it; ``None`` if neither is."""
    scenario = document.scenario
    if scenario.money.price_year is not None:
        return scenario.money.price_year
    return only(_years(scenario.model_dump(mode="json")))


def only(years: Iterable[str]) -> str | None:
    """Returns the year, if it is the same everywhere."""
    found = set(years)
    return found.pop() if len(found) == 1 else None


def _years(value: object) -> Iterable[str]:
    """Yields every year of prices within plain values."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "price_year" and isinstance(inner, str):
                yield inner
            else:
                yield from _years(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _years(inner)


def reading_of(document: Document, years: Iterable[str], usual: str | None) -> Reading:
    """Returns how cells are read among some years of prices.

    Args:
        document: the open scenario.
        years: those of the other cells of the table or column; if they are one, it holds here too.
        usual: the year of prices where there are no other cells.
    """

    def choices(source: Source) -> list[Named]:
        return source.choices(Surroundings(document.pathway))

    given = set(years)
    return Reading(choices, only(given) if given else usual)
