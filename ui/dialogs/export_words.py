"""What the boxes of the export sheet offer: what is said, and what it stands for."""

from __future__ import annotations

TEXTS = (  # without text?, words around
    ("The quote", (False, 0)),
    ("Quote, 10 words around", (False, 10)),
    ("Quote, 25 words around", (False, 25)),
    ("Quote, 50 words around", (False, 50)),
    ("No text", (True, 0)),
)
NAMES = (  # numbered?, with a key?
    ("As they are", (False, False)),
    ("Coder 1, Coder 2 …", (True, False)),
    ("Numbered, with a key", (True, True)),
)
SPLITS = (
    ("None", ""),
    ("Train 80, dev 10, test 10 %", "80/10/10"),
    ("Train 70, dev 15, test 15 %", "70/15/15"),
    ("Train 60, dev 20, test 20 %", "60/20/20"),
)
PARTS = (("All of them", ""), ("Train alone", "train"), ("Dev alone", "dev"), ("Test alone", "test"))
ORDERS = (
    ("As they came in", "imported"),
    ("By date", "date"),
    ("By title", "title"),
    ("By outlet", "outlet"),
)
CELLS = (("Exactly as they are", False), ("Safe to open in a spreadsheet", True))
EDGES = (("Mark is widened", "widen"), ("Mark stays", "drop"))
