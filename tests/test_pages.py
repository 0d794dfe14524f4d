"""The pages for readers: what they name is there, and a decision keeps to half a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "resources" / "docs"
PAGES = [ROOT / "README.md", ROOT / "resources" / "figures" / "README.md", *sorted(DOCS.rglob("*.md"))]

FOLDERS = (ROOT, ROOT / "pathway_modeller", ROOT / "resources", ROOT / "tests")
"""Where a path that a page names may begin, besides the page's own folder."""

MADE = {"results/", "results/benchmarks/", ".venv/"}
"""Folders that only a run makes."""

LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
BLOCK = re.compile(r"^```\n(.*?)^```", flags=re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*(?:/|\.(?:py|md|json|csv|toml|svg|png))")
"""A path as pages write it: a folder ends in a slash, a file in its kind."""

DOTTED = re.compile(r"(?:scenario|simulation|analysis|experiment|report|cli|gui|tests)(?:\.\w+)+")
"""A module or one of its names, as pages write it."""


def named(text: str) -> set[str]:
    """Returns the files and folders that a page names, or has in a command of its own folders."""
    said = {code for code in CODE.findall(text) if NAMED.fullmatch(code)}
    commands = {word for block in BLOCK.findall(text) for word in block.split() if NAMED.fullmatch(word)}
    return said | {word for word in commands if (ROOT / word.split("/")[0]).is_dir()}


def is_there(page: Path, path: str) -> bool:
    """Whether something named on a page exists; one without a folder may lie anywhere."""
    if any(any(folder.glob(path)) for folder in (page.parent, *FOLDERS)):
        return True
    return "/" not in path.rstrip("/") and any(
        any((ROOT / folder).rglob(path)) for folder in ("pathway_modeller", "scenarios", "tests")
    )


def is_module(name: str) -> bool:
    """Whether a dotted name is a module, a package, or something that one of them has."""
    *steps, last = name.split(".")
    for root in (ROOT / "pathway_modeller", ROOT):
        place = root.joinpath(*steps)
        if (place / last).is_dir() or (place / f"{last}.py").is_file():
            return True
        for file in (place.with_suffix(".py"), place / "__init__.py"):
            if file.is_file() and re.search(rf"\b{last}\b", file.read_text(encoding="utf-8")):
                return True
    return False


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert {path for path in named(text) - MADE if not is_there(page, path)} == set()
    modules = {code for code in CODE.findall(text) if DOTTED.fullmatch(code)} - named(text)
    assert {name for name in modules if not is_module(name)} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    lost = set()
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        path, _, heading = link.partition("#")
        target = page.parent / path if path else page
        if "://" in link or path.startswith("mailto:"):
            continue
        if not target.exists() or (heading and heading not in headings(target)):
            lost.add(link)
    assert lost == set()


def headings(page: Path) -> set[str]:
    """Returns the headings of a page as links name them."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_a_decision_keeps_to_half_a_page() -> None:
    long = {
        page.name for page in (DOCS / "decisions").glob("*.md") if len(page.read_text("utf-8").split()) > 320
    }
    assert long == set()
