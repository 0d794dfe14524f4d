"""Whether a window can be shown here, asked before Qt is loaded (it would end the program otherwise)."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping
from pathlib import Path

_NEEDED = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
}
"""What Qt loads on Linux, with the Debian and Ubuntu package that holds it."""

_NEEDED_FOR_X11 = {
    "libxcb.so.1": "libxcb1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""What Qt loads besides where windows are shown through X11."""


def why_no_window(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> str | None:
    """Returns a sentence that says why no window can be shown, or None if one can.

    Args:
        environment: environment variables.
        platform: as ``sys.platform``; only Linux and its kin can be without a display.
    """
    if platform in ("win32", "darwin"):
        return None
    chosen = environment.get("QT_QPA_PLATFORM", "")
    screen = environment.get("DISPLAY", "")
    if not chosen and not screen and not _wayland(environment):
        return "There is no display here, so no window can be shown."
    missing = missing_packages(environment, platform)
    if missing:
        return (
            "The window needs libraries that this system lacks; install them, on Debian and Ubuntu with: "
            f"sudo apt-get install {' '.join(missing)}"
        )
    if _by_x11(environment) and not _answers(screen):
        return f"The display {screen!r} does not answer, so no window can be shown."
    return None


def missing_packages(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> tuple[str, ...]:
    """Returns the Debian and Ubuntu packages of the libraries and fonts that Qt needs and does not find."""
    if not platform.startswith("linux"):
        return ()
    needed = _NEEDED | _NEEDED_FOR_X11 if _by_x11(environment) else _NEEDED
    missing = {package for library, package in needed.items() if not _loads(library)}
    if not _has_fonts(environment):
        missing.add("fonts-dejavu-core")
    return tuple(sorted(missing))


def _by_x11(environment: Mapping[str, str]) -> bool:
    """Whether Qt would show windows through X11."""
    chosen = environment.get("QT_QPA_PLATFORM", "")
    if chosen:
        return chosen.startswith("xcb")
    return bool(environment.get("DISPLAY")) and not _wayland(environment)


def _has_fonts(environment: Mapping[str, str]) -> bool:
    """Whether there is any font to write with."""
    home = Path(environment.get("HOME", "/"))
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".local/share/fonts")
    return any(next(folder.rglob("*.[ot]tf"), None) for folder in folders)


def _wayland(environment: Mapping[str, str]) -> bool:
    """Whether there is a Wayland session to show a window in."""
    name = environment.get("WAYLAND_DISPLAY", "")
    return bool(name) and Path(environment.get("XDG_RUNTIME_DIR", "/"), name).exists()


def _loads(library: str) -> bool:
    """Whether a shared library can be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(screen: str) -> bool:
    """Whether an X server takes a connection."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(screen.encode(), None)
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed
