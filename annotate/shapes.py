"""The words for the shapes of an exported table."""

SHAPES = ("long", "wide", "units", "relations")  # a mark, an article, a unit of text, or a link a row
VALUES = ("binary", "counts", "shares")  # what the column of a code holds in the last two
UNITS = ("sentence", "paragraph")
