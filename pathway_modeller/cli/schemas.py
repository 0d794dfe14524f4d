"""The JSON Schemas, as text."""

from __future__ import annotations

from pathway_modeller.paths import shipped


def schema_text(of: str) -> str:
    """Returns a schema.

    Args:
        of: ``"scenario"``: of scenario files; ``"results"``: of what ``run`` and ``compare`` print with
            ``--json``; ``"beds"``: of what ``beds`` does; ``"verification"``: of what ``run --verify``
            does; ``"check"``: of what ``check`` does.
    """
    return (shipped("resources") / "schema" / f"{of}-1.schema.json").read_text(encoding="utf-8")
