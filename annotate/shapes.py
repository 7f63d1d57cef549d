"""The words for the shapes of an exported table."""

SHAPES = ("long", "wide", "units")  # a mark, an article, or a unit of text a row
VALUES = ("binary", "counts", "shares")  # what the column of a code holds in the last two
UNITS = ("sentence", "paragraph")
