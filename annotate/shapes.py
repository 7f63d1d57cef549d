"""The words for what an export may be: the shapes of a table, the order of articles, the parts of a split."""

# A row is a mark, an article, a unit of text, an answer, or a link.
SHAPES = ("long", "wide", "units", "answers", "relations")
VALUES = ("binary", "counts", "shares")  # what the column of a code holds in wide and units
UNITS = ("sentence", "paragraph")
ORDERS = ("imported", "date", "title", "outlet")
WHOSE = ("all", "own", "consensus")  # whose marks go out
PARTS = ("train", "dev", "test")
