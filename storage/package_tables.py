"""The tables of a replication package, as streams out of the project."""

from __future__ import annotations

import json

from annotate.package.tables import Field, Leads, Sheet, moment
from annotate.sharing.passages import short_fields
from storage.package_agreement import round_sheets
from storage.package_audit import step_rows, steps
from storage.package_codebook import codebook_sheets
from storage.package_coding import coding_sheets
from storage.package_source import Rows, Source


def sheets(source: Source) -> list[Sheet]:
    """Those that hold something; articles, highlights, codes and coders always."""
    made = [_articles(source)]
    if source.about.text:
        made.append(_texts(source))
    if any(True for _ in _field_rows(source)):
        made.append(_fields(source))
    made += [*coding_sheets(source), _coders(source), *round_sheets(source), *codebook_sheets(source)]
    return made + ([steps(source), step_rows(source)] if source.about.audit else [])


def _articles(source: Source) -> Sheet:
    def rows() -> Rows:
        yield from source.stream(
            """SELECT id, number, title, outlet, author, date, url, language, state, reason, characters, words, hash,
                      source, added, (SELECT count(*) FROM highlight h WHERE h.article = article.id)
               FROM article ORDER BY number"""
        )

    fields = (
        Field("article", "Id of the article", needed=True),
        Field("number", "Its number in the order of import", "whole", needed=True),
        Field("title", "Its title"),
        Field("outlet", "Where it was published"),
        Field("author", "Who wrote it"),
        Field("date", "When it was published: a year, a month or a day (2025, 2025-03, 2025-03-12)"),
        Field("url", "Its address"),
        Field("language", "Language of the text (BCP 47)"),
        Field("state", "How far its coding is: to do, in progress, done, skipped"),
        Field("reason", "Why it was skipped"),
        Field("characters", "Length of the text in code points", "whole"),
        Field("words", "Length of the text in words", "whole"),
        Field("text_hash", "SHA-256 of the text in UTF-8, hexadecimal", needed=True),
        Field("source", "Name of the file it came from"),
        moment("added", "When it was added to the project"),
        Field("highlights", "Number of its highlights", "whole"),
    )
    return Sheet("articles", "data", "The articles", fields, ("article",), rows)


def _texts(source: Source) -> Sheet:
    def rows() -> Rows:
        yield from source.stream("SELECT article, text FROM article_text ORDER BY number")

    fields = (Field("article", "Id of the article", needed=True), Field("text", "Its text"))
    return Sheet(
        "texts", "data", "The texts of the articles", fields, ("article",), rows,
        (Leads("article", "articles", "article"),),
    )  # fmt: skip


def _fields(source: Source) -> Sheet:
    fields = (
        Field("article", "Id of the article", needed=True),
        Field("name", "Name of the field", needed=True),
        Field("value", "What it says"),
    )
    return Sheet(
        "article_fields", "data", "Own fields of the articles", fields, ("article", "name"),
        lambda: _field_rows(source), (Leads("article", "articles", "article"),),
    )  # fmt: skip


def _field_rows(source: Source) -> Rows:
    for article, attributes in source.stream(
        "SELECT id, attributes FROM article WHERE attributes != '' ORDER BY number"
    ):
        held = json.loads(attributes)
        for name, value in (held if source.about.text else short_fields(held)).items():
            yield article, name, value


def _coders(source: Source) -> Sheet:
    def rows() -> Rows:
        for id, number, consensus in source.stream(
            """SELECT c.id, (SELECT count(*) FROM highlight h WHERE h.coder = c.id), coalesce(c.consensus, 0)
               FROM coder c ORDER BY c.created, c.id"""
        ):
            yield source.called[id], number, consensus

    fields = (
        Field("coder", "What the coder is called", needed=True),
        Field("highlights", "Number of highlights", "whole"),
        Field("consensus", "1 for who stands for what the others agreed on", "flag"),
    )
    return Sheet("coders", "data", "Who coded", fields, ("coder",), rows)
