"""Shares of the fifths of deprivation: five that sum to 1, for every footprint or for none."""

from __future__ import annotations

from collections.abc import Iterator

from pathway_modeller.scenario.checking.finding import Finding, error, warning
from pathway_modeller.scenario.checking.shares import sum_to_one
from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.people import FIFTHS
from pathway_modeller.scenario.words.sentences import listed, member_name, plural


def find_deprivation(pathway: Pathway) -> Iterator[Finding]:
    """Yields what is wrong with the deprivation of footprints."""
    known = {key: each.imd for key, each in pathway.footprints.items() if each.imd is not None}
    for key, shares in known.items():
        here = ("footprints", key, "imd")
        if len(shares) != FIFTHS:
            what = f"it has {plural(len(shares), 'share')}, and there are five fifths of deprivation"
            yield error(here, what, "Give five shares, that of the most deprived fifth first")
        else:
            yield from sum_to_one(here, {str(fifth): share for fifth, share in enumerate(shares)})
    sound = [shares for shares in known.values() if len(shares) == FIFTHS]
    for fifth, words in ((0, "most"), (FIFTHS - 1, "least")):
        if sound and len(sound) == len(known) and not any(shares[fifth] > 0 for shares in sound):
            what = f"nobody lives in the {words} deprived fifth, so that there is no gap to work out"
            mend = "Give a share of it to a footprint, or do not ask for the gap"
            yield warning(("footprints", min(known), "imd"), what, mend)
    left = [key for key in pathway.footprints if key not in known]
    if known and left:
        names = listed([member_name(pathway, "footprints", key) for key in left])
        what = f"people of {names} are left out of the gap by deprivation, since it is not given there"
        yield warning(("footprints", left[0]), what, "Give their fifths of deprivation, too")
