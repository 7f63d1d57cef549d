"""A text with its highlights, cut into runs that look alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotate.intervals import lanes
from annotate.model import Block, BlockKind, Span, Taxonomy
from annotate.taxonomy import by_id, resolved_colour
from annotate.text import lines
from annotate.writers.colours import NEUTRAL, on_paper
from annotate.writers.dataset import CodedArticle
from annotate.writers.document import Run, Runs
from annotate.writers.shapes import stretches
from annotate.writers.spans import CodedSpan

LONGEST_KEY = 24


@dataclass(frozen=True, slots=True)
class Signs:
    """How codes are told: by colour, and by a short key that stands behind a highlight."""

    colours: Mapping[str, str]
    keys: Mapping[str, str]
    several_coders: bool = False

    @classmethod
    def of(cls, taxonomies: Sequence[Taxonomy], coders: Sequence[str]) -> Signs:
        """A key is the notation, with the taxonomy's slug where several have it, or else the label."""
        codes = [(taxonomy, code) for taxonomy in taxonomies for code in taxonomy.codes]
        seen: dict[str, int] = {}
        for _, code in codes:
            seen[code.notation] = seen.get(code.notation, 0) + 1
        keys, colours = {}, {}
        known = {taxonomy.id: by_id(taxonomy.codes) for taxonomy in taxonomies}
        for taxonomy, code in codes:
            key = code.notation or " ".join(code.label.split())
            if len(key) > LONGEST_KEY:
                key = key[: LONGEST_KEY - 1] + "…"
            keys[code.id] = f"{taxonomy.slug}:{key}" if code.notation and seen[code.notation] > 1 else key
            colours[code.id] = on_paper(resolved_colour(code, known[taxonomy.id]))
        return cls(colours, keys, len(coders) > 1)

    def colour(self, code: str | None) -> str:
        return self.colours.get(code or "", NEUTRAL)

    def key(self, code: str | None) -> str:
        return self.keys.get(code or "", "–")

    def sign(self, span: CodedSpan) -> str:
        """The key as it stands behind a mark: with its coder if there are several, with ? where unsure."""
        who = f"·{span.coder}" if self.several_coders else ""
        return f"{self.key(span.code)}{'?' if span.certainty == 'unsure' else ''}{who}"

    def tip(self, span: CodedSpan) -> str:
        """All that is known of a mark, in a line."""
        qualifiers = (f"{name}: {value}" for name, value in span.qualifiers)
        said = [f"{span.notation} {span.path}".strip() or "No code", *qualifiers]
        said += [span.coder, span.certainty, span.memo]
        return " — ".join(each for each in said if each)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text in cells (several only in a row), as what it is shown."""

    block: Block
    cells: tuple[Runs, ...]


@dataclass(slots=True)
class _Pieces:
    """Where highlights begin and end, and which are on."""

    begins: dict[int, list[int]] = field(default_factory=dict)
    ends: dict[int, list[int]] = field(default_factory=dict)


def drawn(article: CodedArticle, signs: Signs) -> Iterator[Line]:
    """The lines that are not empty; a sign stands where a highlight ends, or one of its stretches."""
    spans, text = article.spans, article.text
    lane = lanes([(span.start, span.end) for span in spans])
    pieces = _pieces(text, spans)
    cuts = sorted({*pieces.begins, *pieces.ends})
    blocks = {block.start: block for block in article.layout.blocks}
    on: dict[int, None] = {}
    at = 0
    for start, end in lines(text):
        block = blocks.get(start) or Block(start, end)
        cells: list[Runs] = []
        for first, last in _cells(text, start, end, block):
            runs: list[Run] = []
            here = first
            while True:
                until = cuts[at] if at < len(cuts) and cuts[at] <= last else last
                if until > here:
                    runs.append(_run(text[here:until], on, spans, lane, signs))
                here = until
                if at >= len(cuts) or cuts[at] > last:
                    break
                runs += _turn(pieces, cuts[at], on, spans, signs)
                at += 1
            cells.append(tuple(runs))
        if any(cells):
            yield Line(block, tuple(cells))


def unseen(article: CodedArticle) -> int:
    """How many marks lie on nothing but line breaks."""
    return sum(1 for span in article.spans if not any(map(bool, _visible(article.text, span))))


def _turn(
    pieces: _Pieces, cut: int, on: dict[int, None], spans: Sequence[CodedSpan], signs: Signs
) -> Iterator[Run]:
    """What ends at a place is signed and taken off, then what begins there comes on."""
    for place, which in enumerate(pieces.ends.get(cut, ())):
        on.pop(which, None)
        span, between = spans[which], ",\u2009" if place else ""
        sign = f"{between}{signs.sign(span)}"
        yield Run(sign, raised=True, colour=signs.colour(span.code), tip=signs.tip(span))
    for which in pieces.begins.get(cut, ()):
        on[which] = None


def _pieces(text: str, spans: Sequence[CodedSpan]) -> _Pieces:
    made = _Pieces()
    for which, span in enumerate(spans):
        for start, end in _visible(text, span):
            made.begins.setdefault(start, []).append(which)
            made.ends.setdefault(end, []).append(which)
    return made


def _visible(text: str, span: CodedSpan) -> Iterator[Span]:
    """The stretches of a mark without line breaks and tabs at their edges."""
    for start, end in stretches(span):
        inner = text[start:end]
        begin = start + len(inner) - len(inner.lstrip("\n\t"))
        finish = end - (len(inner) - len(inner.rstrip("\n\t")))
        if begin < finish:
            yield begin, finish


def _cells(text: str, start: int, end: int, block: Block) -> Iterator[Span]:
    if block.kind is BlockKind.ROW:
        while (tab := text.find("\t", start, end)) >= 0:
            yield start, tab
            start = tab + 1
    yield start, end


def _run(
    text: str, on: Mapping[int, None], spans: Sequence[CodedSpan], lane: Sequence[int], signs: Signs
) -> Run:
    if not on:
        return Run(text)
    marks: list[str | None] = [None] * (max(lane[which] for which in on) + 1)
    for which in on:
        marks[lane[which]] = signs.colour(spans[which].code)
    return Run(text, tuple(marks), tip="\n".join(signs.tip(spans[which]) for which in on))
