"""The tables of a project file, as named migrations in the order they came."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from storage.layout import COPIES

migrations = Migrations("postil")


@migrations()
def first_tables(db: Database) -> None:
    """The project, its people, taxonomies, articles and highlights."""
    db.table("project").create({"id": str, "title": str, "created": str}, pk="id")
    db.table("coder").create({"id": str, "name": str, "colour": str, "created": str}, pk="id")
    db.table("coder").create_index(["name"], unique=True)
    db.table("taxonomy").create(
        {
            "id": str,
            "slug": str,
            "title": str,
            "version": str,
            "licence": str,
            "source": str,
            "credit": str,
            "note": str,
            "position": int,
        },
        pk="id",
    )
    db.table("taxonomy").create_index(["slug"], unique=True)
    db.table("code").create(
        {
            "id": str,
            "taxonomy": str,
            "parent": str,
            "notation": str,
            "label": str,
            "definition": str,
            "use_when": str,
            "avoid_when": str,
            "examples": str,
            "colour": str,
            "shortcut": str,
            "assignable": int,
            "position": int,
        },
        pk="id",
        foreign_keys=[("taxonomy", "taxonomy", "id"), ("parent", "code", "id")],
    )
    db.table("code").create_index(["taxonomy", "position"])
    db.table("code").create_index(["parent"])
    db.table("article").create(
        {
            "number": int,
            "id": str,
            "title": str,
            "outlet": str,
            "author": str,
            "date": str,
            "url": str,
            "language": str,
            "state": str,
            "reason": str,
            "characters": int,
            "words": int,
            "hash": str,
            "source": str,
            "attributes": str,
            "added": str,
        },
        pk="number",
    )
    db.table("article").create_index(["id"], unique=True)
    db.table("article").create_index(["hash"])
    db.table("article").create_index(["state"])
    db.table("counter").create({"name": str, "value": int}, pk="name")
    db.table("article_text").create(
        {"number": int, "article": str, "text": str, "layout": str},
        pk="number",
        foreign_keys=[("article", "article", "id")],
    )
    db.table("article_text").create_index(["article"], unique=True)
    db.table("original").create(
        {"article": str, "name": str, "size": int, "bytes": bytes},
        pk="article",
        foreign_keys=[("article", "article", "id")],
    )
    db.table("highlight").create(
        {
            "id": str,
            "article": str,
            "coder": str,
            "code": str,
            "start": int,
            "end": int,
            "parts": str,
            "memo": str,
            "certainty": str,
            "state": str,
            "origin": str,
            "created": str,
            "modified": str,
        },
        pk="id",
        not_null={"article", "coder", "start", "end"},
        foreign_keys=[("article", "article", "id"), ("coder", "coder", "id"), ("code", "code", "id")],
    )
    db.table("highlight").create_index(["article", "start"])
    db.table("highlight").create_index(["code"])
    db.table("highlight").create_index(["coder"])


@migrations()
def steps_and_their_rows(db: Database) -> None:
    """The log: what each step did, and the rows as they stood before it."""
    db.table("step").create(
        {
            "id": int,
            "at": str,
            "coder": str,
            "label": str,
            "kind": str,  # do, undo, redo
            "of": int,  # the group that was undone, or the undo that was redone
            "batch": int,  # the first step of the group this one belongs to
            "undone": int,  # the step that took this one back, 0 if it stands
        },
        pk="id",
    )
    db.table("step").create_index(["batch"])
    db.table("step").create_index(["undone", "kind"])
    db.table("step_row").create(
        {"step": int, "seq": int, "table": str, "ids": str, "before": bytes}, pk=("step", "seq")
    )
    db.execute(
        """CREATE INDEX idx_step_row_copies ON step_row (step)
           WHERE before IS NOT NULL AND [table] IN ('article_text', 'original')"""
    )


@migrations()
def full_text(db: Database) -> None:
    """A word index over the texts, kept right by triggers; the texts are not stored twice.

    What the index knows of a text stays when the article goes: taking it out needs every word again, and a
    number is never given to another article, so that undo and redo of a large import cost nothing here.
    """
    db.table("article_text").enable_fts(["text"], tokenize="unicode61")
    db.execute(
        """CREATE TRIGGER article_text_added AFTER INSERT ON article_text
           WHEN NOT EXISTS (SELECT 1 FROM article_text_fts_docsize WHERE id = new.number) BEGIN
             INSERT INTO article_text_fts (rowid, text) VALUES (new.number, new.text);
           END"""
    )
    db.execute(
        """CREATE TRIGGER article_text_changed AFTER UPDATE OF text ON article_text
           WHEN old.text IS NOT new.text BEGIN
             INSERT INTO article_text_fts (article_text_fts, rowid, text)
               VALUES ('delete', old.number, old.text);
             INSERT INTO article_text_fts (rowid, text) VALUES (new.number, new.text);
           END"""
    )


@migrations()
def sittings_and_views(db: Database) -> None:
    """What is written outside steps: time spent, places, presets, import reports."""
    db.table("session").create({"id": str, "coder": str, "started": str, "ended": str}, pk="id")
    db.table("session_article").create(
        {"session": str, "article": str, "seconds": float}, pk=("session", "article")
    )
    db.table("view_state").create({"key": str, "value": str}, pk="key")
    db.table("preset").create({"name": str, "kind": str, "value": str}, pk=("kind", "name"))
    db.table("import_run").create(
        {
            "id": int,
            "started": str,
            "finished": str,
            "coder": str,
            "batch": int,
            "paths": str,  # JSON: what was to be read, in order
            "done": int,  # how many of them are in or failed
            "report": str,  # JSON
        },
        pk="id",
    )


@migrations()
def views_for_outsiders(db: Database) -> None:
    """Joined data for whoever opens the file with another SQLite tool."""
    db.create_view(
        "coded_span",
        """
        SELECT h.id AS highlight, a.title AS article, a.outlet, a.date, a.hash AS text_hash,
               h.start, h."end", substr(t.text, h.start + 1, h."end" - h.start) AS quote,
               x.title AS taxonomy, c.notation, c.label, k.name AS coder,
               h.memo, h.certainty, h.parts, h.created, h.modified,
               h.article AS article_id, h.code AS code_id
        FROM highlight h
        JOIN article a ON a.id = h.article
        JOIN article_text t ON t.article = h.article
        JOIN coder k ON k.id = h.coder
        LEFT JOIN code c ON c.id = h.code
        LEFT JOIN taxonomy x ON x.id = c.taxonomy
        ORDER BY a.number, h.start, h."end"
        """,
    )
    db.create_view(
        "article_overview",
        """
        SELECT a.number, a.id, a.title, a.outlet, a.author, a.date, a.url, a.language, a.state, a.reason,
               a.characters, a.words, a.hash,
               (SELECT count(*) FROM highlight h WHERE h.article = a.id) AS highlights,
               (SELECT count(DISTINCT h.code) FROM highlight h WHERE h.article = a.id) AS codes,
               (SELECT count(DISTINCT h.coder) FROM highlight h WHERE h.article = a.id) AS coders
        FROM article a ORDER BY a.number
        """,
    )
    db.create_view(
        "code_frequency",
        """
        SELECT x.title AS taxonomy, c.notation, c.label, c.id AS code,
               count(h.id) AS highlights, count(DISTINCT h.article) AS articles,
               count(DISTINCT h.coder) AS coders
        FROM code c JOIN taxonomy x ON x.id = c.taxonomy
        LEFT JOIN highlight h ON h.code = c.id
        GROUP BY c.id ORDER BY x.position, c.position
        """,
    )


@migrations()
def shared_files_and_places_on_pages(db: Database) -> None:
    """Files that many articles came from are kept once; texts of PDFs know where they stand on the pages."""
    db.table("file").create({"id": str, "size": int, "bytes": bytes}, pk="id")
    db.execute("ALTER TABLE original ADD COLUMN file TEXT REFERENCES file (id)")
    db.execute("CREATE INDEX idx_original_file ON original (file) WHERE file IS NOT NULL")
    db.table("article_places").create(
        {"article": str, "data": bytes}, pk="article", foreign_keys=[("article", "article", "id")]
    )
    db.execute("DROP INDEX idx_step_row_copies")
    db.execute(f"CREATE INDEX idx_step_row_copies ON step_row (step) WHERE {COPIES}")


@migrations()
def near_duplicates(db: Database) -> None:
    """What texts that are alike are found by, and the pairs of them that were looked at and are kept.

    The signatures follow from the texts, so no step logs them: they go with their text, and one that lacks
    its signature is given it before the next comparison.
    """
    db.table("signature").create({"number": int, "data": bytes}, pk="number")
    db.execute(
        "CREATE TABLE signature_band (band BLOB, number INTEGER, PRIMARY KEY (band, number)) WITHOUT ROWID"
    )
    bands = ", ".join(f"substr(old.data, {at}, 9)" for at in range(1, 90, 9))  # ten, of nine bytes
    db.execute(
        f"""CREATE TRIGGER signature_removed AFTER DELETE ON signature BEGIN
             DELETE FROM signature_band WHERE number = old.number AND band IN ({bands});
           END"""
    )
    db.execute(
        """CREATE TRIGGER article_text_removed AFTER DELETE ON article_text BEGIN
             DELETE FROM signature WHERE number = old.number;
           END"""
    )
    db.execute(
        """CREATE TRIGGER article_text_outdated AFTER UPDATE OF text ON article_text
           WHEN old.text IS NOT new.text BEGIN
             DELETE FROM signature WHERE number = old.number;
           END"""
    )
    db.table("kept_pair").create({"id": str, "article": str, "other": str}, pk="id")
    db.table("kept_pair").create_index(["article"])
    db.table("kept_pair").create_index(["other"])


@migrations()
def versions_of_texts(db: Database) -> None:
    """Texts that were corrected keep every version; highlights that lost their place wait to be repaired."""
    db.table("text_version").create(
        {
            "id": str,
            "article": str,
            "number": int,  # from 1, which is the text as imported
            "text": str,  # NULL for the present one, which article_text holds
            "layout": str,
            "places": bytes,  # as in article_places
            "characters": int,
            "words": int,
            "hash": str,
            "at": str,
            "coder": str,
            "reason": str,
        },
        pk="id",
        not_null={"article", "number"},
        foreign_keys=[("article", "article", "id")],
    )
    db.table("text_version").create_index(["article", "number"], unique=True)
    db.table("text_version").create_index(["hash"])
    db.table("lost_highlight").create(
        {
            "id": str,
            "article": str,
            "coder": str,
            "code": str,
            "start": int,  # in the text whose hash is `hash`
            "end": int,
            "parts": str,
            "memo": str,
            "certainty": str,
            "state": str,
            "origin": str,
            "created": str,
            "modified": str,
            "quote": str,  # the words it stood on
            "hash": str,
            "place": int,  # where in the present text it may have been
        },
        pk="id",
        not_null={"article", "coder", "start", "end"},
        foreign_keys=[("article", "article", "id"), ("coder", "coder", "id"), ("code", "code", "id")],
    )
    db.table("lost_highlight").create_index(["article"])
    db.table("lost_highlight").create_index(["code"])
    db.execute("DROP INDEX idx_step_row_copies")
    db.execute(f"CREATE INDEX idx_step_row_copies ON step_row (step) WHERE {COPIES}")


@migrations()
def memory_of_taxonomies(db: Database) -> None:
    """Codes can be retired and say more of themselves; taxonomies keep a log of changes, and versions."""
    for name, kind in (
        ("counter_examples", "TEXT"),
        ("synonyms", "TEXT"),  # JSON, NULL for none
        ("related", "TEXT"),  # JSON: ids of codes, NULL for none
        ("retired", "INTEGER"),
        ("replaced_by", "TEXT"),
    ):
        db.execute(f"ALTER TABLE code ADD COLUMN {name} {kind}")
    db.table("taxonomy_change").create(
        {
            "id": str,
            "taxonomy": str,
            "at": str,
            "coder": str,
            "what": str,  # storage.change_log.What
            "code": str,  # which may be gone by now
            "reason": str,
            "details": str,  # JSON
        },
        pk="id",
        not_null={"taxonomy", "at", "what"},
        foreign_keys=[("taxonomy", "taxonomy", "id")],
    )
    db.table("taxonomy_change").create_index(["taxonomy", "at"])
    db.table("taxonomy_version").create(
        {
            "id": str,
            "taxonomy": str,
            "number": str,  # as people say it: "1.0", "2"
            "at": str,
            "coder": str,
            "note": str,
            "codes": str,  # JSON (annotate.codebook_versions)
        },
        pk="id",
        not_null={"taxonomy", "number", "at", "codes"},
        foreign_keys=[("taxonomy", "taxonomy", "id")],
    )
    db.table("taxonomy_version").create_index(["taxonomy", "number"], unique=True)


@migrations()
def rules_relations_and_crosswalks(db: Database) -> None:
    """How a taxonomy is used: rules, questions about whole articles, relations between marks, mappings."""
    for name, kind in (
        ("labels", "TEXT"),  # JSON: language -> label, NULL for none
        ("kind", "TEXT"),  # annotate.model.CodeKind
        ("scope", "TEXT"),  # annotate.model.Scope
        ("own", "INTEGER"),  # the study's own, under a locked standard
    ):
        db.execute(f"ALTER TABLE code ADD COLUMN {name} {kind}")
    for name, kind in (("locked", "INTEGER"), ("language", "TEXT"), ("shown", "TEXT")):
        db.execute(f"ALTER TABLE taxonomy ADD COLUMN {name} {kind}")
    for table in ("highlight", "lost_highlight"):
        db.execute(f"ALTER TABLE {table} ADD COLUMN qualifiers TEXT")  # JSON: name -> value, NULL for none
    db.table("rule").create(
        {
            "id": str,
            "taxonomy": str,
            "code": str,  # the branch it holds for, NULL for the whole taxonomy
            "kind": str,
            "value": str,  # JSON
            "note": str,
            "position": int,
        },
        pk="id",
        not_null={"taxonomy", "kind"},
        foreign_keys=[("taxonomy", "taxonomy", "id"), ("code", "code", "id")],
    )
    db.table("question").create(
        {
            "id": str,
            "taxonomy": str,
            "name": str,  # the variable's, in exports
            "text": str,
            "kind": str,
            "source": str,  # annotate.questions.Source: where the options come from
            "options": str,  # JSON: [value, label] each, NULL for none
            "branch": str,  # the code whose children are the options, NULL for the topmost codes
            "follows": str,  # the question whose answer's children are the options
            "required": int,
            "condition": str,  # JSON, NULL for always
            "note": str,
            "position": int,
        },
        pk="id",
        not_null={"taxonomy", "name", "kind"},
        foreign_keys=[
            ("taxonomy", "taxonomy", "id"),
            ("branch", "code", "id"),
            ("follows", "question", "id"),
        ],
    )
    for table, column in (("rule", "taxonomy"), ("rule", "code"), ("question", "taxonomy")):
        db.table(table).create_index([column])
    db.table("answer").create(
        {
            "id": str,
            "article": str,
            "coder": str,
            "question": str,
            "value": str,  # JSON: a list of texts
            "memo": str,
            "created": str,
            "modified": str,
        },
        pk="id",
        not_null={"article", "coder", "question"},
        foreign_keys=[
            ("article", "article", "id"),
            ("coder", "coder", "id"),
            ("question", "question", "id"),
        ],
    )
    db.table("answer").create_index(["article", "coder", "question"], unique=True)
    db.table("answer").create_index(["question"])
    db.table("answer").create_index(["coder"])
    db.table("relation_type").create(
        {
            "id": str,
            "taxonomy": str,
            "label": str,
            "sources": str,  # JSON: ids of codes (with what is below them) it may start from, NULL for any
            "targets": str,  # the same for where it may lead
            "symmetric": int,
            "colour": str,
            "note": str,
            "position": int,
        },
        pk="id",
        not_null={"taxonomy", "label"},
        foreign_keys=[("taxonomy", "taxonomy", "id")],
    )
    db.table("relation").create(
        {
            "id": str,
            "article": str,
            "coder": str,
            "type": str,
            "source": str,  # a highlight, which may be among the lost ones
            "target": str,
            "memo": str,
            "created": str,
            "modified": str,
        },
        pk="id",
        not_null={"article", "coder", "type", "source", "target"},
        foreign_keys=[
            ("article", "article", "id"),
            ("coder", "coder", "id"),
            ("type", "relation_type", "id"),
        ],
    )
    for column in ("article", "source", "target", "type", "coder"):
        db.table("relation").create_index([column])
    db.table("crosswalk").create(
        {
            "id": str,
            "title": str,
            "taxonomy": str,
            "other": str,  # the taxonomy it leads to
            "origin": str,  # who says so: a publication, or the study itself
            "note": str,
            "position": int,
        },
        pk="id",
        not_null={"title", "taxonomy", "other"},
        foreign_keys=[("taxonomy", "taxonomy", "id"), ("other", "taxonomy", "id")],
    )
    db.table("mapping").create(
        {"id": str, "crosswalk": str, "code": str, "match": str, "other": str, "note": str},
        pk="id",
        not_null={"crosswalk", "code", "match", "other"},
        foreign_keys=[
            ("crosswalk", "crosswalk", "id"),
            ("code", "code", "id"),
            ("other", "code", "id"),
        ],
    )
    db.table("mapping").create_index(["crosswalk", "code"])
    db.table("mapping").create_index(["code"])
    db.table("mapping").create_index(["other"])
    _views_of_answers(db)


@migrations()
def rounds_and_consensus(db: Database) -> None:
    """Who is to code which articles, and how they were drawn; the coder of adjudicated marks."""
    db.execute("ALTER TABLE coder ADD COLUMN consensus INTEGER")
    db.execute("UPDATE coder SET consensus = 1 WHERE name = 'Consensus'")
    db.table("round").create(
        {
            "id": str,
            "title": str,
            "kind": str,  # annotate.rounds.Kind
            "seed": int,
            "method": str,  # JSON: how the articles were drawn and dealt (annotate.sampling.Method)
            "note": str,
            "created": str,
        },
        pk="id",
        not_null={"title", "kind", "seed", "method", "created"},
    )
    db.table("round").create_index(["title"], unique=True)
    db.table("assignment").create(
        {"id": str, "round": str, "article": str, "coder": str},
        pk="id",
        not_null={"round", "article", "coder"},
        foreign_keys=[("round", "round", "id"), ("article", "article", "id"), ("coder", "coder", "id")],
    )
    db.table("assignment").create_index(["round", "article", "coder"], unique=True)
    db.table("assignment").create_index(["article"])
    db.table("assignment").create_index(["coder"])


def _views_of_answers(db: Database) -> None:
    """The answers for outsiders, and the coded spans with their qualifiers."""
    ((spans,),) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'coded_span'").fetchall()
    db.execute("DROP VIEW coded_span")
    db.execute(spans.replace("h.code AS code_id", "h.code AS code_id, h.qualifiers"))
    labels = """
        SELECT n.id, group_concat(coalesce(
            trim(coalesce(c.notation, '') || ' ' || c.label),
            (SELECT o.value ->> 1 FROM json_each(q.options) o WHERE o.value ->> 0 = v.value),
            v.value), '; ') AS answer
        FROM answer n JOIN question q ON q.id = n.question JOIN json_each(n.value) v
        LEFT JOIN code c ON c.id = v.value AND q.source != ''
        GROUP BY n.id"""
    db.create_view(
        "answer_overview",
        f"""
        SELECT a.number, a.title AS article, a.outlet, a.date, x.title AS taxonomy, q.name AS question,
               q.text, q.kind, l.answer, n.value, n.memo, k.name AS coder, n.created, n.modified,
               n.article AS article_id, n.question AS question_id
        FROM answer n JOIN article a ON a.id = n.article JOIN coder k ON k.id = n.coder
        JOIN question q ON q.id = n.question JOIN taxonomy x ON x.id = q.taxonomy
        JOIN ({labels}) l ON l.id = n.id
        ORDER BY a.number, k.name, x.position, q.position
        """,
    )
    db.create_view(
        "coded_article",
        """
        SELECT number, article_id AS article, article AS title, outlet, date, coder,
               count(*) AS answered, json_group_object(question, answer) AS answers
        FROM answer_overview GROUP BY article_id, coder ORDER BY number, coder
        """,
    )
