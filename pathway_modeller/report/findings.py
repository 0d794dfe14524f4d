"""Results with the names people know: what charts and tables are made from."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from pathway_modeller.analysis.columns import LABELS
from pathway_modeller.analysis.measures.catalogue import SIGNED
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.report.drawing.bounds import LEAST_FOR_BAND, within_bounds
from pathway_modeller.report.drawing.scale import Scale, scale_for, time_scale
from pathway_modeller.scenario.document import SHORT, Pathway, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.shifts.prices import PriceBase, price_base
from pathway_modeller.scenario.shifts.shifts import played
from pathway_modeller.scenario.values import Setting
from pathway_modeller.scenario.words.inputs import inputs_words
from pathway_modeller.scenario.words.same_names import told_apart
from pathway_modeller.scenario.words.sentences import (
    date_words,
    listed,
    lower_first,
    plural,
    short_name,
    with_end,
)
from pathway_modeller.scenario.words.spans import span_words
from pathway_modeller.scenario.years import years_in
from pathway_modeller.simulation.dimensions import DIMENSIONS, DIVIDED_BY

if TYPE_CHECKING:
    from pathway_modeller.experiment.answers.answers import Answers
    from pathway_modeller.experiment.hangs_on.value import HangsOn

BASELINE_NAME = "Baseline"

_KEYS = ("element", "pool", *DIVIDED_BY, "setting")


@dataclass(frozen=True, eq=False)
class Findings:
    """Results and the scenario they are of.

    Attributes:
        results: what was simulated.
        scenario: gives the names; those that stand twice are told apart by their ids.
        found: the answers, if they have been worked out before.
        so_far: said in the place of every message while there are fewer replications than planned, since a
            verdict would be too early; "" where all are there.
        hangs_on: what the answers hang on, if that has been worked out.
    """

    results: Results
    scenario: Scenario
    found: Answers | None = None
    so_far: str = ""
    hangs_on: HangsOn | None = None

    def __post_init__(self) -> None:
        """Tells names apart, so that no chart and no table has two rows of one name."""
        object.__setattr__(self, "scenario", told_apart(self.scenario))

    @property
    def hangs_on_words(self) -> dict[str, str] | None:
        """For each option what its answers hang on, in a few words; None if nobody has tried."""
        if self.hangs_on is None:
            return None
        from pathway_modeller.experiment.hangs_on.words import hangs_on_words

        return {option: hangs_on_words(self.hangs_on, option) for option in self.options}

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """The variants that were run; the baseline first if it was."""
        ran = self.results.variants
        return tuple(sorted(ran, key=lambda variant: (variant != BASELINE, ran.index(variant))))

    @property
    def options(self) -> tuple[str, ...]:
        """The options that can be compared with the baseline."""
        return self.variants[1:] if self.variants[:1] == (BASELINE,) else ()

    def place(self, variant: str) -> int:
        """Returns which mark a variant has: the baseline the first, whether it was run or not."""
        order = (BASELINE, *(name for name in self.scenario.options))
        return order.index(variant) if variant in order else len(order)

    def variant_name(self, variant: str) -> str:
        """Returns what people call a variant."""
        if variant == BASELINE:
            return BASELINE_NAME
        option = self.scenario.options.get(variant)
        return option.name if option else variant

    def short_name(self, variant: str) -> str:
        """Returns what a headline calls an option, in quotes; as it is called in full where two are alike."""
        if variant not in self.scenario.options:
            return self.variant_name(variant)
        return f"“{self._short_names[variant]}”"

    @cached_property
    def _short_names(self) -> dict[str, str]:
        """The short names of all options; those that would be alike with their ends, or whole."""
        options = self.scenario.options
        short = {key: short_name(each) for key, each in options.items()}
        ends = {key: with_end(options[key].name, SHORT) for key in short}
        for others in (ends, {key: each.name for key, each in options.items()}):
            alike = Counter(short.values())
            short = {key: each if alike[each] == 1 else others[key] for key, each in short.items()}
        return short

    @cached_property
    def pathways(self) -> dict[str, Pathway]:
        """The pathway of each variant as it was run, with its investment shifts."""
        return {variant: played(self.scenario, variant) for variant in self.variants}

    @cached_property
    def answers(self) -> Answers:
        """Whether, when and for whom each option pays.

        Raises:
            KeyError: the baseline was not run.
        """
        from pathway_modeller.experiment.answers.answers import answers

        return answers(self.results, self.scenario) if self.found is None else self.found

    @cached_property
    def prices(self) -> PriceBase:
        """What pounds are counted in."""
        shifts = [each for option in self.scenario.options.values() for each in option.shifts.values()]
        return price_base(self.scenario.money, self.pathways.values(), shifts)

    @property
    def price_unit(self) -> str:
        """The unit of pounds of the ledger, as in the column ``unit``, with its price year if any."""
        year = self.prices.year
        return f"GBP {year}" if year else "GBP"

    @property
    def has_other_spending(self) -> bool:
        """Whether anything is spent on people outside the pathway: cash that the system cost leaves out."""
        return not self.figures("other_spending").empty

    @property
    def years(self) -> float:
        """The length of the data collection period in years, by the calendar."""
        return years_in(self.begins, self.results.provenance.collection_days)

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """All settings of all variants, in the order of their lanes."""
        own = {key: each for pathway in self.pathways.values() for key, each in pathway.settings.items()}
        return Pathway(settings=own).setting_order()

    @property
    def hospital_settings(self) -> frozenset[Setting]:
        """The settings of all variants in which what is done is hospital care."""
        return frozenset().union(*(pathway.hospital_settings() for pathway in self.pathways.values()))

    def key_name(self, by: str, key: str) -> str:
        """Returns the name of an element, pool, need tier, footprint or setting."""
        if by == "setting":
            held = (pathway for pathway in self.pathways.values() if key in pathway.settings)
            return next(held, Pathway()).setting_name(key)
        for pathway in self.pathways.values():
            maps = {
                "element": pathway.drawn(),
                "pool": pathway.pools,
                **{each.column: getattr(pathway, each.labels) for each in DIMENSIONS},
            }
            if key in maps[by]:
                return str(maps[by][key].name)
        return key

    @cached_property
    def _summaries(self) -> _Figures:
        """The figures of all variants by measure, with intervals within natural bounds."""
        parts = [self.results.summary(variant).assign(variant=variant) for variant in self.variants]
        figures = _as_text(pd.concat(parts, ignore_index=True))
        signed = figures["measure"].isin(SIGNED)
        return _Figures(within_bounds(figures, figures["unit"] == "share", signed=signed))

    @cached_property
    def _differences(self) -> _Figures:
        """The paired differences of all options by measure."""
        parts = [self.results.differences(option).assign(variant=option) for option in self.options]
        if not parts:
            columns = [
                *LABELS,
                "mean",
                "low",
                "high",
                "replications",
                "variance_reduction",
                "variant",
                "least",
            ]
            return _Figures(pd.DataFrame(columns=columns))
        found = _as_text(pd.concat(parts, ignore_index=True))
        before = self.results.summary(BASELINE)["mean"].to_numpy()
        # The figures of the baseline come first, in their order; what only an option has follows.
        base = [np.append(before, np.full(len(part) - len(before), np.nan)) for part in parts]
        return _Figures(found.assign(least=self._least(found["unit"], np.nan_to_num(np.concatenate(base)))))

    def _least(self, units: pd.Series, baseline: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Returns the smallest difference that matters of each figure, given its unit and the baseline's."""
        codes, labels = pd.factorize(units)
        terms = np.array([self.scenario.matters.terms(str(label)) for label in labels]).reshape(-1, 2)[codes]
        least: npt.NDArray[np.float64] = np.maximum(terms[:, 0], terms[:, 1] * np.abs(baseline))
        return least

    @cached_property
    def over_time(self) -> pd.DataFrame:
        """All time series, with intervals within natural bounds: ``variant``, ``time`` and what they are of.

        Units in use are bounded by those open where none was ever in use beyond them, so that mean and
        interval follow one rule: where work goes on after closing, or after a cut in capacity, both count it.
        """
        series = within_bounds(self.results.series, False)
        used, opened = (np.flatnonzero(series["kind"] == kind) for kind in ("occupancy", "capacity"))
        groups = series.iloc[used].groupby(["variant", "pool", "footprint"], observed=True)
        bodies = cast("dict[tuple[str, str, str], npt.NDArray[np.int64]]", groups.indices)
        most = np.full(len(series), np.inf)
        limits = series["mean"].to_numpy(dtype=np.float64)[opened]
        for (variant, pool, footprint), rows in bodies.items():
            found = self.results.measures[variant].of("pool.overrun", pool=pool, footprint=footprint)
            if found.size and np.nanmax(found, initial=0.0) == 0 and not np.isnan(found).all():
                most[used[rows]] = limits[rows]
        return within_bounds(series, False, most)

    @cached_property
    def levels(self) -> pd.DataFrame:
        """All distributions over time, with intervals within natural bounds."""
        return within_bounds(self.results.distributions, True)

    @cached_property
    def _series(self) -> _Parts:
        """Time series by kind."""
        return _Parts(self.over_time, "kind")

    @cached_property
    def _distributions(self) -> _Parts:
        """Distributions over time by kind."""
        return _Parts(self.levels, "kind")

    def with_causes(self, measure: str, title: str, element: str = "") -> str:
        """Returns the title of a measure, with the causes entered for those who give up, if it is of them."""
        if measure not in ("gave_up", "left.gave_up"):
            return title
        causes = [
            lower_first(activity.give_up_cause.strip())
            for way in self.pathways.values()
            for key, activity in way.activities.items()
            if activity.patience is not None and element in ("", key)
        ]
        named = [cause for cause in dict.fromkeys(causes) if cause]
        return f"{title} (cause: {listed(named)})" if named else title

    def scale(self, unit: str, values: Iterable[float], measure: str, *, difference: bool = False) -> Scale:
        """Returns how figures of a measure are written: times in one unit through a whole result.

        Args:
            unit: as in the column ``unit``.
            values: the figures, in that unit.
            measure: as in the column ``measure``.
            difference: whether they are differences.
        """
        if unit != "days":
            return scale_for(unit, values, difference=difference)
        return time_scale(self._longest(measure), values)

    def _longest(self, measure: str) -> float:
        """Returns the longest mean of a kind of time in days: of the baseline, or else of any variant.

        All waits, those on the clock of a standard among them, are of one kind.
        """
        kind = measure.partition(".")[0]
        kind = "wait" if kind == "standard" else kind
        if kind not in self._known_longest:
            means = {each: self._longest_of(each, (f"{kind}.mean", measure)) for each in self.variants}
            self._known_longest[kind] = means[self.variants[0]] or max(means.values())
        return self._known_longest[kind]

    @cached_property
    def _known_longest(self) -> dict[str, float]:
        """What :meth:`_longest` has returned."""
        return {}

    def _longest_of(self, variant: str, measures: tuple[str, ...]) -> float:
        """Returns the longest mean of the first of some measures that a variant has, in days; 0 for none."""
        side = self.results.measures[variant]
        whole = dict.fromkeys(DIVIDED_BY, "")
        for measure in measures:
            values = side.values[side.rows.where(measure=measure, unit="days", **whole)]
            known = np.isfinite(values)
            if known.any():
                sums, number = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
                return float((sums / np.maximum(number, 1)).max())
        return 0.0

    def lacking(self, by: str, key: str) -> str:
        """Returns where something that is shown does not exist, in words; "" where every variant has it.

        Args:
            by: ``"element"`` or ``"pool"``.
            key: its id.
        """
        having = [
            variant
            for variant, way in self.pathways.items()
            if key in (way.pools if by == "pool" else way.activities)
        ]
        if len(having) == len(self.pathways):
            return ""
        return f"only in {listed([self._quoted(variant) for variant in having])}"

    def _quoted(self, variant: str) -> str:
        """Returns a variant as it is named in a sentence."""
        return "the baseline" if variant == BASELINE else f"“{self.variant_name(variant)}”"

    def of_the_first(self, by: str, keys: list[str]) -> list[str]:
        """Returns the keys that the first variant has, the baseline if it was run; all where it has none.

        Args:
            by: ``"element"`` or ``"pool"``.
            keys: ids, in any order.
        """
        first = self.pathways[self.variants[0]]
        there = first.pools if by == "pool" else first.activities
        return [key for key in keys if key in there] or keys

    def message(self, said: Callable[[], str]) -> str:
        """Returns what a chart says of its figures, or that these are not all yet."""
        return self.so_far or said()

    def figures(self, measure: str, by: str = "", **fixed: str) -> pd.DataFrame:
        """Returns a measure of every variant.

        Args:
            measure: as in the column ``measure``.
            by: the column that divides the figures; "" for the whole.
            fixed: values of other columns; those not named are "".

        Returns:
            variant, key (the value in the column ``by``), unit, mean, low, high, replications.
        """
        return self._summaries.of(measure, by, fixed)

    def changes(self, measure: str, by: str = "", **fixed: str) -> pd.DataFrame:
        """Returns option minus baseline of a measure, as :meth:`figures` does.

        With it variance_reduction, and least: the smallest difference that matters.
        """
        return self._differences.of(measure, by, fixed)

    def series(self, kind: str, **key: str) -> pd.DataFrame:
        """Returns a time series of every variant: variant, time (days), mean, low, high."""
        return _matching(self._series.of(kind), key)

    def distribution(self, kind: str, **key: str) -> pd.DataFrame:
        """Returns a distribution over time of every variant: variant, level, mean, low, high."""
        return _matching(self._distributions.of(kind), key)

    @property
    def begins(self) -> dt.date:
        """The first day that counts."""
        given = self.results.provenance
        return given.start_date + dt.timedelta(days=int(given.warm_up_days))

    @property
    def period(self) -> str:
        """The data collection period in words."""
        given = self.results.provenance
        last = given.start_date + dt.timedelta(days=max(given.warm_up_days + given.collection_days - 1e-9, 0))
        return f"{date_words(self.begins)} to {date_words(last)}"

    @property
    def span(self) -> str:
        """How long the data collection period is, as a headline says it: "the 8 weeks", "the 3 years"."""
        return span_words(self.begins, self.results.provenance.collection_days)

    @property
    def basis(self) -> str:
        """How sure the figures are, in words for a subtitle."""
        number = self.results.provenance.replications
        if number < 2:
            return "one replication, so no interval can be given"
        return f"mean of {number:,} replications with its 95% interval"

    @property
    def has_bands(self) -> bool:
        """Whether there are enough replications for a band beside a line."""
        return self.results.provenance.replications >= LEAST_FOR_BAND

    @property
    def basis_of_bands(self) -> str:
        """How sure lines with bands are, in words for a subtitle."""
        number = self.results.provenance.replications
        if number < 2 or self.has_bands:
            return self.basis
        return f"mean of {number} replications, without a band, which takes {LEAST_FOR_BAND} or more"

    @property
    def source(self) -> str:
        """Where the figures come from, as one line under a chart."""
        given = self.results.provenance
        early = "" if given.finished else f" (stopped early; {given.asked:,} were asked for)"
        return (
            f"Source: simulation of scenario “{given.scenario_name}” ({given.scenario_hash[:8]}), "
            f"seed {given.seed}, engine {given.engine}, Pathway Modeller {given.version}, "
            f"warm-up period {given.warm_up_days:g} days, {plural(given.replications, 'replication')}{early}."
            f" {inputs_words(self.scenario)}."
        )


