"""Price base, past inflation, nominal and discounted pounds, worked out by hand."""

from __future__ import annotations

import pytest

from pathway_modeller.scenario.document import Pathway
from pathway_modeller.scenario.money import MoneySettings
from pathway_modeller.scenario.shifts.prices import PriceBase, in_prices, missing_years, price_base
from pathway_modeller.scenario.values import Money

NHSCII = {
    "2016/17": 0.0209,
    "2017/18": 0.0124,
    "2018/19": 0.0160,
    "2019/20": 0.0214,
    "2020/21": 0.0249,
    "2021/22": 0.0258,
    "2022/23": 0.0732,
    "2023/24": 0.0431,
}
"""Rises of the NHS cost inflation index (pay and prices), a year over the year before."""


def _pounds(value: float, year: str) -> Money:
    return Money(value=value, price_year=year)


def test_pounds_are_moved_along_the_index():
    """£1,000 of 2021/22 in prices of 2023/24: 1,000 x 1.0732 x 1.0431 = 1,119.45492."""
    assert in_prices(_pounds(1000, "2021/22"), "2023/24", NHSCII) == pytest.approx(1119.45492)


def test_pounds_of_eight_years_ago():
    """£1 of 2015/16 in prices of 2023/24.

    1.0209 x 1.0124 = 1.03355916; x 1.0160 = 1.05009610656; x 1.0214 = 1.07256816324;
    x 1.0249 = 1.09927511051; x 1.0258 = 1.12763640836; x 1.0732 = 1.21017939345; x 1.0431 = 1.26233812531.
    """
    assert in_prices(_pounds(1, "2015/16"), "2023/24", NHSCII) == pytest.approx(1.26233812531, rel=1e-9)


def test_pounds_are_moved_back_by_dividing():
    """£1,043.10 of 2023/24 is £1,000 of 2022/23."""
    assert in_prices(_pounds(1043.10, "2023/24"), "2022/23", NHSCII) == pytest.approx(1000)


def test_pounds_of_the_base_year_need_no_index():
    assert in_prices(_pounds(12.34, "2024/25"), "2024/25", {}) == 12.34


def test_a_missing_year_of_the_index_makes_pounds_missing_and_is_named():
    index = {year: rise for year, rise in NHSCII.items() if year != "2019/20"}
    assert in_prices(_pounds(1, "2017/18"), "2021/22", index) is None
    assert missing_years(_pounds(1, "2017/18"), "2021/22", index) == ("2019/20",)


def test_the_turn_of_a_century_is_one_year():
    assert in_prices(_pounds(100, "1998/99"), "1999/00", {"1999/00": 0.05}) == pytest.approx(105)


def test_the_only_price_year_is_the_base():
    base = PriceBase(MoneySettings(), ("2024/25",))
    assert base.year == "2024/25"
    assert base.pounds(_pounds(5, "2024/25")) == 5


def test_of_several_years_none_is_the_base_unless_chosen():
    base = PriceBase(MoneySettings(index=NHSCII), ("2022/23", "2023/24"))
    assert base.pounds(_pounds(5, "2022/23")) is None
    assert (
        base.why_not(_pounds(5, "2022/23"))
        == "prices are of 2022/23 and 2023/24, and no price base is chosen"
    )
    chosen = PriceBase(MoneySettings(price_year="2023/24", index=NHSCII), base.years)
    assert chosen.pounds(_pounds(100, "2022/23")) == pytest.approx(104.31)
    assert chosen.why_not(_pounds(100, "2022/23")) == ""


def test_why_pounds_cannot_be_brought_to_the_base_is_said():
    base = PriceBase(MoneySettings(price_year="2024/25"), ())
    words = "2022/23 cannot be brought to 2024/25 without the inflation of 2023/24 and 2024/25"
    assert base.why_not(_pounds(1, "2022/23")) == words


def test_discounting():
    """£1,000 in each of four years at 3.5%: 1,000 + 966.18357 + 933.51070 + 901.94271 = 3,801.63698."""
    base = PriceBase(MoneySettings(), ())
    worth = [1000 * base.discount_factor(year) for year in range(4)]
    assert worth == pytest.approx([1000, 966.18357, 933.51070, 901.94271], abs=1e-5)
    assert sum(worth) == pytest.approx(3801.63698, abs=1e-5)


def test_nominal_pounds():
    """£1,000 of base prices at 2% a year: 1,000, 1,020, 1,040.40."""
    base = PriceBase(MoneySettings(inflation=0.02), ())
    assert [1000 * base.nominal_factor(year) for year in range(3)] == pytest.approx([1000, 1020, 1040.40])


def test_every_price_that_is_added_up_counts_for_the_base():
    """Prices, costs of capacity, fixed cost and spending per head, each of a year of its own."""
    money = {"value": 1, "price_year": "2024/25"}
    pathway = Pathway.model_validate(
        {
            "activities": {
                "clinic": {
                    "name": "Clinic",
                    "price": money,
                    "variable_cost": {
                        "by": "need_tier",
                        "values": {"tip": money | {"price_year": "2018/19"}},
                        "otherwise": money,
                    },
                }
            },
            "pools": {
                "ward": {
                    "name": "Ward",
                    "cost": {"amount": money | {"price_year": "2019/20"}, "per": "day"},
                }
            },
            "providers": {"trust": {"name": "Trust", "fixed_cost": money | {"price_year": "2020/21"}}},
            "need_tiers": {
                "tip": {
                    "name": "Tip",
                    "level": 2,
                    "spending": {"care": {"name": "Care", "amount": money | {"price_year": "2021/22"}}},
                }
            },
        }
    )
    base = price_base(MoneySettings(), [pathway])
    assert base.years == ("2018/19", "2019/20", "2020/21", "2021/22", "2024/25")
