"""Who pays now, who pays after, who gains, and the side payments that leave no partner worse off.

Payers of a pooled budget (section 75 of the National Health Service Act 2006) pay their contribution and
their share of what the pooled lines cost more or less than all contributions together; payers with aligned
budgets, and those in view, pay their own lines. All sums are whole pence and agree to the penny.
What is paid now follows the baseline's arrangements, contributions and risk shares, what is paid after the
option's. A payer gains or loses only by what matters, and if its 95% interval over replications, which
holds for all payers at once (Bonferroni), leaves out 0; others neither make side payments nor receive any.

Lines of a payer may be arranged otherwise than its others, by provider and setting: those that are pooled are
shared, the others it pays alone.

*Worked by hand* (``tests/analysis/accounts/test_section75.py``).
NHS and council pool with contributions of £600 and
£400 and risk shares of 0.6 and 0.4. Pooled lines cost £1,100 now: £100 overspent, so the NHS pays 600 + 60 =
£660 and the council 400 + 40 = £440. Under the option they cost £900, £100 underspent: 600 - 60 = £540 and
400 - 40 = £360. Housing, in view, pays its own lines, £50 now and £90 after. The NHS gains £120, the council
£80 and housing loses £40. Side payments of £40 in proportion to the gains: £24 from the NHS and £16 from
the council. After them the NHS is £96, the council £64 and housing nothing better off: £160 together, which
is what all lines fell by (£1,150 - £990).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from pathway_modeller.analysis.accounts.charged import Charged, Lines
from pathway_modeller.analysis.accounts.wording import pounds
from pathway_modeller.analysis.ledger.apportion import apportion, exactly
from pathway_modeller.analysis.statistics.intervals import Interval
from pathway_modeller.analysis.statistics.means import interval, paired
from pathway_modeller.scenario.people import Payer
from pathway_modeller.scenario.values import Money
from pathway_modeller.scenario.words.sentences import listed, quoted

NOBODY = ""
"""Stands for lines whose payer is not named."""

NOBODY_NAME = "no payer named"

POUND = 100.0
"""Pence over the horizon below which nothing is said of what a payer gains or loses."""

TOLERANCE = Fraction(1, 10**6)
"""By how much risk shares may miss 1, since a third cannot be typed."""


@dataclass(frozen=True)
class Position:
    """One payer's account over the horizon, in whole pence.

    Attributes:
        payer: id; ``NOBODY`` for lines without a payer.
        name: what people call it.
        kind: part of the public purse; "" where not known.
        arrangement: pooled, aligned, in view under the option; "" for lines without a payer.
        lines_now, lines_after: what is charged to this payer's account under baseline and option.
        now, after: what it pays after the pooled budget has been shared.
        paid: side payments made less those received.
        chance: the gain over replications, in pence over the horizon, with an interval that holds for all
            payers at once; None where there are none.
        least: the smallest change that matters, in pence.
    """

    payer: str
    name: str
    kind: str
    arrangement: str
    lines_now: int
    lines_after: int
    now: int
    after: int
    paid: int = 0
    chance: Interval | None = None
    least: float = 0.0

    @property
    def certain(self) -> bool:
        """Whether it gains or loses, by what matters and beyond chance; one replication is taken as it is."""
        return self.gain != 0 and abs(self.gain) >= self.least and not _crosses_zero(self.chance)

    @property
    def gain(self) -> int:
        """By how much less it pays under the option, before side payments; negative if it pays more."""
        return self.now - self.after

    @property
    def gain_after_side_payments(self) -> int:
        """By how much better off it is when side payments have been made."""
        return self.gain - self.paid


@dataclass(frozen=True)
class SidePayment:
    """Pence that a payer who gains hands to one who would otherwise lose."""

    gainer: str
    loser: str
    pence: int


@dataclass(frozen=True)
class PayerAccount:
    """Who pays what over the horizon.

    Attributes:
        positions: every payer in order of id, then lines without a payer if there are any.
        side_payments: from each gainer to each loser.
        shortfall: pence that losers lose beyond all gains: no side payment can make it good.
        notes: sentences on what was assumed.
        chance: by how much all partners together are better off over replications; None without any.
    """

    positions: tuple[Position, ...]
    side_payments: tuple[SidePayment, ...]
    shortfall: int
    notes: tuple[str, ...]
    chance: Interval | None = None

    @property
    def total_now(self) -> int:
        """All lines under the baseline, in pence; what all payers pay."""
        return sum(position.now for position in self.positions)

    @property
    def total_after(self) -> int:
        """All lines under the option, in pence."""
        return sum(position.after for position in self.positions)


def payer_account(
    payers: Mapping[str, Payer],
    now: Charged,
    after: Charged,
    base_pounds: Callable[[Money], float | None],
    years: float,
    *,
    changed: Mapping[str, Payer] | None = None,
    replications: Sequence[tuple[Charged, Charged]] = (),
    least: float = 0.0,
) -> PayerAccount:
    """Works out who pays now and after, and the side payments that leave no partner worse off.

    Args:
        payers: the payers of the baseline.
        now: pence of each payer's own lines under the baseline, ``NOBODY`` among them, and what is pooled.
        after: the same under the option.
        base_pounds: brings an amount to the price base; None where it cannot.
        years: length of the horizon in years, for contributions.
        changed: the payers of the option; None if it leaves them as they are.
        replications: now and after of every replication, for intervals.
        least: the smallest change that matters, as a share of what a payer pays now.
    """
    later = payers if changed is None else changed
    names = _names(payers, later, ((now, after), *replications))
    terms = (_Terms(payers, base_pounds, years), _Terms(later, base_pounds, years))
    pays = terms[0].pays(now, now), terms[1].pays(after, now)
    chances = _chances(names, terms, replications)
    found = [
        replace(
            _position(name, later.get(name) or payers.get(name), (now.lines, after.lines), _both(pays, name)),
            chance=chances.get(name),
            least=least * abs(_both(pays, name)[0]),
        )
        for name in names
    ]
    payments, shortfall = side_payments(
        {each.payer: each.gain if each.certain else 0 for each in found if each.payer != NOBODY}
    )
    settled = tuple(_settled(position, payments) for position in found)
    notes = tuple(dict.fromkeys((*_differ(payers, later), *_apart(later), *pays[0].notes, *pays[1].notes)))
    return PayerAccount(settled, payments, shortfall, notes, chances.get(None))


def _names(
    payers: Mapping[str, Payer], later: Mapping[str, Payer], lines: Sequence[tuple[Charged, Charged]]
) -> list[str]:
    """Every payer in order of id, then lines without a payer if there are any."""
    named = {name for pair in lines for own in pair for name in own.lines}
    return [*sorted({*payers, *later, *named} - {NOBODY}), *([NOBODY] if NOBODY in named else [])]


@dataclass(frozen=True)
class _Paid:
    """What each payer pays under one variant, and what was assumed."""

    pays: Lines
    notes: tuple[str, ...]


def _both(pays: tuple[_Paid, _Paid], name: str) -> tuple[int, int]:
    """What a payer pays now and after, in pence."""
    return pays[0].pays.get(name, 0), pays[1].pays.get(name, 0)


@dataclass(frozen=True)
class _Terms:
    """The payers of one variant, with what brings their contributions to pence of the horizon."""

    payers: Mapping[str, Payer]
    base_pounds: Callable[[Money], float | None]
    years: float

    def pays(self, own: Charged, now: Charged) -> _Paid:
        """Returns what each pays when its own lines cost so much, and the baseline's ``now``."""
        pooled = sorted(name for name, payer in self.payers.items() if payer.shares_any)
        before, shared = (
            {name: each.shared(name, self.payers[name]) for name in pooled} for each in (now, own)
        )
        put_in, notes = _contributions(self.payers, pooled, before, self.base_pounds, self.years)
        shares, more = _risk_shares(self.payers, pooled, put_in)
        paid = _pooled(pooled, put_in, shares, shared)
        alone = {name: pence - shared.get(name, 0) for name, pence in own.lines.items()}
        pays = {name: alone.get(name, 0) + paid.get(name, 0) for name in (*alone, *paid)}
        return _Paid(pays, (*notes, *more))


