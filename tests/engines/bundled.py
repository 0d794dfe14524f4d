"""The variants of all bundled scenarios, as parameters of tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from pathway_modeller.paths import shipped
from pathway_modeller.scenario.file.open_save import load
from pathway_modeller.scenario.options import BASELINE

FILES = sorted(Path(shipped("scenarios")).glob("*.json"))
VARIANTS = [(path, variant) for path in FILES for variant in (BASELINE, *load(path).options)]
NAMES = [f"{path.stem}:{variant}" for path, variant in VARIANTS]

each_variant = pytest.mark.parametrize(("path", "variant"), VARIANTS, ids=NAMES)

# Options differ from their baseline in figures, seldom in what they make the program do.
each_baseline = pytest.mark.parametrize(
    ("path", "variant"),
    [
        pytest.param(path, variant, marks=() if variant == BASELINE else pytest.mark.long)
        for path, variant in VARIANTS
    ],
    ids=NAMES,
)
"""Each baseline; the options, too, among the long tests."""
