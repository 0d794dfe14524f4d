"""What the answers of a comparison hang on: each assumption at its low and its high, one at a time.

A few replications of each end are played on the random numbers of the comparison; where nothing but money
hangs on an assumption, what was played once is counted anew. A sentence that may be said at one value and not
at another turns between them: where, is interpolated, and a run at that very value confirms it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval
from pathway_modeller.experiment.answers.answers import Answers, OptionAnswers, answers
from pathway_modeller.experiment.answers.cash_claim import cash_claim, least_saving
from pathway_modeller.experiment.answers.judging import Judged, Shows, holm
from pathway_modeller.experiment.answers.monthly import first_counted, months
from pathway_modeller.experiment.answers.primary import names_of
from pathway_modeller.experiment.answers.saving import freed
from pathway_modeller.experiment.answers.sections import compared, displaced
from pathway_modeller.experiment.answers.unserved import served
from pathway_modeller.experiment.hangs_on.cases import Case, Plain, every_case
from pathway_modeller.experiment.hangs_on.outcomes import (
    SENTENCES,
    Floats,
    Losses,
    Reader,
    apart,
    margins,
    moved,
    outcomes_of,
    together,
)
from pathway_modeller.experiment.hangs_on.play import Player, Sides
from pathway_modeller.experiment.hangs_on.value import (
    HangsOn,
    OptionHangsOn,
    Outcome,
    Range,
    Sentence,
    Swing,
    Turn,
    Unvaried,
)
from pathway_modeller.experiment.results.results import Results
from pathway_modeller.experiment.runs.collect import Collector
from pathway_modeller.experiment.runs.engines import ENGINES, in_threads
from pathway_modeller.experiment.runs.workers import worker_count
from pathway_modeller.scenario.document import RunSettings, Scenario
from pathway_modeller.scenario.options import BASELINE
from pathway_modeller.scenario.varied import CannotVary
from pathway_modeller.scenario.years import years_in
from pathway_modeller.simulation.model.errors import Cancelled

MOST_WORK = 2.3
"""How much may be played at most, against the comparison itself; it takes at most 2.5 times as long."""

_CONFIRMING = 0.15
"""The part of the work that is kept for confirming where sentences turn."""
_MAKING_READY = 0.7
"""What making a variant ready takes, in replications of it."""
_COUNTING = 0.1
"""What counting a replication anew takes, in replications."""

Progress = Callable[[int, int], None]
Levels = Mapping[Outcome, tuple[Floats, Floats]]
"""Each outcome under the baseline and an option, one figure a replication."""


def hangs_on(
    results: Results,
    scenario: Scenario,
    run: RunSettings | None = None,
    *,
    engine: str = ENGINES[0],
    workers: int = 0,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    found: Answers | None = None,
) -> HangsOn:
    """Returns what the answers of a comparison hang on.

    Args:
        results: of the baseline and its options.
        scenario: what was run.
        run: the settings in force, if not the scenario's.
        engine: name of the engine.
        workers: threads; 0 for as many as there are processors.
        progress: told (done, all) in pieces of work, in the calling thread.
        cancelled: asked often.
        found: the answers, if they have been worked out.

    Raises:
        Cancelled: the person asked to stop.
        KeyError: the baseline was not run.
        ValueError: no option was run beside it.
    """
    if BASELINE not in results.variants:
        raise KeyError(BASELINE)
    if not results.options:
        raise ValueError("nothing hangs on anything where no option is compared")
    plain = Plain.of(scenario, run or scenario.run, results.options)
    work = _Work(
        results,
        plain,
        found or answers(results, scenario),
        engine,
        workers,
        progress or _silent,
        cancelled or _never,
    )
    return work.found()


@dataclass(frozen=True, eq=False)
class _End:
    """A case that was played, or the comparison itself.

    Attributes:
        value: of the range.
        holds: for each option the sentences that may be said of it.
        margins: what must be above 0 for that; for each option and sentence.
        means: of each outcome's difference from the baseline, by option.
    """

    value: float
    holds: dict[str, dict[Sentence, bool]]
    margins: dict[str, dict[Sentence, tuple[float, ...]]]
    means: dict[str, dict[Outcome, float]]


class _Work:
    """One comparison under examination."""

    def __init__(
        self,
        results: Results,
        plain: Plain,
        found: Answers,
        engine: str,
        workers: int,
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._results, self._plain, self._answers, self._engine = results, plain, found, engine
        self._workers, self._progress, self._cancelled = workers, progress, cancelled
        self._outcomes = outcomes_of(plain.scenario, results)
        horizon = {month.name: month.days for month in months(results.provenance)}
        given = results.provenance
        years = years_in(first_counted(given), given.collection_days)
        self._read = Reader(tuple(self._outcomes), plain.scenario, horizon, years)
        sides = {each: self._read.of_results(results, each) for each in (BASELINE, *plain.options)}
        self._whole = {each: self._read.levels(each, sides[BASELINE], sides[each]) for each in plain.options}
        self._losses = {each: self._read.losses(each, sides[BASELINE], sides[each]) for each in plain.options}
        self._leaves = {each: self._read.leaves(sides[BASELINE], sides[each]) for each in plain.options}
        self._done = 0
        self._all = 0

    def found(self) -> HangsOn:
        """Works everything out."""
        given = list(every_case(self._plain))
        unvaried = [each for each in given if isinstance(each, Unvaried)]
        varied = [each for each in given if not isinstance(each, Unvaried)]
        number, kept = self._afforded(varied)
        unvaried += [_too_much(each) for each, cases in varied if all(case not in kept for case in cases)]
        varied = [each for each in varied if each[0].assumption not in {un.assumption for un in unvaried}]
        cases = [case for _, both in varied for case in both]
        central = self._central()
        ends: dict[Case, _End] = {}
        if cases:
            self._all += self._pieces(cases, number)
            for case, sides in zip(cases, self._play(cases, number), strict=True):
                ends[case] = self._end(case, sides)
        turns = list(self._turns(varied, ends, central, number))
        return HangsOn(
            options=tuple(
                OptionHangsOn(
                    option,
                    {each: self._swings(option, each, varied, ends, central) for each in self._outcomes},
                    tuple(turn for key, turn in turns if key == option),
                )
                for option in self._plain.options
            ),
            ranges={each.assumption: each for each, _ in varied},
            not_varied=tuple(sorted(unvaried, key=lambda each: each.assumption)),
            outcomes=self._outcomes,
            replications=number,
            compared=self._results.provenance.replications,
        )

    # What may be played -----------------------------------------------------------------------------

    def _budget(self) -> float:
        """Returns how many replications of a variant may be played in all."""
        size = self._results.provenance.replications * (1 + len(self._plain.options))
        beside = 1 if in_threads(self._engine) else worker_count(self._workers, size)
        return MOST_WORK * size / beside

    def _afforded(self, varied: Sequence[tuple[Range, tuple[Case, ...]]]) -> tuple[int, list[Case]]:
        """Returns how many replications of each case are played, and of which: those only counted first."""
        most = self._budget() * (1 - _CONFIRMING)
        order = sorted(varied, key=lambda each: not each[0].recounted)
        while order:
            cases = [case for _, both in order for case in both]
            each, once = self._cost(cases)
            number = math.floor((most - once) / each)
            if number >= 1:
                return min(number, self._results.provenance.replications), cases
            order.pop()
        return 0, []

    def _cost(self, cases: Sequence[Case]) -> tuple[float, float]:
        """Returns what cases cost in replications of a variant: for each that is played, and once."""
        anew = sum(len(case.pathways) for case in cases if case.recounted)
        played = self._pieces(cases, 1)
        return played + _COUNTING * anew, _MAKING_READY * played

    # Playing ----------------------------------------------------------------------------------------

    def _pieces(self, cases: Sequence[Case], number: int) -> int:
        """Returns how many pieces of work cases are."""
        played = sum(len(case.pathways) for case in cases if not case.recounted)
        anew = {each for case in cases if case.recounted for each in case.pathways}
        return number * (played + len(anew))

    def _play(self, cases: Sequence[Case], number: int) -> list[Sides]:
        """Returns the replications of cases."""
        run = self._plain.run.model_copy(update={"replications": number})
        self._tell()
        return Player(self._plain, run, self._engine, self._workers, self._cancelled).play(cases, self._one)

    def _one(self) -> None:
        """Notes a piece of work."""
        self._done += 1
        self._tell()

    def _tell(self) -> None:
        """Tells how far the work is."""
        if self._cancelled():
            raise Cancelled
        self._progress(self._done, self._all)

    # Judging ----------------------------------------------------------------------------------------

    def _apart(self, option: str, outcome: Outcome) -> Floats:
        """Returns the difference that the comparison found."""
        return apart(outcome, self._whole[option][outcome])

    def _central(self) -> _End:
        """Returns what the comparison itself says: its claims."""
        end = _End(math.nan, {}, {}, {})
        for option in self._plain.options:
            mine = self._answers.of(option)
            among = {"cash": mine.claim.among, "wait": mine.wait.among, "care": mine.care.among}
            figures = {each: together(self._apart(option, each), among[each]) for each in self._outcomes}
            leaves = interval(self._leaves[option])
            self._measure(end, option, figures, leaves, self._plain.scenario, self._whole[option])
            self._note_losses(end, option, self._losses[option])
            claimed = _claimed(mine)
            end.holds[option] = {each: claimed[each] for each in end.margins[option]}
        return end

    def _end(self, case: Case, sides: Sides) -> _End:
        """Returns what is said at the end of a range."""
        end = _End(case.value, {}, {}, {})
        # Contacts that an option takes away are accounted for as the case declares: who loses may hang on it.
        reader = replace(self._read, scenario=case.scenario)
        read = {variant: reader.of_vectors(vectors) for variant, vectors in sides.items()}
        every = {each: reader.levels(each, read[BASELINE], read[each]) for each in case.options}
        judged = self._judged(every)
        for option, levels in every.items():
            figures = {
                key: moved(self._apart(option, key), apart(key, both), judged[option, key].among)
                for key, both in levels.items()
            }
            leaves = moved(self._leaves[option], reader.leaves(read[BASELINE], read[option]))
            self._measure(end, option, figures, leaves, case.scenario, levels)
            self._note_losses(end, option, reader.losses(option, read[BASELINE], read[option]))
            holds = {key: all(each > 0 for each in own) for key, own in end.margins[option].items()}
            if holds.get("saves"):
                found = self._as_results(sides, option)
                cash = moved(self._apart(option, "cash"), apart("cash", levels["cash"]))
                among = judged[option, "cash"].among
                holds["saves"] = _may_save(found, case.scenario, option, cash, leaves, among)
            end.holds[option] = holds
        return end

    def _judged(self, levels: Mapping[str, Levels]) -> dict[tuple[str, Outcome], Judged]:
        """Returns how the primary outcomes of all options are judged together at the end of a range.

        As the comparison's own are; options that a range does not touch stand as they were compared.
        """
        parts = {
            (option, outcome): apart(outcome, levels[option][outcome])
            if option in levels
            else self._apart(option, outcome)
            for option in self._plain.options
            for outcome in self._outcomes
        }

        def shows(key: tuple[str, Outcome], part: Floats) -> Shows:
            return lambda among: _leaves_out_zero(moved(self._apart(*key), part, among))

        return holm({key: shows(key, part) for key, part in parts.items()})

    def _note_losses(self, end: _End, option: str, losses: Losses) -> None:
        """Notes what the footprint that loses most clearly lacks for that to be said."""
        known, among = self._losses[option], len(self._plain.scenario.baseline.footprints)
        found = [
            margins("loses", moved(known[key].more, each.more, among), each.least)
            for key, each in losses.items()
        ]
        if found:
            end.margins[option]["loses"] = max(found, key=min)

    def _measure(
        self,
        end: _End,
        option: str,
        figures: dict[Outcome, Interval],
        leaves: Interval,
        scenario: Scenario,
        levels: Levels,
    ) -> None:
        """Notes an option's figures, and what they lack for each sentence."""
        told = {"cash": self._read.told}
        end.means[option] = {key: each.mean * told.get(key, 1.0) for key, each in figures.items()}
        end.margins[option] = {}
        for sentence, outcome in SENTENCES.items():
            if outcome in figures:
                least = self._least(option, outcome, scenario, levels)
                needed = margins(sentence, figures[outcome], least)
                if sentence == "saves":
                    needed = (*needed, *margins(sentence, leaves, least))
                end.margins[option][sentence] = needed

    def _least(self, option: str, outcome: Outcome, scenario: Scenario, levels: Levels) -> float:
        """Returns the smallest difference of an outcome that matters, the baseline being as it is there."""
        here, there = self._whole[option][outcome][0], levels[outcome][0]
        change = interval(there - here[: len(there)]).mean
        if outcome == "cash":
            return least_saving(scenario.matters, self._costs + change)
        if outcome == "wait":
            return scenario.matters.least("days", interval(here).mean + change)
        return self._answers.options[0].care.least

    @cached_property
    def _costs(self) -> float:
        """What the baseline's pathway costs, pounds a year."""
        return compared(self._results, self._plain.scenario, self._plain.options[0]).pathway_costs

    def _as_results(self, sides: Sides, option: str) -> Results:
        """Returns the replications of baseline and option as results."""
        collector = Collector((BASELINE, option))
        for variant in (BASELINE, option):
            for number, vectors in enumerate(sides[variant]):
                collector.add(variant, number, vectors)
        given = replace(self._results.provenance, replications=collector.counted)
        return collector.results(given)

    # What turns -------------------------------------------------------------------------------------

    def _turns(
        self,
        varied: Sequence[tuple[Range, tuple[Case, ...]]],
        ends: dict[Case, _End],
        central: _End,
        number: int,
    ) -> Iterator[tuple[str, Turn]]:
        """Yields the sentences that turn, with the option of each; where is confirmed as far as may be."""
        asked = [
            (option, turn)
            for range_, cases in varied
            for case in cases
            for option in case.options
            for turn in _turned(range_, central, ends[case], option)
        ]
        asked.sort(key=lambda each: (list(SENTENCES).index(each[1].sentence), each[1].assumption))
        each, once = self._cost(list(ends))
        yield from self._confirmed(asked, number, self._budget() - number * each - once)

    def _confirmed(
        self, asked: Sequence[tuple[str, Turn]], number: int, left: float
    ) -> Iterator[tuple[str, Turn]]:
        """Yields turns, confirmed by a run where what is left to be played suffices for it."""
        cases: dict[tuple[str, float], Case] = {}
        whole: set[tuple[str, float]] = set()
        for option, turn in asked:
            if turn.at is None:
                continue
            key = turn.assumption, turn.at
            try:
                case = self._plain.case(*key)
            except CannotVary:  # nothing lies between whole units
                whole.add(key)
                continue
            options = (*(cases[key].options if key in cases else ()), option)
            case = case.of(tuple(dict.fromkeys(options)))
            each, once = self._cost(list({**cases, key: case}.values()))
            if number * each + once <= left:
                cases[key] = case
        if cases:
            self._all += self._pieces(list(cases.values()), number)
        played = self._play(list(cases.values()), number) if cases else []
        found = {
            key: self._end(case, sides) for (key, case), sides in zip(cases.items(), played, strict=True)
        }
        for option, turn in asked:
            if turn.at is None or (turn.assumption, turn.at) in whole:
                yield option, replace(turn, at=None)
                continue
            end = found.get((turn.assumption, turn.at))
            agrees = end is not None and end.holds.get(option, {}).get(turn.sentence) == turn.holds
            yield option, replace(turn, confirmed=agrees)

    def _swings(
        self,
        option: str,
        outcome: Outcome,
        varied: Sequence[tuple[Range, tuple[Case, ...]]],
        ends: dict[Case, _End],
        central: _End,
    ) -> tuple[Swing, ...]:
        """Returns how far each assumption moves an outcome, the farthest first."""
        here = central.means[option][outcome]
        found = []
        for range_, cases in varied:
            at = {case.value: ends[case].means[option][outcome] for case in cases if option in case.options}
            found.append(Swing(range_.assumption, at.get(range_.low, here), here, at.get(range_.high, here)))
        return tuple(sorted(found, key=lambda each: (-each.size, each.assumption)))