def _chances(
    names: Sequence[str], terms: tuple[_Terms, _Terms], replications: Sequence[tuple[Charged, Charged]]
) -> dict[str | None, Interval]:
    """The intervals of payers' gains, of all at once; and of all partners together under None."""
    if not replications:
        return {}
    gains = np.zeros((len(replications), len(names)))
    for row, (now, after) in enumerate(replications):
        pays = terms[0].pays(now, now), terms[1].pays(after, now)
        both = [_both(pays, name) for name in names]
        gains[row] = [before - later for before, later in both]
    partners = [place for place, name in enumerate(names) if name != NOBODY]
    nothing, among = np.zeros(len(gains)), max(1, len(partners))
    found: dict[str | None, Interval] = {}
    for place, name in enumerate(names):
        gain = paired(gains[:, place], nothing, among=among)
        found[name] = Interval(gain.mean, gain.low, gain.high, gain.n)
    return found | {None: interval(gains[:, partners].sum(axis=1))}


def _crosses_zero(chance: Interval | None) -> bool:
    """Whether an interval has 0 within it; one that is not known does not."""
    return chance is not None and chance.low <= 0 <= chance.high


def _differ(payers: Mapping[str, Payer], later: Mapping[str, Payer]) -> tuple[str, ...]:
    """Says whose arrangement, contribution or risk share the option changes."""
    names = [
        quoted((later.get(name) or payers[name]).name)
        for name in sorted({*payers, *later})
        if _arranged(payers.get(name)) != _arranged(later.get(name))
    ]
    if not names:
        return ()
    said = (
        f"The option changes on what terms {listed(names)} {'pay' if len(names) > 1 else 'pays'}: what is "
        "paid now follows the baseline's terms, what is paid after the option's."
    )
    return (said,)


