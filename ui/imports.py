"""Python's own `import`, put back behind PySide's."""

from __future__ import annotations

import builtins


def load_qt() -> None:
    """Loads what every window needs of Qt, and lets modules be imported as Python does it.

    PySide puts an `import` of its own in place, which reads the source of every module that is imported from then on
    to see whether it may ask for `__feature__`; nothing here does, and it takes a tenth of the way to the window.
    """
    import PySide6.QtWidgets  # noqa: F401

    own = getattr(builtins, "__orig_import__", None)
    if own is not None:
        builtins.__import__ = own
