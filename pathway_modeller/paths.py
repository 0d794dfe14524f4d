"""Where the shipped folders lie, in a checkout and in an installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """Returns the path of ``scenarios`` or ``resources``.

    Args:
        folder: ``"scenarios"`` or ``"resources"``.

    Raises:
        FileNotFoundError: the installation lacks the folder.
    """
    for root in (_PACKAGE / "_shipped", _PACKAGE.parent):
        if (root / folder).is_dir():
            return root / folder
    raise FileNotFoundError(f"The installation lacks its folder {folder!r}; install Pathway Modeller again.")