def _turned(range_: Range, central: _End, end: _End, option: str) -> Iterator[Turn]:
    """Yields the sentences of an option that turn between the central value and an end of a range.

    One that the comparison refuses though its figures would allow it, or says though they would not, does not
    turn by its figures.
    """
    for sentence, holds in end.holds[option].items():
        before, after = (each.margins[option][sentence] for each in (central, end))
        by_figures = central.holds[option][sentence] == all(each > 0 for each in before)
        if holds != central.holds[option][sentence] and by_figures:
            at = _where(range_.central, before, end.value, after, holds=holds)
            yield Turn(range_.assumption, sentence, holds, at, end.value, confirmed=False)


def _claimed(option: OptionAnswers) -> dict[Sentence, bool]:
    """Returns which sentences the page says of an option."""
    return {
        "saves": option.claim.verdict == "better",
        "costs": option.claim.verdict == "worse",
        "shorter": option.wait.verdict == "better",
        "longer": option.wait.verdict == "worse",
        "without": option.care.verdict == "worse",
        "loses": bool(option.equity.losers),
    }


def _leaves_out_zero(found: Interval) -> bool:
    """Whether a difference is shown."""
    return found.low > 0 or found.high < 0


def _may_save(
    results: Results, scenario: Scenario, option: str, cash: Interval, leaves: Interval, among: int
) -> bool:
    """Tells whether the claim of a saving stands, the figures being known better than from these results."""
    one = compared(results, scenario, option)
    found = freed(one)
    if found is None:
        return False
    known = {"gross": cash, "cash_releasing": leaves}
    better = replace(found, yearly={**found.yearly, **known})
    care = served(results, option, names_of(one), scenario.matters)
    return cash_claim(one, better, displaced(one), care, Judged(shown=True, among=among)).claimed


