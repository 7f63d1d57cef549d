"""The command that draws a view."""

from __future__ import annotations

import os
from pathlib import Path

import click

from annotate.errors import UserError
from ui.commands.group import PROJECT, need_qt


@click.command()
@PROJECT
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--view", default="main", show_default=True, help="Which view to draw.")
@click.option("--article", default=None, help="Id, text hash or title; the first unless given.")
@click.option("--theme", default="light", show_default=True, help="light, dark, high-contrast or system.")
@click.option("--size", default="1280x800", show_default=True, metavar="WxH", help="In pixels.")
def screenshot(project: Path, out: Path, view: str, article: str | None, theme: str, size: str) -> None:
    """Draw a view into a PNG file; needs no screen."""
    from annotate.writers.whole import check_target

    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= 8192 and 0 < int(height) <= 8192):
        raise UserError(f"“{size}” is no size; write 1280x800.")
    check_target(out)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    need_qt()
    from ui.screenshot import take_screenshot

    take_screenshot(project, out, view=view, article=article, theme=theme, size=(int(width), int(height)))
    click.echo(f"Drew {out}")
