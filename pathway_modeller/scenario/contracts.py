"""How a provider is paid by a payer: for each contact, an amount a year, or an amount a head."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, assert_never

from pydantic import Field

from pathway_modeller.scenario.values import MOST_PEOPLE, Money, Record

ContractKind = Literal["cost per case", "block", "fixed and marginal", "capitation"]


class Contract(Record):
    """How a payer pays a provider for its activities; without one it pays the price of each contact.

    A contract moves the commissioner's bill and the provider's income. What the system pays for capacity and
    contacts is the same under any.
    """

    name: str = Field(min_length=1, title="Name", description="What people call it.")
    kind: ContractKind = Field(
        default="cost per case",
        title="Kind",
        description="cost per case: the price of each contact; block: an amount a year; fixed and marginal: "
        "an amount, and a part of the price of contacts over or under a plan; capitation: an amount a head.",
    )
    payer: str = Field(title="Payer", description="Who pays.")
    activities: tuple[str, ...] = Field(
        default=(),
        title="Activities",
        description="What it pays for; left empty, all that the provider does for the payer.",
    )
    amount: Money | None = Field(
        default=None,
        title="Pounds a year",
        description="The amount of a block, or the fixed part beside a marginal rate.",
    )
    planned: Mapping[str, Annotated[float, Field(ge=0, le=MOST_PEOPLE)]] = Field(
        default_factory=dict,
        title="Planned contacts",
        description="Contacts a year that the fixed amount pays for, of each activity.",
    )
    rate_over: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.0,
        title="Rate over plan",
        description="Share of the price that is paid on top for each contact over the plan.",
    )
    rate_under: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.0,
        title="Rate under plan",
        description="Share of the price that is taken off for each contact under the plan.",
    )
    a_head: Mapping[str, Money] = Field(
        default_factory=dict,
        title="Pounds a head",
        description="Of a capitation, for each person of a need tier and year; none for a tier left out.",
    )

    @property
    def needs_prices(self) -> bool:
        """Whether what it pays depends on the prices of its activities."""
        match self.kind:
            case "cost per case" | "fixed and marginal":
                return True
            case "block" | "capitation":
                return False
            case _:
                assert_never(self.kind)

    @property
    def has_amount(self) -> bool:
        """Whether it pays an amount a year."""
        match self.kind:
            case "block" | "fixed and marginal":
                return True
            case "cost per case" | "capitation":
                return False
            case _:
                assert_never(self.kind)


@dataclass(frozen=True)
class Agreed:
    """A contract in force.

    Attributes:
        provider: id of the provider that has it.
        key: its id there.
        contract: the contract.
        activities: ids of what it pays for.
    """

    provider: str
    key: str
    contract: Contract
    activities: tuple[str, ...]