class _Parts:
    """A frame divided once by what a column holds: a chart asks for dozens of small parts of a large one."""

    def __init__(self, frame: pd.DataFrame, column: str) -> None:
        """Divides a frame."""
        self._whole = frame
        self._rows = {str(held): rows for held, rows in frame.groupby(column, observed=True).indices.items()}

    def of(self, held: str) -> pd.DataFrame:
        """Returns the rows that hold this in the column, in the order of the frame; none if none does."""
        return self._whole.iloc[self._rows.get(held, [])]


class _Figures:
    """Figures of all variants by what they are of; selected from columns, as frames take their time."""

    def __init__(self, frame: pd.DataFrame) -> None:
        """Divides a frame with the columns in ``LABELS``."""
        self._rows: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        labels = zip(*(frame[column].tolist() for column in _KEYS), strict=True)
        for place, (measure, keys) in enumerate(zip(frame["measure"].tolist(), labels, strict=True)):
            self._rows.setdefault(measure, []).append((place, keys))
        self._keys = {column: frame[column].array for column in _KEYS}
        kept = [name for name in frame.columns if name == "unit" or name not in LABELS]
        self._columns = {name: frame[name].array for name in kept}

    def of(self, measure: str, by: str, fixed: dict[str, str]) -> pd.DataFrame:
        """Returns the rows of a measure divided by one column, whose value is in the column ``key``."""
        wanted = [(place, fixed.get(column, "")) for place, column in enumerate(_KEYS) if column != by]
        divided = _KEYS.index(by) if by else None
        rows = [
            place
            for place, keys in self._rows.get(measure, [])
            if all(keys[of] == held for of, held in wanted) and (divided is None or keys[divided])
        ]
        found = {name: column.take(rows) for name, column in self._columns.items()}
        key = self._keys[by].take(rows) if by else pd.Series("", index=range(len(rows)), dtype=str)
        return pd.DataFrame({**found, "key": key})


