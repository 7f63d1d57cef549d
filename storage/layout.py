"""What every part of this room knows of the file without making tables: names, keys, version."""

from __future__ import annotations

APPLICATION_ID = 0x504F5354  # "POST"
VERSION = 11  # the number of migrations in storage/schema.py: the `user_version` of a file this program wrote

# Tables whose rows are logged by steps, and the column that identifies a row.
KEYS = {
    "project": "id",
    "coder": "id",
    "taxonomy": "id",
    "code": "id",
    "article": "id",
    "article_text": "article",
    "original": "article",
    "file": "id",
    "article_places": "article",
    "text_version": "id",
    "highlight": "id",
    "kept_pair": "id",
    "lost_highlight": "id",
    "taxonomy_change": "id",
    "taxonomy_version": "id",
    "rule": "id",
    "question": "id",
    "answer": "id",
    "relation_type": "id",
    "relation": "id",
    "crosswalk": "id",
    "mapping": "id",
    "round": "id",
    "assignment": "id",
}

# Rows of the log that hold whole texts; an index finds them when they are too old to be of use.
COPIES = (
    "before IS NOT NULL AND [table] IN ('article_text', 'original', 'file', 'article_places', 'text_version')"
)


def known_versions() -> int:
    """The newest format this program can read and write."""
    return VERSION
