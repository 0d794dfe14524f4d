"""What has to be there for a chart to show anything: asked before anything is worked out for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pathway_modeller.report.build import why_no_money
from pathway_modeller.report.findings import Findings

Offered = Callable[[Findings], bool]


def has_options(findings: Findings) -> bool:
    """Whether an option can be compared with the baseline."""
    return bool(findings.options)


def has_standards(findings: Findings) -> bool:
    """Whether a waiting-time standard is entered."""
    return any(way.standards for way in findings.pathways.values())


def has_figures(measure: str) -> Offered:
    """Returns what tells whether a measure is known of any element, pool or setting."""

    def known(findings: Findings) -> bool:
        return any(
            not np.isnan(side.values[side.rows.where(measure=measure)]).all()
            for side in findings.results.measures.values()
        )

    return known


def has_pounds(view: str) -> Offered:
    """Returns what tells whether a sum of money is anything but 0 under some variant."""

    def paid(findings: Findings) -> bool:
        return any(
            np.nan_to_num(side.values[side.rows.where(measure=view)]).any()
            for side in findings.results.measures.values()
        )

    return paid


def has_footprints(findings: Findings) -> bool:
    """Whether people live in footprints, and an option can be compared there."""
    return has_options(findings) and any(way.footprints for way in findings.pathways.values())


def has_waits_by_footprint(findings: Findings) -> bool:
    """Whether anybody who lives in a footprint was started."""
    return any(way.footprints for way in findings.pathways.values()) and has_figures("wait.mean")(findings)


def has_money(findings: Findings) -> bool:
    """Whether it is known what the system pays under baseline and option."""
    return not why_no_money(findings)


def has_payers(findings: Findings) -> bool:
    """Whether it is known who pays."""
    return has_money(findings) and _is_named(findings, "payer")


def has_settlement(findings: Findings) -> bool:
    """Whether it is known what payers are billed, and what margin that leaves providers."""
    return has_money(findings) and _is_named(findings, "provider")


def has_income_alone(findings: Findings) -> bool:
    """Whether providers' income and cost are known, and not what an option changes: that chart has both."""
    return _is_named(findings, "provider") and not has_settlement(findings)


def has_outcome_costs(findings: Findings) -> bool:
    """Whether what an outcome costs can be told."""
    return bool(findings.scenario.outcomes) and has_money(findings)


def has_shifts(findings: Findings) -> bool:
    """Whether an option that was run moves money between pools."""
    every = findings.scenario.options
    return any(every[option].shifts for option in findings.options if option in every) and has_money(findings)


def has_people(findings: Findings) -> bool:
    """Whether people of need tiers were counted."""
    tiers = any(way.need_tiers for way in findings.pathways.values())
    return tiers and not findings.results.population.empty


def _is_named(findings: Findings, column: str) -> bool:
    """Whether any line of the books names a payer or provider."""
    return bool((findings.results.cash[column].astype(str) != "").any())
