"""Opening and saving a scenario file: all problems at once when opening, all or nothing when saving."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import secrets
import stat
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pathway_modeller.scenario.document import Scenario
from pathway_modeller.scenario.file.field_problems import field_problems
from pathway_modeller.scenario.file.migrations import migrate
from pathway_modeller.scenario.file.reading import LARGEST_FILE, file_problem, read_document, too_large
from pathway_modeller.scenario.options import apply_option
from pathway_modeller.scenario.problems import FileProblems, Problem, SaveError

_LARGEST_WHOLE = 2.0**53
"""Up to here every whole number is one float and no other."""


def load(path: Path | str) -> Scenario:
    """Returns the scenario in a file.

    Raises:
        FileProblems: it cannot be opened; carries every problem found.
    """
    target = Path(path)
    try:
        with target.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
            if len(data) > LARGEST_FILE:
                size = os.fstat(file.fileno()).st_size
                raise FileProblems([too_large(size)])
    except OSError as error:
        raise FileProblems([file_problem(*_unreadable(target, error))]) from None
    return parse(data)


def parse(text: str | bytes) -> Scenario:
    """Returns the scenario that a text holds.

    Raises:
        FileProblems: it is no scenario; carries every problem found.
    """
    document = read_document(text)
    if not isinstance(document.content, dict):
        raise FileProblems([*document.problems, _no_object(document.content)])
    content = migrate(document.content)
    if not {"format", "baseline", "run"} & content.keys():
        raise FileProblems(
            [
                *document.problems,
                file_problem(
                    "it holds none of what a scenario holds (format, baseline, run)", "Choose a scenario file"
                ),
            ]
        )
    known = {problem.place for problem in document.problems}
    found = [problem for problem in field_problems(content) if problem.place not in known]
    if document.problems or found:
        raise FileProblems([*document.problems, *found])
    return Scenario.model_validate_json(json.dumps(content), strict=True, by_alias=True, by_name=False)


def dump(scenario: Scenario) -> str:
    """Returns the text of a scenario file: sorted keys, two spaces, defaults left out, a final line break.

    Whole numbers are written without a decimal point, so that reading and writing gives the same bytes.
    """
    document = json.loads(scenario.model_dump_json(by_alias=True, exclude_defaults=True))
    text = json.dumps(_tidy(document), indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return text + "\n"


def save(scenario: Scenario, path: Path | str) -> None:
    """Writes a scenario to a file, wholly or not at all.

    Raises:
        SaveError: it could not be written, or could not be opened again; the old file is untouched.
    """
    for option in scenario.options:
        _require_fit(scenario, option)
    write_atomically(Path(path), dump(scenario).encode())


def write_atomically(path: Path | str, data: bytes) -> None:
    """Writes bytes to a file so that at any instant it holds the old bytes or the new ones, never a mixture.

    The bytes go to a new file beside it, are forced to the disk, and take the old file's place in one step.
    A link is followed; the old file's permissions are kept.

    Raises:
        SaveError: it could not be written; the old file is untouched.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        _refuse_read_only(target)
        _write_new(temporary, data, target)
        os.replace(temporary, target)
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        if isinstance(error, OSError):
            raise SaveError(_not_saved(target, error)) from error
        raise
    _force_folder(target.parent)


def _write_new(temporary: Path, data: bytes, target: Path) -> None:
    """Writes a new file and forces it to the disk, with the permissions of the file it will replace."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with contextlib.suppress(FileNotFoundError):
        os.chmod(temporary, stat.S_IMODE(os.stat(target).st_mode))


def _refuse_read_only(target: Path) -> None:
    """Refuses to replace a file that may not be written to, which replacing it would get round."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))


def _force_folder(folder: Path) -> None:
    """Forces the new name to the disk where the system can do so; the file itself is whole either way."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _require_fit(scenario: Scenario, option: str) -> None:
    """Refuses to save an option that no longer fits the baseline, since the file could not be opened."""
    try:
        apply_option(scenario, option)
    except ValidationError:
        name = scenario.options[option].name
        raise SaveError(
            f'The scenario was not saved: option "{name}" changes something that the baseline no longer has. '
            f"Undo the last change of the baseline, or delete the option, and save again."
        ) from None


def _not_saved(target: Path, error: OSError) -> str:
    """Returns why a file could not be saved, and what to do."""
    reasons = {
        errno.ENOSPC: "the disk is full; make room or save it elsewhere",
        errno.EDQUOT: "your share of the disk is full; make room or save it elsewhere",
        errno.EACCES: "it may not be written to, or another program has it open; save under another name",
        errno.EPERM: "it may not be written to; save under another name",
        errno.EROFS: "the disk may only be read; save it elsewhere",
        errno.EISDIR: "this is the name of a folder; choose another name",
        errno.ENOENT: "the folder does not exist; choose another",
        errno.ENOTDIR: "the folder does not exist; choose another",
        errno.ENAMETOOLONG: "the name is too long; choose a shorter one",
    }
    number = error.errno if error.errno is not None else 0
    reason = reasons.get(number, f"the system says: {error.strerror or error}; save it elsewhere")
    return f'"{target.name}" was not saved, and what was in the file is untouched: {reason}.'


def _unreadable(target: Path, error: OSError) -> tuple[str, str]:
    """Returns why a file could not be read, and what would mend it."""
    if isinstance(error, FileNotFoundError):
        return f'there is no file "{target}"', "Check the name and the folder"
    if isinstance(error, IsADirectoryError) or target.is_dir():
        return f'"{target}" is a folder', "Choose a file in it"
    if isinstance(error, PermissionError):
        return f'"{target}" may not be read', "Ask its owner for permission, or copy it to your own folder"
    return (
        f'"{target}" cannot be read ({error.strerror or error})',
        "Copy it to your own folder and try again",
    )


def _no_object(content: object) -> Problem:
    """Returns the problem of a document that is a list, a text or a number."""
    kind = "a list" if isinstance(content, list) else "a single value"
    return file_problem(f"it holds {kind} and no scenario", "Choose a scenario file")


def _tidy(value: Any) -> Any:
    """Returns a document in which whole numbers are integers, as people write them."""
    if isinstance(value, dict):
        return {key: _tidy(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return int(value)
    return value
