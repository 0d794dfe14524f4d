"""Tables of money for the terminal: payer by provider, budgets, and options against the next best."""

from __future__ import annotations

from collections.abc import Iterator

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pathway_modeller.analysis.accounts.payer_provider import Settled, SettledLine
from pathway_modeller.analysis.accounts.run_rate import MoneyChange
from pathway_modeller.report.drawing.scale import scale_for
from pathway_modeller.report.findings import Findings


def show_settled(console: Console, findings: Findings, option: str) -> None:
    """Prints bill, cost and margin of every payer and provider; nothing where no provider is named."""
    found = findings.answers.of(option).settled
    if found.total is None or not any(each.provider for each in found.providers):
        return
    title = f"Payer by provider, over {findings.span}: {findings.variant_name(option)} against the baseline"
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(("", "", "Baseline", "Option", "Difference and 95% interval")):
        table.add_column(column, justify="left" if place < 2 else "right")
    for line in _lines(found):
        for place, (what, sums) in enumerate(_sums(line)):
            unit = findings.price_unit
            sides = [scale_for(unit, (each.mean,)).text(each.mean) for each in (sums.before, sums.after)]
            table.add_row(line.name if place == 0 else "", what, *sides, _change(unit, sums))
    console.print(table)


def show_next_best(console: Console, findings: Findings) -> None:
    """Prints for each outcome all options in order of cost, each against the next best."""
    for found in findings.answers.next_best:
        title = f"{found.record.name}, over {findings.span}: options in order of cost"
        table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
        for place, column in enumerate(("Option", "Cost", "Outcome", "Against the next best")):
            table.add_column(column, justify="left" if place in (0, 3) else "right")
        level = findings.scale(found.unit, [each.outcome.mean for each in found.rows], found.record.measure)
        for each in found.rows:
            said = each.sentence.partition(": ")[2]
            cost = scale_for(findings.price_unit, (each.cost.mean,)).text(each.cost.mean)
            value = level.text(each.outcome.mean)
            table.add_row(each.name, cost, value, f"{said[:1].upper()}{said[1:]}")
        console.print(table)


def show_budgets(console: Console, findings: Findings) -> None:
    """Prints what each payer is billed beside its budget; nothing where none is given."""
    found = findings.answers.budgets
    if not found:
        return
    title = "Bill beside budget, by financial year (runs above: luck from year to year, not a probability)"
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(("", "Payer and year", "Budget", "Bill", "Bill less budget", "Above in")):
        table.add_column(column, justify="left" if place < 2 else "right")
    unit, before = findings.price_unit, ""
    for each in found:
        name = findings.variant_name(each.variant)
        sums = [scale_for(unit, (pounds,)).text(pounds) for pounds in (each.budget, each.bill.mean)]
        ends = (each.above.mean, each.above.low, each.above.high)
        said = _signed(unit, ends)
        runs = f"{each.runs_above} of {each.runs} runs"
        table.add_row("" if name == before else name, f"{each.name}, {each.when}", *sums, said, runs)
        before = name
    console.print(table)


def _lines(found: Settled) -> Iterator[SettledLine]:
    """The lines, and last all together."""
    yield from found.lines
    if found.total is not None and len(found.lines) > 1:
        yield found.total


def _sums(line: SettledLine) -> Iterator[tuple[str, MoneyChange]]:
    """What a line says."""
    yield from (("Bill", line.bill), ("Cost", line.cost), ("Margin", line.margin))


def _change(unit: str, sums: MoneyChange) -> str:
    """A difference with its interval."""
    return _signed(unit, (sums.change.mean, sums.change.low, sums.change.high))


def _signed(unit: str, ends: tuple[float, float, float]) -> str:
    """A mean with the ends of its interval, more or less than nothing."""
    from pathway_modeller.report.build import words_of  # comes with Matplotlib

    return words_of(scale_for(unit, ends), *ends, signed=True)