def _apart(payers: Mapping[str, Payer]) -> Iterator[str]:
    """Yields which lines are arranged otherwise than the others of their payer."""
    for _, payer in sorted(payers.items()):
        for _, line in sorted(payer.lines.items()):
            if line.arrangement != payer.arrangement:
                yield (
                    f"{quoted(line.name)} of {quoted(payer.name)} is {line.arrangement}, and its other lines "
                    f"are {payer.arrangement}."
                )


def _arranged(payer: Payer | None) -> tuple[object, ...]:
    """On what terms a payer pays."""
    if payer is None or not payer.shares_any:
        return ("own lines",)
    apart = sorted(
        (each.provider or "", each.setting or "", each.arrangement) for each in payer.lines.values()
    )
    return (payer.arrangement, payer.contribution, payer.risk_share, *apart)


def _position(
    name: str, payer: Payer | None, own: tuple[Mapping[str, int], Mapping[str, int]], pays: tuple[int, int]
) -> Position:
    """A payer's position before side payments."""
    called = payer.name if payer else (name or NOBODY_NAME)
    arrangement = payer.arrangement if payer else ("in view" if name else "")
    lines_now, lines_after = own[0].get(name, 0), own[1].get(name, 0)
    return Position(name, called, payer.kind if payer else "", arrangement, lines_now, lines_after, *pays)


def _settled(position: Position, payments: Sequence[SidePayment]) -> Position:
    """A payer's position with side payments."""
    made = sum(each.pence for each in payments if each.gainer == position.payer)
    received = sum(each.pence for each in payments if each.loser == position.payer)
    return replace(position, paid=made - received)


def _contributions(
    payers: Mapping[str, Payer],
    pooled: Sequence[str],
    now: Mapping[str, int],
    base_pounds: Callable[[Money], float | None],
    years: float,
) -> tuple[dict[str, int], tuple[str, ...]]:
    """Pence that each pooled payer puts in over the horizon; where none is given, what its lines cost now."""
    put_in: dict[str, int] = {}
    assumed: list[str] = []
    for name in pooled:
        money = payers[name].contribution
        amount = base_pounds(money) if money is not None else None
        put_in[name] = now.get(name, 0) if amount is None else round(amount * years * 100)
        if amount is None:
            assumed.append(quoted(payers[name].name))
    if not assumed:
        return put_in, ()
    said = (
        f"No contribution to the pooled budget is known for {listed(assumed)}; "
        "what the lines charged there cost under the baseline is taken."
    )
    return put_in, (said,)


def _risk_shares(
    payers: Mapping[str, Payer], pooled: Sequence[str], put_in: Mapping[str, int]
) -> tuple[dict[str, Fraction], tuple[str, ...]]:
    """The share of each pooled payer in what is over or under spent: as given, the rest as contributions."""
    given = {name: share for name in pooled if (share := payers[name].risk_share) is not None}
    shares = {name: exactly(share) for name, share in given.items()}
    others = [name for name in pooled if name not in shares]
    rest = max(1 - sum(shares.values(), Fraction(0)), Fraction(0))
    weights = {name: Fraction(max(put_in[name], 0)) for name in others}
    whole = sum(weights.values(), Fraction(0))
    for name in others:
        shares[name] = rest * (weights[name] / whole if whole else Fraction(1, len(others)))
    total = sum(shares.values(), Fraction(0))
    if not pooled or abs(total - 1) <= TOLERANCE:
        return shares, ()
    if not total:
        shares, said = {name: Fraction(1, len(pooled)) for name in pooled}, "equal shares are taken"
    else:
        shares, said = {name: share / total for name, share in shares.items()}, "they are scaled to 1"
    return shares, (f"The risk shares of the pooled budget sum to {float(total):.3g}; {said}.",)


