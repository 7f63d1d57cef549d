"""The words for the shapes of an exported table."""

# A row is a mark, an article, a unit of text, an answer, or a link.
SHAPES = ("long", "wide", "units", "answers", "relations")
VALUES = ("binary", "counts", "shares")  # what the column of a code holds in wide and units
UNITS = ("sentence", "paragraph")