def _as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Returns a frame whose labels are plain text, not categories."""
    return frame.assign(**{label: frame[label].astype(str) for label in LABELS})


def _matching(frame: pd.DataFrame, key: dict[str, str]) -> pd.DataFrame:
    """The rows of a series or distribution."""
    rows = pd.Series(data=True, index=frame.index)
    for column in ("element", "pool", "footprint"):
        rows &= frame[column].astype(str) == key.get(column, "")
    return frame[rows].reset_index(drop=True)


@dataclass(frozen=True)
class Figured:
    """One row of a frame of figures or differences; NaN where missing.

    Attributes:
        least: of a difference the smallest that matters.
    """

    variant: str
    key: str
    unit: str
    mean: float
    low: float
    high: float
    least: float = 0.0


def records(figures: pd.DataFrame) -> list[Figured]:
    """Returns the rows of a frame that :meth:`Findings.figures` or :meth:`Findings.changes` gave."""
    texts = (figures[name].astype(str).tolist() for name in ("variant", "key", "unit"))
    columns = ("mean", "low", "high", *(("least",) if "least" in figures else ()))
    numbers = (figures[name].to_numpy(dtype=float).tolist() for name in columns)
    return [Figured(*row) for row in zip(*texts, *numbers, strict=True)]


def largest_first(figures: pd.DataFrame) -> list[str]:
    """Returns keys by their largest mean over variants, largest first; those without any figure left out."""
    most = figures.groupby("key", sort=False)["mean"].max().dropna()
    return [str(key) for key in most.sort_values(ascending=False, kind="stable").index]
