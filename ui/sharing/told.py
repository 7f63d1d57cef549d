"""What came of coding that was brought in, in the look of the import's report, and as text to copy."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from annotate.spoken import counted
from storage.importing import Told
from storage.rehydrated import ArticleTold, MarkTold, Rehydrated, TaxonomyTold, said
from ui.dialogs.reports import LISTED, entry_html, head_html
from ui.look import Look

LONGEST = 90  # characters of a quote that is shown


def sections(report: Rehydrated) -> list[tuple[str, list[Told]]]:
    """What is told, under its heads; those without anything are left out."""
    told = (
        ("Articles that are not here", [_missing(each) for each in report.missing]),
        ("Highlights without a place", [_lost(each) for each in report.lost]),
        ("On words that differ a little", [_placed(each) for each in report.changed]),
        ("Lines that cannot be read", [Told(f"Line {each.number}", each.reason) for each in report.bad]),
        ("What hangs on them and did not come", [Told("", each) for each in report.notes]),
        ("Articles whose text differs", [_other(each) for each in report.others]),
        ("Taxonomies", [Told(each.title, what) for each in report.taxonomies if (what := _taxonomy(each))]),
        ("The same words, elsewhere", [_placed(each) for each in report.moved]),
    )
    return [(head, listed) for head, listed in told if listed]


def as_html(report: Rehydrated, look: Look, *, dry_run: bool) -> str:
    """The report as it is shown."""
    dim = look.theme.dim
    first, _, more = said(report, dry_run=dry_run).partition("; ")
    parts = [f"<p><b>{escape(first)}</b>{escape(f'; {more}' if more else '')}.</p>"]
    if report.whole and not report.moved and not report.changed:
        parts.append("<p>Every highlight stands on the same text as before.</p>")
    for head, told in sections(report):
        parts.append(head_html(head, len(told), dim))
        parts += [entry_html(each.path, each.what, dim) for each in told[:LISTED]]
        if len(told) > LISTED:
            parts.append(f"<p style='color:{dim}'>and {len(told) - LISTED:,} more in the copied text</p>")
    return "".join(parts)


def as_text(name: str, report: Rehydrated, *, dry_run: bool) -> str:
    """The whole report, as it is copied."""
    lines = [f"Coding from {name}", said(report, dry_run=dry_run)]
    for head, told in sections(report):
        lines += ["", f"{head}: {len(told):,}", *(_line(each) for each in told)]
    return "\n".join(lines)


def _line(told: Told) -> str:
    return f"  {told.path}\n    {told.what}" if told.path else f"  {told.what}"


def _missing(told: ArticleTold) -> Told:
    return Told(told.named, f"{told.why}; {counted(told.marks, 'highlight')}")


def _other(told: ArticleTold) -> Told:
    lost = f", {told.lost:,} without a place" if told.lost else ""
    return Told(told.named, f"known by {told.by}; {counted(told.marks, 'highlight')}{lost}")


def _lost(told: MarkTold) -> Told:
    quote = f" “{_short(told.quote)}”" if told.quote else ""
    return Told(told.named, f"{_whose(told)}, {_span(told.before)}{quote}: {told.why}")


def _placed(told: MarkTold) -> Told:
    where = f"{_span(told.before)} → {_span(told.spans)}"
    return Told(told.named, f"{_whose(told)}, {where}: “{_short(told.quote)}”")


def _taxonomy(told: TaxonomyTold) -> str:
    facts = [f"{counted(told.codes, 'code')} {'with it' if told.new else 'more'}"] if told.codes else []
    facts = ["new here", *facts] if told.new else facts
    facts += (
        [f"{counted(told.differing, 'code')} say something else here, and stay so"] if told.differing else []
    )
    return "; ".join(facts)


def _whose(told: MarkTold) -> str:
    return f"{told.label or 'no code'}, {told.coder}"


def _span(spans: Sequence[tuple[int, int]]) -> str:
    return f"{spans[0][0]:,} to {spans[-1][1]:,}"


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
