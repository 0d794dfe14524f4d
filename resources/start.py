"""Sets everything up and opens Pathway Modeller, on a fresh machine too.

``python3 resources/start.py`` opens the window on the worked example; what else is given is passed on to
``pathway-modeller``. ``python3 resources/start.py --test`` passes the tests: style and docstrings, types,
imports, then pytest, to which what else is given is passed on. ``--test --all`` looks for what nobody uses,
too, has slow tests among the others, and says which lines no test has come to.

It needs nothing but Python, and puts what it installs into the folder ``.venv`` of this checkout, so that
it also works where the system's Python may not be added to.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "pathway-modeller.json"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

TYPES = [PYTHON, "-m", "mypy"]
PLAIN = ["tests/engines", "-k", "(same_trace or tally) and made_up"]
"""Tests that play compiled functions, to be counted line by line where nothing is compiled."""

OLDEST, TOO_NEW = (3, 11), (3, 14)
VERSIONS = ("3.13", "3.12", "3.11")


class SetUpFailed(Exception):  # noqa: N818 - the name says what happened
    """The machine lacks something; the message says what, and what to do."""


def main(arguments: Sequence[str]) -> int:
    """Sets up what is not set up yet, then opens the program or passes the tests; returns the exit code."""
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        return with_another_python(arguments)
    testing = list(arguments[:1]) == ["--test"]
    try:
        set_up("test" if testing else "app")
        return run_tests(arguments[1:]) if testing else follow([PYTHON, "-m", "pathway_modeller", *arguments])
    except SetUpFailed as failed:
        print(failed, file=sys.stderr)
        return 1


def with_another_python(arguments: Sequence[str]) -> int:
    """Starts again with a suitable Python, or says which to install; returns the exit code."""
    for version in VERSIONS:
        for command in ([f"python{version}"], ["py", f"-{version}"]):
            found = shutil.which(command[0])
            if found is not None and works([found, *command[1:], "-c", "import sys"]):
                return follow([found, *command[1:], __file__, *arguments])
    print(f"This is Python {sys.version.split()[0]}; install Python 3.11, 3.12 or 3.13 and run it with that.")
    return 1


def set_up(part: str) -> None:
    """Installs the program into ``.venv``, unless it is there as it should be.

    Args:
        part: ``"app"``, or ``"test"`` for what the tests need besides.

    Raises:
        SetUpFailed: the machine lacks something.
    """
    wanted = fingerprint()
    done = parts_done(wanted)
    if part in done:
        return
    print(f"Setting up in {ENVIRONMENT} (once; some minutes) ...", flush=True)
    if not works([PYTHON, "-c", f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"]):
        make_environment()
    target = f"{ROOT}[test]" if part == "test" else str(ROOT)
    result = subprocess.run(
        [*installer(), "install", "--editable", target],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if result.returncode:
        raise SetUpFailed(
            f"{result.stdout}\nThe installation failed (see above); it needs the internet once, and room on "
            "the disk. Run the same command again when that is mended."
        )
    STAMP.write_text(json.dumps({"for": wanted, "parts": sorted({*done, part, "app"})}), encoding="utf-8")
    if not done and part == "app":
        # Before tests it is done beside the first checks.
        prepare_engine()


def prepare_engine() -> None:
    """Has the simulation engine compiled, which takes a minute, so that nobody waits for it later.

    Where that fails nothing is lost: the first run does it, or says why it cannot.
    """
    follow([PYTHON, "-c", "from pathway_modeller.experiment.runs.preparation import prepare; prepare(print)"])


def fingerprint() -> str:
    """Returns what the installation depends on: the project's requirements, this Python, this place."""
    parts = ((ROOT / "pyproject.toml").read_bytes(), sys.version.encode(), str(ROOT).encode())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def parts_done(wanted: str) -> set[str]:
    """Returns what has been installed for this fingerprint."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return set(stamp["parts"]) if stamp["for"] == wanted else set()
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def make_environment() -> None:
    """Makes ``.venv`` anew; without pip where the system's Python cannot give it one.

    Raises:
        SetUpFailed: this Python cannot make environments.
    """
    make = [sys.executable, "-m", "venv", "--clear"]
    if not works([*make, ENVIRONMENT]) and not works([*make, "--without-pip", ENVIRONMENT]):
        raise SetUpFailed(without_venv())


def installer() -> list[str | Path]:
    """Returns the command that installs into ``.venv``.

    Raises:
        SetUpFailed: neither pip nor uv is there.
    """
    quietly = ["--disable-pip-version-check", "--quiet"]
    if works([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip", *quietly]
    outside: list[str | Path] = [sys.executable, "-m", "pip", "--python", PYTHON]
    if works([*outside, "--version"]):
        return [*outside, *quietly]
    uv = shutil.which("uv")
    if uv is not None:
        return [uv, "pip", "--python", str(PYTHON), "--quiet"]
    raise SetUpFailed(without_venv())


def without_venv() -> str:
    """Returns what to do where Python came without the means to make environments."""
    version = ".".join(map(str, sys.version_info[:2]))
    return (
        "This Python cannot make an environment with pip; install that part of it (on Debian and Ubuntu: "
        f"sudo apt-get install python{version}-venv) and run the same command again."
    )


def run_tests(arguments: Sequence[str]) -> int:
    """Runs every check, the tests last; returns 0 if all passed.

    Args:
        arguments: for pytest; ``--all`` stands for what takes longer besides.
    """
    # Tests open windows; off the screen they disturb nobody and need no display.
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    install_libraries(environment)
    rest = [each for each in arguments if each != "--all"]
    everything = len(rest) < len(arguments)
    failed = []
    # One processor is enough for the types: they are looked at while the engine is compiled and tested.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        types = subprocess.Popen(TYPES, env=environment, cwd=ROOT, stdout=said, stderr=subprocess.STDOUT)
        for title, command, more in checks(rest, everything=everything):
            show(title, command)
            if follow(command, environment | more):
                failed.append(title)
        types.wait()
        said.seek(0)
        show("types", TYPES)
        print(said.read(), flush=True)
    if types.returncode:
        failed.append("types")
    if failed:
        print(f"\nNot passed: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0


def checks(
    arguments: Sequence[str], *, everything: bool
) -> list[tuple[str, list[str | Path], dict[str, str]]]:
    """Returns the checks beside that of types, each with its title and what the environment has besides.

    Args:
        arguments: for pytest.
        everything: whether there is time for more.
    """
    # Tests of a group share a window or results that take seconds to make, and so a worker.
    workers = ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup"]
    found: list[tuple[str, list[str | Path], dict[str, str]]] = [
        ("style and docstrings", [PYTHON, "-m", "ruff", "check", "."], {}),
        ("layout", [PYTHON, "-m", "ruff", "format", "--check", "."], {}),
        ("imports", [PYTHON.with_name("lint-imports.exe" if os.name == "nt" else "lint-imports")], {}),
    ]
    if not everything:
        return [*found, ("tests", [PYTHON, "-m", "pytest", *workers, *arguments], {})]
    covered: list[str | Path] = [PYTHON, "-m", "coverage"]
    tested: list[str | Path] = [*covered, "run", "-m", "pytest"]
    return [
        *found,
        ("what nobody uses", [PYTHON, "-m", "vulture"], {}),
        ("old coverage", [*covered, "erase"], {}),
        ("tests", [*tested, *workers, "-m", "not minutes", *arguments], {}),
        (
            "tests of what is compiled, as plain Python",
            [*tested, *workers, *PLAIN],
            {"NUMBA_DISABLE_JIT": "1"},
        ),
        ("coverage of all", [*covered, "combine", "--quiet"], {}),
        ("coverage", [*covered, "report"], {}),
    ]


def show(title: str, command: Sequence[str | Path]) -> None:
    """Prints what is done now."""
    print(f"\n=== {title}: {' '.join(map(str, [Path(command[0]).name, *command[1:]]))}", flush=True)


def install_libraries(environment: dict[str, str]) -> None:
    """Installs the system's libraries that Qt needs, where they are missing and this may be done.

    Raises:
        SetUpFailed: they are missing, and it is for the person to install them.
    """
    asked = "from pathway_modeller.display import missing_packages; print(*missing_packages())"
    answer = subprocess.run(
        [PYTHON, "-c", asked], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    packages = answer.stdout.split()
    if not packages:
        return
    apt = shutil.which("apt-get")
    if apt is not None and os.name == "posix" and os.geteuid() == 0:
        print(f"Installing {' '.join(packages)} ...", flush=True)
        if works([apt, "update"]) and works([apt, "install", "--yes", *packages]):
            return
    raise SetUpFailed(
        "Windows need libraries that this system lacks; install them and run the same command again "
        f"(on Debian and Ubuntu: sudo apt-get install {' '.join(packages)})."
    )


def works(command: Sequence[str | Path]) -> bool:
    """Whether a command can be run and succeeds; nothing of it is shown."""
    try:
        result = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return result.returncode == 0


def follow(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> int:
    """Runs a command in sight and returns its exit code; Ctrl-C is for the command to answer."""
    with subprocess.Popen(command, env=environment, cwd=None if environment is None else ROOT) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
