"""Crosswalks between taxonomies as tables of a replication package."""

from __future__ import annotations

from annotate.package.tables import Field, Leads, Sheet
from storage.package_source import Rows, Source


def crosswalks(source: Source) -> Sheet:
    fields = (
        Field("crosswalk", "Id of the crosswalk", needed=True),
        Field("title", "Its title"),
        Field("taxonomy", "Short name of the taxonomy it starts from", needed=True),
        Field("other", "Short name of the one it leads to", needed=True),
        Field("origin", "Who says so"),
        Field("note", "What is to be said of it"),
    )

    def rows() -> Rows:
        yield from source.stream(
            """SELECT c.id, c.title, x.slug, o.slug, c.origin, c.note FROM crosswalk c
               JOIN taxonomy x ON x.id = c.taxonomy JOIN taxonomy o ON o.id = c.other ORDER BY c.position, c.id"""
        )

    leads = (Leads("taxonomy", "taxonomies", "taxonomy"), Leads("other", "taxonomies", "taxonomy"))
    about = "Crosswalks between taxonomies"
    return Sheet("crosswalks", "codebook", about, fields, ("crosswalk",), rows, leads)


def mappings(source: Source) -> Sheet:
    fields = (
        Field("mapping", "Id of the mapping", needed=True),
        Field("crosswalk", "Id of the crosswalk it belongs to", needed=True),
        Field("code", "The code it starts from", needed=True),
        Field("match", "How the two compare: exact, close, broad, narrow or related"),
        Field("other", "The code it leads to", needed=True),
        Field("note", "Why"),
    )

    def rows() -> Rows:
        yield from source.stream(
            """SELECT m.id, m.crosswalk, m.code, m.match, m.other, m.note FROM mapping m
               JOIN crosswalk w ON w.id = m.crosswalk JOIN code c ON c.id = m.code JOIN code o ON o.id = m.other
               ORDER BY w.position, w.id, c.position, c.id, o.position, o.id"""
        )

    leads = (
        Leads("crosswalk", "crosswalks", "crosswalk"), Leads("code", "codes", "id"), Leads("other", "codes", "id"),
    )  # fmt: skip
    about = "The mappings of the crosswalks, from code to code"
    return Sheet("mappings", "codebook", about, fields, ("mapping",), rows, leads)
