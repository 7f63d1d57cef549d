"""The words for what an export may be: the shapes of a table, the order of articles, the parts of a split."""

SHAPES = ("long", "wide", "units")  # a mark, an article, or a unit of text a row
VALUES = ("binary", "counts", "shares")  # what the column of a code holds in the last two
UNITS = ("sentence", "paragraph")
ORDERS = ("imported", "date", "title", "outlet")
PARTS = ("train", "dev", "test")
