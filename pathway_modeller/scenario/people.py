"""Who the patients are, who pays and provides, what standard is promised, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, assert_never

from pydantic import BeforeValidator, Field

from pathway_modeller.scenario.contracts import Contract
from pathway_modeller.scenario.population import HeadCost
from pathway_modeller.scenario.reach import Reach
from pathway_modeller.scenario.values import (
    MOST_PEOPLE,
    MOST_POUNDS,
    MOST_TIMES,
    RARE,
    Duration,
    FinancialYear,
    Money,
    Record,
    Setting,
)


class NeedTier(Record):
    """A level of the triangle of need."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="Who belongs to it.")
    level: int = Field(ge=1, le=20, title="Level", description="1 is the base of the triangle.")
    age_band: str | None = Field(
        default=None, title="Age band", description="The only age band in it; left empty, all ages."
    )
    need_weight: Annotated[float, Field(gt=0, le=MOST_TIMES)] | None = Field(
        default=None,
        title="Need weight",
        description="Need of one person against others'; left empty, the baseline's spending per head.",
    )
    spending: Mapping[str, HeadCost] = Field(
        default_factory=dict,
        title="Other spending per head",
        description="What is spent on each person a year outside the pathway that is drawn.",
    )


FIFTHS = 5
"""Fifths of the areas of England by the Index of Multiple Deprivation; the first is the most deprived."""


def _as_shares(given: object) -> object:
    """Returns the shares of the fifths that one number stands for; all else as it is."""
    if isinstance(given, bool) or not isinstance(given, int):
        return tuple(given) if isinstance(given, list) else given
    if not 1 <= given <= FIFTHS:
        raise ValueError(
            f"{given} is no fifth of deprivation; give 1 (the most deprived) to {FIFTHS}, or five shares"
        )
    return tuple(float(fifth == given) for fifth in range(1, FIFTHS + 1))


Fifths = Annotated[
    tuple[Annotated[float, Field(ge=0, le=1)], ...],
    BeforeValidator(
        _as_shares,
        json_schema_input_type=Annotated[int, Field(ge=1, le=FIFTHS)]
        | tuple[Annotated[float, Field(ge=0, le=1)], ...],
    ),
]
"""Shares of the five fifths, the most deprived first; in a file one number, 1 to 5, stands for all of it."""


class Footprint(Record):
    """A service delivery footprint: a locality of 30,000 to 50,000 people."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="Which places it holds.")
    people: Mapping[str, Annotated[float, Field(ge=0, le=MOST_PEOPLE)]] = Field(
        default_factory=dict, title="People", description="How many people of each need tier live there."
    )
    imd: Fifths | None = Field(
        default=None,
        title="Deprivation",
        description="Shares of its people in each fifth of England by the Index of Multiple Deprivation, the "
        "most deprived first; one number, 1 to 5, if all are of one fifth.",
    )


class AttributeValue(Record):
    """One value that a patient attribute may take."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")


class PatientAttribute(Record):
    """A category that every patient has beyond need tier and footprint: a condition, a destination."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    values: Mapping[str, AttributeValue] = Field(
        min_length=1, title="Values", description="The values; a patient has one."
    )
    default: str = Field(title="Default", description="The value of a patient to whom none was given.")


class Tag(Record):
    """A direction, theme or programme that activities, pools and options may serve; it changes no result."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What it stands for, in a sentence.")


OTHER_PAYER = "police and other"
PAYER_KINDS: tuple[str, ...] = (
    "NHS",
    "council adult care",
    "children's services",
    "public health",
    "housing",
    "leisure",
    OTHER_PAYER,
)
"""The kinds of payer that need not be declared."""


class PayerKind(Record):
    """A part of the public purse, beside those that every scenario knows."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="Who belongs to it.")


Arrangement = Literal["pooled", "aligned", "in view"]


def is_shared(arrangement: Arrangement) -> bool:
    """Returns whether those who pool share a line; else its payer pays it."""
    match arrangement:
        case "pooled":
            return True
        case "aligned" | "in view":
            return False
        case _:
            assert_never(arrangement)


class PayerLine(Record):
    """Lines of a payer that are arranged otherwise than its others: of a provider, a setting, or both."""

    name: str = Field(min_length=1, title="Name", description="What people call these lines.")
    provider: str | None = Field(
        default=None, title="Provider", description="Lines of this provider; left empty, of any."
    )
    setting: Setting | None = Field(
        default=None, title="Setting", description="Lines of this setting; left empty, of any."
    )
    arrangement: Arrangement = Field(
        default="aligned", title="Arrangement", description="How they are arranged, whatever the others are."
    )


class OwnSetting(Record):
    """A setting beside those that every scenario has: a lane of the drawing, and a division of results."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    description: str = Field(default="", title="Note", description="What belongs to it.")
    order: Annotated[float, Field(ge=0, le=MOST_TIMES)] = Field(
        default=4.5,
        title="Order",
        description="Where its lane lies: home is 1, primary care 2, community 3, social care 4, hospital 5.",
    )
    kind: Literal["in hospital", "out of hospital"] = Field(
        default="out of hospital", title="Kind", description="Whether what is done there is hospital care."
    )

    @property
    def is_hospital(self) -> bool:
        """Whether what is done there is hospital care."""
        match self.kind:
            case "in hospital":
                return True
            case "out of hospital":
                return False
            case _:
                assert_never(self.kind)


