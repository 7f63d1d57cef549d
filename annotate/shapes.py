"""The words for the shapes of an exported table."""

SHAPES = ("long", "wide", "units", "answers")  # a mark, an article, a unit of text, or an answer a row
VALUES = ("binary", "counts", "shares")  # what the column of a code holds in wide and units
UNITS = ("sentence", "paragraph")