def _pooled(
    pooled: Sequence[str],
    put_in: Mapping[str, int],
    shares: Mapping[str, Fraction],
    own: Mapping[str, int],
) -> dict[str, int]:
    """What each pooled payer pays: contribution and share of what is over or under spent."""
    over = sum(own.get(name, 0) for name in pooled) - sum(put_in.values())
    parts = apportion(over, [shares[name] for name in pooled]) if pooled else []
    return {name: put_in[name] + part for name, part in zip(pooled, parts, strict=True)}


def side_payments(gains: Mapping[str, int]) -> tuple[tuple[SidePayment, ...], int]:
    """Returns side payments in proportion to gains, and the losses that no side payment can make good.

    Every loser is made whole if the gains suffice; if not, all gains are handed over, in proportion to the
    losses, and what is still lost is the shortfall.

    Args:
        gains: pence by which each partner is better off; negative for losers.
    """
    winners = {name: gain for name, gain in gains.items() if gain > 0}
    losers = {name: -gain for name, gain in gains.items() if gain < 0}
    moved = min(sum(winners.values()), sum(losers.values()))
    shortfall = sum(losers.values()) - moved
    if not moved:
        return (), shortfall
    left = dict(zip(winners, apportion(moved, list(winners.values())), strict=True))
    receipts = dict(zip(losers, apportion(moved, list(losers.values())), strict=True))
    payments = []
    for loser, receipt in receipts.items():
        parts = apportion(receipt, list(left.values()))
        for gainer, pence in zip(list(left), parts, strict=True):
            left[gainer] -= pence
            if pence:
                payments.append(SidePayment(gainer, loser, pence))
    return tuple(payments), shortfall


def payer_sentences(account: PayerAccount, over: str, *, intervals: bool = False) -> tuple[str, ...]:
    """Returns who gains and who loses, in pounds, and what side payments can and cannot do.

    Args:
        account: who pays what over the horizon.
        over: the horizon in words, as "the 3 years".
        intervals: whether each figure has its 95% interval beside it.
    """
    told = [each for each in account.positions if each.certain and abs(each.gain) >= POUND]
    said = [_gain_sentence(position, over, intervals) for position in told]
    said += _no_more(account)
    return (*said, *side_sentences(account), *account.notes)


def _no_more(account: PayerAccount) -> Iterator[str]:
    """Who pays about as much as now."""
    chance = [each for each in account.positions if each.gain and _crosses_zero(each.chance)]
    others = [each for each in account.positions if each.gain and not _crosses_zero(each.chance)]
    little = [each for each in others if abs(each.gain) < POUND]
    small = [each for each in others if not each.certain and each not in little]
    sizes = ((chance, "no more than chance"), (little, "less than £1"), (small, "less than matters"))
    for positions, size in sizes:
        names = [quoted(each.name) for each in positions if each.payer != NOBODY]
        if names:
            yield f"What {listed(names)} {'pay' if len(names) > 1 else 'pays'} changes by {size}."


def side_sentences(account: PayerAccount) -> Iterator[str]:
    """Yields what side payments can and cannot do."""
    moved = sum(each.pence for each in account.side_payments)
    if account.shortfall >= POUND:
        if _crosses_zero(account.chance):
            yield "Whether side payments can leave every partner as well off cannot be told from chance."
            return
        nobody = next((each.gain for each in account.positions if each.payer == NOBODY and each.certain), 0)
        named = (
            f"; {pounds(nobody)} is gained on lines with no payer named, which nobody can hand on"
            if nobody >= POUND
            else ""
        )
        yield (
            "No side payment can leave every partner as well off: together they lose "
            f"{pounds(account.shortfall)} more than is gained{named}."
        )
    elif moved >= POUND:
        yield f"Side payments of {pounds(moved)} would leave no partner worse off."


def _gain_sentence(position: Position, over: str, intervals: bool) -> str:
    """What one payer gains or loses."""
    way = "less" if position.gain > 0 else "more"
    sure = _interval(position) if intervals else ""
    size = f"{pounds(abs(position.gain))} {way} over {over}{sure}"
    if position.payer == NOBODY:
        return f"Lines with no payer named cost {size}."
    return f"{quoted(position.name)} pays {size}."


def _interval(position: Position) -> str:
    """The interval of a gain or loss in words; "" where there is none, or no figure differs."""
    chance = position.chance
    if chance is None or math.isnan(chance.low):
        return ""
    ends = [pounds(end) for end in sorted(abs(end) for end in (chance.low, chance.high))]
    return "" if ends[0] == ends[1] else f" (95% interval {ends[0]} to {ends[1]})"