def _where(
    central: float, before: Sequence[float], end: float, after: Sequence[float], *, holds: bool
) -> float | None:
    """Returns where a sentence turns between two values, interpolated, rounded to the end; None if nowhere.

    Args:
        central: the central value.
        before: what must be above 0 there.
        end: the end of the range.
        after: the same there.
        holds: whether the sentence holds at the end.
    """
    parts = [one / (one - two) for one, two in zip(before, after, strict=True) if (one > 0) != (two > 0)]
    if not parts:
        return None
    return _rounded(central + (max(parts) if holds else min(parts)) * (end - central), central, end)


def _rounded(value: float, central: float, end: float) -> float:
    """Returns a value with three significant figures of its way, towards the end and never beyond it."""
    step = 10.0 ** (math.floor(math.log10(max(abs(value - central), abs(end - central) / 1000))) - 2)
    up = end > central
    whole = math.floor(value / step) + 1 if up else math.ceil(value / step) - 1
    near = round(whole * step, 12)
    return min(near, end) if up else max(near, end)


def _too_much(range_: Range) -> Unvaried:
    """Says that an assumption was not varied for want of replications."""
    because = "too few replications were run for it to be played in reasonable time; run more"
    return Unvaried(range_.assumption, range_.name, because)


def _silent(_done: int, _all: int) -> None:
    """Tells nobody."""


def _never() -> bool:
    """Is never true."""
    return False
