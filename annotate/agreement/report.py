"""A comparison as one reads it: Markdown for a package and a file, plain lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotate.agreement.compared import Comparison, OfCode, OfQuestion, OfScheme
from annotate.agreement.estimate import Estimate, in_figures
from annotate.frozen import frozen
from annotate.model import Code
from annotate.spoken import counted

ABSENT = "–"
WIDEST = 44  # letters of a name on a terminal
HEAD = ("code", "used in", "agree", "alpha", "AC1", "kappa", "unit alpha", "F1 exact", "F1 overlap")
READ = (
    "**agree** is the share of articles on which two coders agree that they have the code or not; **alpha** "
    "(Krippendorff), **AC1** (Gwet) and **kappa** (Cohen; of more than two coders the mean of all pairs, Light) "
    "correct that for chance, each in its way. **used in** counts the articles in which any of them used the code.",
    "**unit alpha** (|u-alpha) says how far coders agree on where its marks begin and end; **F1 exact** and **F1 "
    "overlap** are the shares of marks with the same characters, and of marks that overlap: these two are not "
    "corrected for chance.",
    "In brackets stand 95 % intervals: of alpha and AC1 after Gwet, over articles; of the others from articles drawn "
    "again and again. A dash is a figure that is not defined, as where nothing varies; the tables say why.",
)


@frozen
class Grid:
    """A table; all columns but those of `texts` (by place) hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: tuple[int, ...] = (0,)


@frozen
class Heading:
    text: str


Part = str | Grid | Heading


def markdown(comparisons: Sequence[Comparison], title: str) -> str:
    """All of it as one document."""
    parts = [f"# {title}"]
    for number, each in enumerate(comparisons, 1):
        if len(comparisons) > 1:
            parts.append(f"## Comparison {number}: {_flat(each.title)}")
        parts += map(_as_markdown, told(each))
    parts += ["## How to read it", *READ]
    return "\n\n".join(parts) + "\n"


def plain(comparisons: Sequence[Comparison]) -> Iterator[str]:
    """Lines for a terminal."""
    for number, each in enumerate(comparisons, 1):
        if len(comparisons) > 1:
            yield f"Comparison {number}: {each.title}"
        for part in told(each):
            if isinstance(part, Grid):
                yield from _in_columns(part)
            else:
                yield part.text if isinstance(part, Heading) else part
            yield ""


def told(comparison: Comparison) -> Iterator[Part]:
    """What there is to say, in order."""
    yield "\n".join(comparison.in_words())
    yield _how(comparison)
    codes, held = comparison.codes(), comparison.found()
    for taxonomy in comparison.taxonomies:
        if found := [each for _, each in held[taxonomy.id]]:
            yield Heading(taxonomy.title)
            scheme = next(each for each in comparison.compared.schemes if each.taxonomy == taxonomy.id)
            yield _scheme(scheme)
            yield Grid(HEAD, tuple(code_row(each, codes) for each in found))
            yield from _few(found)
            yield from _taken(comparison, scheme, codes)
    yield from _asked(comparison)
    if not comparison.compared.codes and not comparison.compared.questions:
        yield "None of them marked or answered anything there."


def _how(comparison: Comparison) -> str:
    held = comparison.compared
    drawn = f"{held.draws:,} draws of articles with the seed {held.seed}"
    return f"{counted(held.length, 'character')} in all. Intervals of passages: {drawn}."


def code_row(found: OfCode, codes: dict[str, Code]) -> tuple[str, ...]:
    """A code's line of the table, under HEAD."""
    each = found.presence
    return (
        codes[found.code].name + ("*" if found.few else ""),
        f"{found.positive:,}",
        _figure(each.percent, 2),
        _figure(each.alpha),
        _figure(each.ac),
        _figure(each.kappa),
        _figure(found.passages.unit),
        _figure(found.passages.exact),
        _figure(found.passages.overlap),
    )


def _scheme(found: OfScheme) -> str:
    told = [
        f"Where anything is marked, whatever as: unit alpha {_figure(found.places.unit)}, "
        f"F1 exact {_figure(found.places.exact)}, overlap {_figure(found.places.overlap)}.",
        f"What it is coded as, where two marked something: alpha of the sets of codes (MASI) {_figure(found.labels)}"
        + (f", cu-alpha {_figure(found.coding)}" if found.coding.value is not None else "")
        + ".",
    ]
    return " ".join(told)


def _few(found: Sequence[OfCode]) -> Iterator[str]:
    if any(each.few for each in found):
        yield (
            "* used in fewer than 20 articles: chance moves such figures so far that they and their intervals say "
            "little."
        )


def _taken(comparison: Comparison, scheme: OfScheme, codes: dict[str, Code]) -> Iterator[Part]:
    """What is most often taken for something else, by pair."""
    unlike = {key: n for key, n in scheme.confusion.items() if key[1] != key[2] and key[1] and key[2]}
    if not unlike:
        return
    rows = []
    for (pair, one, other), number in sorted(unlike.items(), key=lambda item: (-item[1], str(item[0])))[:10]:
        first, second = comparison.compared.pairs[pair]
        rows.append((first, codes[one or ""].name, second, codes[other or ""].name, f"{number:,}"))
    yield "Most often one coder took for one code what the other took for another:"
    yield Grid(("coder", "code", "other coder", "other code", "marks"), tuple(rows), (0, 1, 2, 3))


def _asked(comparison: Comparison) -> Iterator[Part]:
    if asked := comparison.asked():
        yield Heading("Questions about the articles")
        rows = [_question_row(found, question.name) for question, found in asked]
        head = ("question", "distance", "articles", "agree", "alpha", "AC1", "kappa")
        yield Grid(head, tuple(rows), (0, 1))


def _question_row(found: OfQuestion, name: str) -> tuple[str, ...]:
    each = found.figures
    return (
        name, found.metric, f"{each.units:,}", _figure(each.percent, 2), _figure(each.alpha), _figure(each.ac),
        _figure(each.kappa),
    )  # fmt: skip


def _figure(found: Estimate, places: int = 2) -> str:
    if found.value is None:
        return ABSENT
    said = in_figures(found.value, places)
    if found.low is None or found.high is None:
        return said
    return f"{said} [{in_figures(found.low, places)}, {in_figures(found.high, places)}]"


def _as_markdown(part: Part) -> str:
    if isinstance(part, Heading):
        return f"### {_flat(part.text)}"
    if isinstance(part, str):
        return part.replace("*", "\\*")
    rule = "|" + "|".join("---" if at in part.texts else "---:" for at in range(len(part.head))) + "|"
    return "\n".join([_line(part.head), rule, *map(_line, part.rows)])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_flat(cell).replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shortened(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= WIDEST else f"{flat[: WIDEST - 1]}…"


def _in_columns(grid: Grid) -> Iterator[str]:
    rows = [tuple(map(_shortened, row)) for row in (grid.head, *grid.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if at in grid.texts else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
