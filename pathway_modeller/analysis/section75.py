"""Who pays now, who pays after, who gains, and the side payments that leave no partner worse off.

Payers of a pooled budget (section 75 of the National Health Service Act 2006) pay their contribution and
their share of what the pooled lines cost more or less than all contributions together; payers with aligned
budgets, and those in view, pay their own lines. All sums are whole pence and agree to the penny.

*Worked by hand* (``tests/analysis/test_section75.py``). NHS and council pool with contributions of £600 and
£400 and risk shares of 0.6 and 0.4. Pooled lines cost £1,100 now: £100 overspent, so the NHS pays 600 + 60 =
£660 and the council 400 + 40 = £440. Under the option they cost £900, £100 underspent: 600 - 60 = £540 and
400 - 40 = £360. Housing, in view, pays its own lines, £50 now and £90 after. The NHS gains £120, the council
£80 and housing loses £40. Side payments of £40 in proportion to the gains: £24 from the NHS and £16 from
the council. After them the NHS is £96, the council £64 and housing nothing better off: £160 together, which
is what all lines fell by (£1,150 - £990).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from pathway_modeller.analysis.apportion import apportion, exactly, whole_numbers
from pathway_modeller.analysis.wording import listed, pounds, quoted
from pathway_modeller.scenario.people import Payer
from pathway_modeller.scenario.values import Money

NOBODY = ""
"""Stands for lines whose payer is not named."""

NOBODY_NAME = "no payer named"


@dataclass(frozen=True)
class Position:
    """One payer's account over the horizon, in whole pence.

    Attributes:
        payer: id; ``NOBODY`` for lines without a payer.
        name: what people call it.
        kind: part of the public purse; "" where not known.
        arrangement: pooled, aligned, in view; "" for lines without a payer.
        lines_now, lines_after: what is charged to this payer's account under baseline and option.
        now, after: what it pays after the pooled budget has been shared.
        paid: side payments made less those received.
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
        contributions: pence that pooled payers put in over the horizon.
        notes: sentences on what was assumed.
    """

    positions: tuple[Position, ...]
    side_payments: tuple[SidePayment, ...]
    shortfall: int
    contributions: int
    notes: tuple[str, ...]

    @property
    def total_now(self) -> int:
        """All lines under the baseline, in pence; what all payers pay."""
        return sum(position.now for position in self.positions)

    @property
    def total_after(self) -> int:
        """All lines under the option, in pence."""
        return sum(position.after for position in self.positions)


def pence_by_payer(lines: pd.DataFrame) -> dict[str, int]:
    """Returns whole pence of system cost for each payer; "" for lines without one.

    Args:
        lines: ledger or cash lines with the columns ``view``, ``payer`` and ``pence``; means over
            replications are rounded together, so that the parts sum to the rounded total.
    """
    cost = lines[lines["view"] == "cost"].groupby("payer", sort=True, observed=True)["pence"].sum()
    return whole_numbers({str(payer): float(pence) for payer, pence in cost.items()})


def payer_account(
    payers: Mapping[str, Payer],
    now: Mapping[str, int],
    after: Mapping[str, int],
    base_pounds: Callable[[Money], float | None],
    years: float,
) -> PayerAccount:
    """Works out who pays now and after, and the side payments that leave no partner worse off.

    Args:
        payers: the payers of the scenario.
        now: pence of each payer's own lines under the baseline, ``NOBODY`` among them.
        after: the same under the option.
        base_pounds: brings an amount to the price base; None where it cannot.
        years: length of the horizon in years, for contributions.
    """
    names = [*sorted({*payers, *now, *after} - {NOBODY}), *([NOBODY] if {*now, *after} & {NOBODY} else [])]
    pooled = [name for name in names if name in payers and payers[name].arrangement == "pooled"]
    put_in, notes = _contributions(payers, pooled, now, base_pounds, years)
    shares, more = _risk_shares(payers, pooled, put_in)
    pays_now, pays_after = dict(now), dict(after)
    for pays, own in ((pays_now, now), (pays_after, after)):
        pays.update(_pooled(pooled, put_in, shares, own))
    found = [
        _position(name, payers.get(name), (now, after), (pays_now.get(name, 0), pays_after.get(name, 0)))
        for name in names
    ]
    payments, shortfall = side_payments(
        {position.payer: position.gain for position in found if position.payer != NOBODY}
    )
    settled = tuple(_settled(position, payments) for position in found)
    return PayerAccount(settled, payments, shortfall, sum(put_in.values()), (*notes, *more))


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
    if not pooled or total == 1:
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


def payer_sentences(account: PayerAccount, years: float) -> tuple[str, ...]:
    """Returns who gains and who loses, in pounds a year, and what side payments can and cannot do.

    Args:
        account: who pays what over the horizon.
        years: length of the horizon in years.
    """
    said = [_gain_sentence(position, years) for position in account.positions if position.gain]
    if account.shortfall:
        said.append(
            "No side payment can leave every partner as well off: together they lose "
            f"{pounds(account.shortfall / years)} a year more than is gained."
        )
    elif account.side_payments:
        moved = sum(each.pence for each in account.side_payments) / years
        said.append(f"Side payments of {pounds(moved)} a year would leave no partner worse off.")
    return (*said, *account.notes)


def _gain_sentence(position: Position, years: float) -> str:
    """What one payer gains or loses a year."""
    yearly = position.gain / years
    if position.payer == NOBODY:
        way = "less" if yearly > 0 else "more"
        return f"Lines with no payer named cost {pounds(abs(yearly))} a year {way}."
    way = "less" if yearly > 0 else "more"
    return f"{quoted(position.name)} pays {pounds(abs(yearly))} a year {way}."
