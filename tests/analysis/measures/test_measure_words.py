"""What each measure is called and counts, kept beside this file, as it stands on axes, in tables and in help.

Accept new words with ``pytest tests/analysis/measures/test_measure_words.py --regen-all``; read ``git diff``.
"""

from __future__ import annotations

from pytest_regressions.file_regression import FileRegressionFixture

from pathway_modeller.analysis.measures.catalogue import MEASURES


def test_measures_are_described_in_the_same_words(file_regression: FileRegressionFixture) -> None:
    lines = []
    for measure in MEASURES.values():
        figure = f"{measure.interval} {measure.percentile}" if measure.percentile else measure.interval
        lines.append(f"{measure.name(*(f'<{of}>' for of in measure.of))}: {measure.title}")
        lines.append(f"  {measure.unit}, {measure.better} is better, interval of a {figure}")
        lines.append(f"  {measure.definition}")
    file_regression.check("\n".join(lines), basename="measures", encoding="utf-8", newline="\n")
