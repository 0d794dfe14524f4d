"""The year of prices of an amount that was written without one."""

from __future__ import annotations

from collections.abc import Iterable

from pathway_modeller.gui.document import Document
from pathway_modeller.gui.inspector.price_year import usual_price_year
from pathway_modeller.gui.inspector.references import Named, Source, Surroundings
from pathway_modeller.gui.tables.cells import Reading


def only(years: Iterable[str]) -> str | None:
    """Returns the year, if it is the same everywhere."""
    found = set(years)
    return found.pop() if len(found) == 1 else None


def usual_year(document: Document) -> str | None:
    """Returns the year of prices of pounds without one, in the variant shown."""
    return usual_price_year(document.scenario, document.pathway)


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
