"""Why no window can be opened, found out before Qt would abort the process."""

from __future__ import annotations

import importlib
import os
import stat
import sys
from pathlib import Path

# What Qt's xcb platform plugin needs beyond PySide6 itself: library -> Debian package.
XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
REST = "The other commands work without a screen; see postil --help."


def why_no_window() -> str | None:
    """A sentence that says what is missing, or None where a window can be opened."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        missing = _missing(QT_LIBRARIES)
        return _sentence(missing) if missing else f"Qt cannot be loaded ({error}). {REST}"
    wanted = [name.split(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    if not wanted:
        return None if _wayland_is_there() else _why_no_x11()
    if "xcb" in wanted:
        return None if len(wanted) > 1 and _wayland_is_there() else _why_no_x11()
    if not any(_has_platform(name) for name in wanted):
        return (
            f"Qt knows no platform “{os.environ['QT_QPA_PLATFORM']}” (QT_QPA_PLATFORM); it has "
            f"{', '.join(_platforms())}. {REST}"
        )
    if all(name.startswith("wayland") for name in wanted) and not _wayland_is_there():
        return f"There is no Wayland screen here, which QT_QPA_PLATFORM asks for. {REST}"
    return None


def can_draw() -> bool:
    """Whether Qt finds the libraries without which it draws nothing, on a screen or off."""
    return not sys.platform.startswith("linux") or not _missing(QT_LIBRARIES)


def _why_no_x11() -> str | None:
    display = os.environ.get("DISPLAY")
    if not display:
        return f"There is no screen here: neither DISPLAY nor WAYLAND_DISPLAY leads to one. {REST}"
    if missing := _missing(XCB_LIBRARIES):
        return _sentence(missing)
    return None if _answers(display) else f"The screen {display} does not answer. {REST}"


def _wayland_is_there() -> bool:
    """Whether the socket that WAYLAND_DISPLAY names is there."""
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    try:
        return stat.S_ISSOCK(Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name).stat().st_mode)
    except OSError:
        return False


def _has_platform(name: str) -> bool:
    """Where the wheels have it, or else where Qt itself would look, which takes longer to ask."""
    import PySide6

    beside = Path(PySide6.__file__).with_name("Qt") / "plugins" / "platforms"
    file = f"libq{name}.so"
    return beside.joinpath(file).exists() or _plugins().joinpath(file).exists()


def _platforms() -> list[str]:
    """The platform plugins that came with PySide6."""
    return sorted(path.name.removeprefix("libq").removesuffix(".so") for path in _plugins().glob("libq*.so"))


def _plugins() -> Path:
    from PySide6.QtCore import QLibraryInfo

    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms")


def _sentence(missing: dict[str, str]) -> str:
    library = next(iter(missing))
    packages = " ".join(missing.values())
    return (
        f"Qt needs the system library {library}, which is not installed; on Debian or Ubuntu: "
        f"apt install {packages}. {REST}"
    )


def _missing(libraries: dict[str, str]) -> dict[str, str]:
    return {library: package for library, package in libraries.items() if not _loads(library)}


def _loads(library: str) -> bool:
    import ctypes

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _answers(display: str) -> bool:
    """Whether an X server takes a connection; Qt itself would abort where none does."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    broken = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not broken
