CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT);
CREATE TABLE coders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE taxonomies (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, version TEXT, licence TEXT, source TEXT, credit TEXT, note TEXT
);
CREATE TABLE codes (
    id TEXT PRIMARY KEY, taxonomy TEXT NOT NULL REFERENCES taxonomies (id), parent TEXT REFERENCES codes (id),
    notation TEXT, label TEXT NOT NULL, path TEXT NOT NULL, definition TEXT, use_when TEXT, avoid_when TEXT,
    examples TEXT, counter_examples TEXT, colour TEXT, assignable INTEGER NOT NULL, retired INTEGER NOT NULL,
    position INTEGER NOT NULL
);
CREATE TABLE articles (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, outlet TEXT, author TEXT, date TEXT, url TEXT, language TEXT,
    state TEXT NOT NULL, text_hash TEXT NOT NULL, characters INTEGER, text TEXT
);
CREATE TABLE article_fields (
    article TEXT NOT NULL REFERENCES articles (id), name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (article, name)
);
CREATE TABLE highlights (
    id TEXT PRIMARY KEY, article TEXT NOT NULL REFERENCES articles (id), code TEXT REFERENCES codes (id),
    coder INTEGER NOT NULL REFERENCES coders (id), start INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT,
    memo TEXT, certainty TEXT, created TEXT, modified TEXT, page TEXT, boxes TEXT
);
CREATE TABLE highlight_parts (
    highlight TEXT NOT NULL REFERENCES highlights (id), part INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, PRIMARY KEY (highlight, part)
);
CREATE VIEW coded_spans AS
    SELECT h.id, a.title AS article, a.outlet, a.date, h.start, h."end", h.quote, t.title AS taxonomy, c.notation,
           c.label, c.path, k.name AS coder, h.memo, h.certainty
    FROM highlights h
    JOIN articles a ON a.id = h.article
    JOIN coders k ON k.id = h.coder
    LEFT JOIN codes c ON c.id = h.code
    LEFT JOIN taxonomies t ON t.id = c.taxonomy