class Payer(Record):
    """Who funds a line, and how its budget stands to the others' (section 75 of the NHS Act 2006)."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    kind: str = Field(
        default="NHS",
        min_length=1,
        title="Kind",
        description=f"Which part of the public purse: {', '.join(PAYER_KINDS)}, or an own kind's id.",
    )
    arrangement: Arrangement = Field(
        default="in view",
        title="Arrangement",
        description="pooled: one budget, risk shared; aligned: decided together, paid apart; in view: shown.",
    )
    contribution: Money | None = Field(
        default=None, title="Contribution", description="Pounds a year put into the pooled budget."
    )
    risk_share: Annotated[float, Field(ge=0, le=1)] | None = Field(
        default=None,
        title="Risk share",
        description="Share of what the pooled budget is over or under spent; left empty, as contributions.",
    )
    budget: Annotated[Mapping[FinancialYear, Money], RARE] = Field(
        default_factory=dict,
        title="Budget",
        description="Pounds for each financial year, April to March; its bill is told beside it.",
    )
    lines: Annotated[Mapping[str, PayerLine], RARE] = Field(
        default_factory=dict,
        title="Lines arranged otherwise",
        description="Lines pooled or aligned by themselves; of two that fit, the one that says more.",
    )

    @property
    def shares_any(self) -> bool:
        """Whether it shares the pooled budget with any of its lines; else it pays them all."""
        return any(map(is_shared, (self.arrangement, *(line.arrangement for line in self.lines.values()))))

    def arranged(self, provider: str, setting: str) -> Arrangement:
        """Returns how a line is arranged; one that names provider and setting goes before one that names one.

        Args:
            provider: of the line; "" for none.
            setting: of the line; "" for none.
        """
        fitting = [
            line
            for _, line in sorted(self.lines.items())
            if line.provider in (None, provider) and line.setting in (None, setting)
        ]
        said = [((line.provider is not None) * 2 + (line.setting is not None), line) for line in fitting]
        return max(said, key=lambda each: each[0])[1].arrangement if said else self.arrangement


class Provider(Record):
    """Who provides an activity or a pool."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    fixed_cost: Money | None = Field(
        default=None,
        title="Fixed cost",
        description="Pounds a year that no option of the scenario takes away: estate, overheads.",
    )
    payer: str | None = Field(
        default=None, title="Payer", description="Whose account the fixed cost is charged to."
    )
    contracts: Annotated[Mapping[str, Contract], RARE] = Field(
        default_factory=dict,
        title="Contracts",
        description="How payers pay for what it does; without one, the price of each contact.",
    )


class Standard(Record):
    """A waiting-time standard: its clock, its limit, its target, and whom it counts."""

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    starts_at: tuple[str, ...] = Field(
        min_length=1, title="Clock starts at", description="Elements whose reaching starts the clock."
    )
    stops_at: tuple[str, ...] = Field(
        min_length=1,
        title="Clock stops at",
        description="Activities whose attended start, or exits whose reaching, stops the clock.",
    )
    limit: Duration = Field(title="Limit", description="Within this time.")
    target: Annotated[float, Field(ge=0, le=1)] = Field(
        title="Target", description="The share that should be within the limit."
    )
    counts: Literal["stock", "flow"] = Field(
        title="Counts", description="stock: those still waiting at month end; flow: those seen in the month."
    )
    new_referral_at: tuple[str, ...] = Field(
        default=(),
        title="New referral at",
        description="Elements whose reaching, after the clock has stopped, is a new referral with a clock of "
        "its own. Left empty, a patient has one clock.",
    )


Figure = Annotated[float, Field(ge=-MOST_POUNDS, le=MOST_POUNDS)]
Quality = Literal["evidenced", "local data", "judgement", "illustrative"]


class Assumption(Record):
    """Where figures come from, how sure they are, and who answers for them."""

    name: str = Field(min_length=1, title="Name", description="What is assumed, in a few words.")
    places: tuple[str, ...] = Field(
        min_length=1, title="Places", description="JSON pointers of the figures in the scenario file."
    )
    source: str = Field(min_length=1, title="Source", description="Who says so.")
    address: str = Field(default="", title="Address", description="Where it can be read.")
    year: str = Field(default="", title="Year", description="The year of the figure.")
    central: Figure | None = Field(
        default=None,
        title="Central value",
        description="What low and high are held against; left empty, the figure itself.",
    )
    low: Figure | None = Field(default=None, title="Low", description="The lowest credible value.")
    high: Figure | None = Field(default=None, title="High", description="The highest credible value.")
    unit: str = Field(
        default="",
        title="Unit of the range",
        description="What central value, low and high count, as £ a contact, weeks, share.",
    )
    reach: Reach | None = Field(
        default=None,
        title="How the range reaches the figures",
        description="By this the assumption can be played at its low and its high.",
    )
    quality: Quality = Field(title="Quality", description="How far it can be relied upon.")
    note: str = Field(default="", title="Note", description="What a reader should know.")
    owner: str = Field(default="", title="Owner", description="Who answers for it.")
    signed_off: str = Field(default="", title="Signed off", description="By whom, and when.")
