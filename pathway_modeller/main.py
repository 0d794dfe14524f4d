"""Where the program begins: the window, or the command line."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from pathway_modeller.streams import prepare_streams

EXAMPLE = "wigan-outpatient-follow-up.json"
"""The worked example that is shown first."""

_SPARED = {"OPENBLAS_NUM_THREADS": "1", "PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""What libraries shall not do when they are loaded, unless the environment says otherwise.

NumPy and SciPy each start a thread for every processor, for equations larger than any here: a tenth of a
second. Pydantic reads about every installed library whether it changes how records are checked.
"""

_NEW_OBJECTS = 200_000
"""After so many new objects a command looks for rubbish among them; Python by itself does so after 700.

More than a check loads, all of which stays; a run, which makes rubbish, looks more often.
"""

_QUICK_REPLICATIONS = 5
"""Enough to see what comes out; the window and the commands use the scenario's own number."""


def main() -> None:
    """Runs the program and ends with its exit code."""
    _prepare()
    sys.exit(start(sys.argv[1:]))


def window() -> None:
    """Opens the window without a console beside it, and ends with its exit code.

    A scenario file may be given; one that cannot be read is told in the window, as nobody sees the output.
    """
    _prepare()
    from pathway_modeller.display import why_no_window

    reason = why_no_window()
    if reason is not None:
        sys.exit(reason)
    from pathway_modeller.gui.app import run_app

    sys.exit(run_app(Path(sys.argv[1]) if sys.argv[1:] else None))


def _prepare() -> None:
    """Readies what has to be so before any library is loaded or a word is written."""
    prepare_streams()
    for name, value in _SPARED.items():
        os.environ.setdefault(name, value)


def start(arguments: Sequence[str]) -> int:
    """Does what the arguments ask and returns the exit code.

    With no argument, or with one scenario file, the window opens; anything else is a command.
    """
    if not arguments:
        return _open_window(None)
    if len(arguments) == 1 and arguments[0].lower().endswith(".json") and not arguments[0].startswith("-"):
        path = Path(arguments[0])
        if not path.is_file():
            print(f"There is no file {arguments[0]!r}.", file=sys.stderr)  # noqa: T201
            return 2
        return _open_window(path)
    return _run_command(arguments)


def _run_command(arguments: Sequence[str]) -> int:
    """Does a command and returns the exit code.

    Loading libraries makes a quarter of a million objects that stay. To look for rubbish among them while
    they are loaded, and once more when the program ends, takes up to half a second, in vain.
    """
    gc.set_threshold(_NEW_OBJECTS)
    from pathway_modeller.cli import run_command_line

    atexit.register(gc.freeze)
    return run_command_line(arguments)


def _open_window(path: Path | None) -> int:
    """Opens the window on a file, or on the worked example; in the terminal where there is no display."""
    from pathway_modeller.display import why_no_window

    reason = why_no_window()
    if reason is not None:
        return _compare_in_terminal(reason, path)
    from pathway_modeller.gui.app import run_app

    return run_app(path)


def _compare_in_terminal(reason: str, path: Path | None) -> int:
    """Says why there is no window, and shows the same comparison with figures and charts."""
    from pathway_modeller.paths import shipped

    file = path or shipped("scenarios") / EXAMPLE
    out = _results_folder() / file.stem
    print(  # noqa: T201
        f"{reason}\nThe comparison of {file.name} runs here instead, with {_QUICK_REPLICATIONS} "
        f"replications, which takes some minutes; its figures and charts go to {out}.",
        flush=True,
    )
    replications = ("--replications", str(_QUICK_REPLICATIONS))
    return _run_command(["compare", str(file), *replications, "--out", str(out)])


def _results_folder() -> Path:
    """Returns the folder for results: here, or with the person's own data if nothing can be written here."""
    if os.access(Path.cwd(), os.W_OK):
        return Path.cwd() / "results"
    from platformdirs import user_data_path

    return user_data_path("pathway-modeller", appauthor=False) / "results"
