"""The coding as tables of a replication package: highlights, relations between them, answers about articles."""

from __future__ import annotations

from annotate.codebook_cells import join_list
from annotate.package.tables import Field, Leads, Sheet, moment
from annotate.questions import QuestionKind
from annotate.text import word_count
from annotate.writers.spans import QUALIFIER
from annotate.writers.tables import Cell
from storage.package_source import Rows, Source

ARTICLE, CODER = Leads("article", "articles", "article"), Leads("coder", "coders", "coder")
TAXONOMY = Leads("taxonomy", "taxonomies", "taxonomy")


def coding_sheets(source: Source) -> list[Sheet]:
    """Highlights, and of the others those that hold something."""
    others = (relations(source), answers(source))
    return [highlights(source), *(each for each in others if any(True for _ in each.rows()))]


def highlights(source: Source) -> Sheet:
    most = None if source.about.text else source.about.quotes_up_to
    fields = [
        Field("highlight", "Id of the highlight", needed=True),
        Field("article", "Id of the article it stands in", needed=True),
        Field("start", "Its first character (code points, from 0)", "whole", needed=True),
        Field("end", "The character behind its last one", "whole", needed=True),
        Field("parts", "Of a highlight with gaps its stretches, as JSON: [[start, end], …]"),
        Field("quote", "Its words; “ … ” stands for a gap" + (f"; of at most {most} words" if most else "")),
        Field("code", "Id of its code; empty where it has none"),
        Field("taxonomy", "Short name of the code's taxonomy"),
        Field("notation", "Notation of the code"),
        Field("label", "Label of the code"),
        Field("coder", "Who made it", needed=True),
        Field("memo", "What the coder noted"),
        Field("certainty", "sure, unsure, or nothing said"),
        moment("created", "When it was made"),
        moment("modified", "When it was last changed"),
        Field("page", "Of a PDF, the page on which it begins"),
    ]
    named = tuple(source.dataset.qualifiers)
    fields += [Field(f"{QUALIFIER}{name}", f"What the highlight says of its {name}") for name in named]
    if most == 0:
        fields = [field for field in fields if field.name != "quote"]

    def rows() -> Rows:
        for span in source.dataset.spans():
            cells: list[Cell] = [span.id, span.article, span.start, span.end, span.parts]
            if most != 0:
                cells.append(span.quote if most is None or word_count(span.quote) <= most else "")
            cells += [span.code, span.taxonomy, span.notation, span.label, span.coder, span.memo]
            cells += [span.certainty, span.created, span.modified, span.page]
            said = dict(span.qualifiers)
            yield (*cells, *(said.get(name, "") for name in named))

    leads = (
        ARTICLE, Leads("code", "codes", "id"), TAXONOMY, CODER,
    )  # fmt: skip
    return Sheet(
        "highlights", "data", "The coding, a highlight a row", tuple(fields), ("highlight",), rows, leads
    )


def relations(source: Source) -> Sheet:
    fields = (
        Field("relation", "Id of the relation", needed=True),
        Field("article", "Id of the article", needed=True),
        Field("type", "Id of its type", needed=True),
        Field("label", "What it is called"),
        Field("source", "The highlight it starts from", needed=True),
        Field("target", "The highlight it leads to", needed=True),
        Field("coder", "Who made it", needed=True),
        Field("memo", "What the coder noted"),
        moment("created", "When it was made"),
        moment("modified", "When it was last changed"),
    )

    def rows() -> Rows:
        for link in source.dataset.relations():
            about = (link.id, link.article, link.type, link.relation, link.source, link.target)
            yield (*about, link.coder, link.memo, link.created, link.modified)

    leads = (
        ARTICLE, Leads("type", "relation_types", "type"), Leads("source", "highlights", "highlight"),
        Leads("target", "highlights", "highlight"), CODER,
    )  # fmt: skip
    return Sheet("relations", "data", "Relations between highlights", fields, ("relation",), rows, leads)


def answers(source: Source) -> Sheet:
    fields = (
        Field("answer", "Id of the answer", needed=True),
        Field("article", "Id of the article", needed=True),
        Field("question", "Id of the question", needed=True),
        Field("name", "Name of the variable"),
        Field("value", "What was answered; several values have semicolons between, codes are ids"),
        Field("label", "The same as a person reads it"),
        Field("coder", "Who answered", needed=True),
        Field("memo", "What the coder noted"),
        moment("created", "When it was answered"),
        moment("modified", "When that was last changed"),
    )

    def rows() -> Rows:
        for each in source.dataset.answers():
            join = join_list if each.kind == QuestionKind.MULTIPLE else "; ".join
            said = (each.question, join(each.values), join(each.labels), each.coder, each.memo)
            yield (each.id, each.article, each.question_id, *said, each.created, each.modified)

    leads = (ARTICLE, Leads("question", "questions", "question"), CODER)
    return Sheet(
        "answers", "data", "What was answered about whole articles", fields, ("answer",), rows, leads
    )
