"""Comparisons as tables, for files or a package. A figure that is not defined is empty: `reasons` says why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from annotate.agreement.compared import Comparison, Figures, Passages
from annotate.agreement.estimate import Estimate
from annotate.codetree import path
from annotate.package.tables import Field, Leads, Sheet
from annotate.version import VERSION
from annotate.writers.tables import Cell

FOLDER = "agreement"
Rows = Iterator[tuple[Cell, ...]]
OF_UNITS = {
    "percent": "Share of agreeing pairs of coders, mean over the articles",
    "alpha": "Krippendorff's alpha",
    "ac1": "Gwet's AC1, of ordered answers AC2",
    "kappa": "Cohen's kappa, of more than two coders the mean of all pairs (Light)",
    "pi": "Scott's pi, of more than two coders Fleiss' kappa",
    "conger": "Conger's kappa",
    "s": "Bennett's S (Brennan and Prediger)",
}
OF_PASSAGES = {
    "position_alpha": "Krippendorff's alpha over all characters: marked or not",
    "unit_alpha": "Alpha of unitizing (|u-alpha): where marks begin and end",
    "exact_f1": "F1 of marks with the same characters (Holsti's coefficient of marks); not corrected for chance",
    "overlap_f1": "F1 of marks that overlap, paired one to one; not corrected for chance",
}
INTERVALS = ("alpha", "ac1", *OF_PASSAGES)
COMPARISON = Field("comparison", "Which comparison, from 1", "whole", needed=True)


def sheets(comparisons: Sequence[Comparison], *, package: bool = False) -> list[Sheet]:
    """Those that hold something. In a package they lead to its tables of coders, codes and taxonomies."""
    made = [
        _comparisons(comparisons),
        _coders(comparisons, package),
        _codes(comparisons, package),
        _code_coders(comparisons, package),
        _taxonomies(comparisons, package),
        _confusion(comparisons, package),
        _questions(comparisons),
        _answers(comparisons),
    ]
    return [made[0], made[1], *(sheet for sheet in made[2:] if any(True for _ in sheet.rows()))]


def _comparisons(comparisons: Sequence[Comparison]) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            held = each.compared
            yield (
                number, each.name, held.articles, held.length, each.level or "codes", each.round, each.filter,
                "not skipped" if each.unfinished else "done", each.not_done, each.skipped, each.not_by_all,
                held.draws, held.seed, VERSION,
            )  # fmt: skip

    fields = (
        COMPARISON,
        Field("coders", "Who is compared", needed=True),
        Field("articles", "Articles that all of them coded", "whole", needed=True),
        Field("characters", "Their length together (code points)", "whole", needed=True),
        Field("level", "codes, standard, or the number of a level of the tree", needed=True),
        Field("round", "The round that was compared, where it was one"),
        Field("filter", "The filter of articles, where there was one"),
        Field("states", "Which articles count: those done, or all not skipped", needed=True),
        Field("not_done", "Articles left out as not done", "whole"),
        Field("skipped", "Articles left out as skipped", "whole"),
        Field("not_by_all", "Articles left out as not coded by all of them", "whole"),
        Field("draws", "Draws of articles for the intervals of passages (percentiles)", "whole"),
        Field("seed", "Their seed", "whole"),
        Field("software", "Version of Postil", needed=True),
    )
    return Sheet("comparisons", FOLDER, "What was compared with what", fields, ("comparison",), rows)


def _coders(comparisons: Sequence[Comparison], package: bool) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            for coder in each.compared.coders:
                yield number, coder

    return Sheet(
        "compared_coders", FOLDER, "The coders of each comparison",
        (COMPARISON, Field("coder", "What the coder is called", needed=True)),
        ("comparison", "coder"), rows, _leads(package, "coder"),
    )  # fmt: skip


def _codes(comparisons: Sequence[Comparison], package: bool) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            codes, held = each.codes(), each.found()
            for taxonomy in each.taxonomies:
                for code, found in held[taxonomy.id]:
                    yield (
                        number, code.id, taxonomy.slug, code.notation, code.label, path(code, codes), found.positive,
                        found.presence.units, *_units(found.presence), *_passages(found.passages),
                        _reasons(_told(found.presence) | _told_places(found.passages)),
                    )  # fmt: skip

    fields = (
        COMPARISON,
        Field("code", "Id of the code", needed=True),
        Field("taxonomy", "Short name of its taxonomy", needed=True),
        Field("notation", "Its notation"),
        Field("label", "Its label"),
        Field("path", "Labels from the topmost code down"),
        Field("used_in", "Articles in which any of the coders used it", "whole"),
        *_unit_fields(),
        *_passage_fields(),
        Field("reasons", "Why a figure is not defined"),
    )
    return Sheet(
        "code_agreement", FOLDER, "Agreement on each code: whether an article has it, and where its marks are", fields,
        ("comparison", "code"), rows, _leads(package, "code", "taxonomy"),
    )  # fmt: skip


def _code_coders(comparisons: Sequence[Comparison], package: bool) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            for _, found in chain.from_iterable(each.found().values()):
                for coder, used, marks in zip(each.compared.coders, found.articles, found.marks, strict=True):
                    yield number, found.code, coder, used, used / each.compared.articles, marks

    fields = (
        COMPARISON,
        Field("code", "Id of the code", needed=True),
        Field("coder", "What the coder is called", needed=True),
        Field("articles", "Articles in which the coder used it", "whole"),
        Field("prevalence", "Their share of all compared", "share"),
        Field("marks", "How many marks the coder gave it", "whole"),
    )
    return Sheet(
        "code_use_by_coder", FOLDER, "How often each coder used each code", fields,
        ("comparison", "code", "coder"), rows, _leads(package, "code", "coder"),
    )  # fmt: skip


def _taxonomies(comparisons: Sequence[Comparison], package: bool) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            slugs = {taxonomy.id: taxonomy.slug for taxonomy in each.taxonomies}
            for found in each.compared.schemes:
                further = {"label_alpha": found.labels, "u_alpha": found.unit, "cu_alpha": found.coding}
                yield (
                    number, slugs[found.taxonomy], sum(found.marks), *_passages(found.places), found.labels.value,
                    found.unit.value, found.coding.value, found.coverage,
                    _reasons(_told_places(found.places) | further),
                )  # fmt: skip

    fields = (
        COMPARISON,
        Field("taxonomy", "Short name of the taxonomy", needed=True),
        Field("marks", "Marks of all compared coders", "whole"),
        *_passage_fields(),
        Field(
            "label_alpha",
            "Alpha of the sets of codes (MASI) where two coders or more marked something",
            "number",
        ),
        Field(
            "u_alpha",
            "u-alpha of places and codes together, where no coder laid codes over each other",
            "number",
        ),
        Field("cu_alpha", "cu-alpha of the codes where marks meet, likewise", "number"),
        Field("cu_coverage", "Share of all that is marked that meets a mark of another coder", "share"),
        Field("reasons", "Why a figure is not defined"),
    )
    return Sheet(
        "taxonomy_agreement", FOLDER, "Agreement on each taxonomy as a whole, whatever the code", fields,
        ("comparison", "taxonomy"), rows, _leads(package, "taxonomy"),
    )  # fmt: skip


def _confusion(comparisons: Sequence[Comparison], package: bool) -> Sheet:
    def rows() -> Rows:
        row = 0
        for number, each in enumerate(comparisons, 1):
            codes = each.codes()
            order = {id: at for at, id in enumerate(codes)} | {None: len(codes)}
            for found in each.compared.schemes:
                met = sorted(found.confusion, key=lambda key: (key[0], order[key[1]], order[key[2]]))
                for pair, one, other in met:
                    first, second = each.compared.pairs[pair]
                    row += 1
                    count = found.confusion[pair, one, other]
                    yield row, number, first, second, one or "", other or "", count

    fields = (
        Field("row", "Number of the row", "whole", needed=True),
        COMPARISON,
        Field("coder", "One coder", needed=True),
        Field("other_coder", "The other", needed=True),
        Field("code", "Id of the code that the one gave; empty where the one marked nothing"),
        Field("other_code", "Id of the code that the other gave to the same passage; empty likewise"),
        Field("marks", "How many marks", "whole", needed=True),
    )
    return Sheet(
        "confusion", FOLDER, "What one coder marked, and what another marked there", fields, ("row",), rows,
        _leads(package, "coder", "other_coder", "code", "other_code"),
    )  # fmt: skip


def _questions(comparisons: Sequence[Comparison]) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            for question, found in each.asked():
                yield (
                    number, question.id, question.name, question.asked, found.metric, found.figures.units,
                    *_units(found.figures), _reasons(_told(found.figures)),
                )  # fmt: skip

    fields = (
        COMPARISON,
        Field("question", "Id of the question", needed=True),
        Field("name", "Its name as a variable"),
        Field("text", "What is asked"),
        Field("metric", "How far answers are apart: nominal, ordinal, interval, or MASI of several answers"),
        *_unit_fields(),
        Field("reasons", "Why a figure is not defined"),
    )
    return Sheet(
        "question_agreement", FOLDER, "Agreement on the questions about whole articles", fields,
        ("comparison", "question"), rows, _leads(False),
    )  # fmt: skip


def _answers(comparisons: Sequence[Comparison]) -> Sheet:
    def rows() -> Rows:
        for number, each in enumerate(comparisons, 1):
            for found in each.compared.questions:
                for value, alpha in found.categories.items():
                    yield number, found.question, value, alpha.value, alpha.low, alpha.high, alpha.why

    fields = (
        COMPARISON,
        Field("question", "Id of the question", needed=True),
        Field("value", "The answer as it is stored", needed=True),
        Field("alpha", "Krippendorff's alpha of this answer against all others", "number"),
        Field("alpha_low", "Lower end of its 95 % interval", "number"),
        Field("alpha_high", "Upper end", "number"),
        Field("reason", "Why it is not defined"),
    )
    return Sheet(
        "answer_agreement", FOLDER, "Agreement on each answer of a question", fields,
        ("comparison", "question", "value"), rows,
        (*_leads(False), Leads("question", "question_agreement", "question")),
    )  # fmt: skip


def _leads(package: bool, *columns: str) -> tuple[Leads, ...]:
    to = {"coder": ("coders", "coder"), "code": ("codes", "id"), "taxonomy": ("taxonomies", "taxonomy")}
    further = [Leads(column, *to[column.removeprefix("other_")]) for column in columns] if package else []
    return (Leads("comparison", "comparisons", "comparison"), *further)


def _unit_fields() -> Iterator[Field]:
    yield Field("articles", "Articles that two coders or more coded", "whole")
    yield from _fields(OF_UNITS)
    yield Field("kappa_lost", "Pairs of coders without a kappa, left out of the mean", "whole")


def _passage_fields() -> Iterator[Field]:
    yield from _fields(OF_PASSAGES)
    yield Field("unit_lost_draws", "Draws without a unit alpha", "whole")
    yield Field("unit_alpha_mean", "Mean of the articles' own unit alphas", "number")
    yield Field("unit_alpha_articles", "Over how many articles", "whole")


def _fields(figures: Mapping[str, str]) -> Iterator[Field]:
    for name, about in figures.items():
        yield Field(name, about, "number")
        if name in INTERVALS:
            yield Field(f"{name}_low", "Lower end of its 95 % interval", "number")
            yield Field(f"{name}_high", "Upper end", "number")


def _units(figures: Figures) -> Iterator[Cell]:
    yield from _cells(_told(figures))
    yield figures.lost


def _passages(passages: Passages) -> Iterator[Cell]:
    yield from _cells(_told_places(passages))
    yield from (passages.lost, passages.mean.value, passages.defined)


def _cells(told: Mapping[str, Estimate]) -> Iterator[Cell]:
    for name, each in told.items():
        yield each.value
        if name in INTERVALS:
            yield from (each.low, each.high)


def _told(figures: Figures) -> dict[str, Estimate]:
    found = (
        figures.percent, figures.alpha, figures.ac, figures.kappa, figures.pi, figures.conger, figures.s,
    )  # fmt: skip
    return dict(zip(OF_UNITS, found, strict=True))


def _told_places(passages: Passages) -> dict[str, Estimate]:
    found = (passages.position, passages.unit, passages.exact, passages.overlap)
    return dict(zip(OF_PASSAGES, found, strict=True))


def _reasons(told: Mapping[str, Estimate]) -> str:
    return "; ".join(f"{name}: {each.why}" for name, each in told.items() if each.value is None)
