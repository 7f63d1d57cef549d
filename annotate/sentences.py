"""A text cut into its units: paragraphs, and sentences within them.

A paragraph is a line with something on it. A sentence never crosses a line; within it, one ends

- at `.` `!` `?` `…` (and the quotes and brackets that close behind it), where white space follows and then, past
  opening quotes and dashes, anything but a small letter;
- at the full stops of Chinese and Japanese, at once; at those of Arabic, Urdu, Hindi, Armenian and Amharic,
  where white space follows;

but not at a `.` behind

- a title or a short form that does not end a sentence (`Mr.`, `e.g.`, `bzw.`; `Art.`, `No.`, `Jan.` before a number);
- an initial or letters with dots (`J.`, `U.S.`, `a.m.`), unless a word follows that opens sentences (`The`, `But`);
- a number that stands first in the sentence (`1. The ministry`), or one of at most two digits in languages that write
  ordinals so (`am 3. Mai`).

A unit holds no white space at either end. Positions are code points, half open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotate.model import Span
from annotate.text import lines

_END = re.compile(
    r"""(?<![.!?…‽])[.!?…‽]++[)\]}"'“”‘’«»›‹]*+(?:[ \u00a0\u202f]»)?(?=\s)"""
    r"""|[؟۔।॥։።]+[)\]"”’»«]*(?=\s)"""
    r"""|[。！？｡]+[）」』”’]*"""
)
_WORD_BEFORE = re.compile(r"""[^\s(\[{"'“„‘«»‹›–—/]+$""")
_OPENING = re.compile(r"""[\s(\[{"'“”„‘’«»‹›–—•*-]*""")
_NEXT_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
_REACH = 40  # a short form is looked for in so many characters


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_SHORT = _words("""
    mr mrs ms mx dr drs prof st ste sen rep gov gen col lt sgt capt cmdr maj adm rev fr hon pres supt messrs mme mmes
    mlle mgr sr sra srta dott hr dhr mevr ir ing dipl
    abb aufl bd bde bspw bzw ca cf ders ebd eds e.g eg gg ggf hg hrsg ibid i.e ie jg lfd n.b rn s.a sog u.a vgl vs
    z.b z.t d.h i.d.r u.u o.ä m.e p.ej
""")
_SHORT_BEFORE_NUMBERS = _words("""
    no nos nr art arts abs cap ch chap ed fig figs kap lit p para paras pp par pos pág págs núm núms rz sec sect ss tab
    tel v vol vols
    jan feb febr mar apr jun jul aug sep sept oct okt nov dec dez déc janv févr avr juil
""")
_OPENERS = _words("""
    the a an this that these those it he she they we you i his her their its there in on at as but and or so yet for
    if when while after before since although however meanwhile according both many most some what who why how
    le la les un une il elle ils elles ce cette ces mais et dans pour selon
    der die das ein eine er sie es wir und aber doch im am nach laut
    el los las una pero y en según
""")
_ORDINAL = _words("de da nb nn no cs sk sl hr sr bs pl fi et hu lv tr is fo lb")


def units(text: str, unit: str, language: str = "") -> Iterator[Span]:
    """The spans of a text's sentences or paragraphs (`unit` is one of annotate.shapes.UNITS), in order."""
    return paragraphs(text) if unit == "paragraph" else sentences(text, language)


def paragraphs(text: str) -> Iterator[Span]:
    """Every line with something on it, without the white space around it."""
    for start, end in lines(text):
        if (found := _trimmed(text, start, end)) is not None:
            yield found


def sentences(text: str, language: str = "") -> Iterator[Span]:
    """The sentences of each paragraph. `language` is a code as in an article (`de`, `de-AT`), or empty."""
    ordinals = language.lower().partition("-")[0].partition("_")[0] in _ORDINAL
    for start, end in paragraphs(text):
        begin = start
        for stop in _END.finditer(text, start, end):
            if _ends(text, begin, stop, end, ordinals):
                if (found := _trimmed(text, begin, stop.end())) is not None:
                    yield found
                begin = stop.end()
        if (found := _trimmed(text, begin, end)) is not None:
            yield found


def _ends(text: str, begin: int, stop: re.Match[str], end: int, ordinals: bool) -> bool:
    if text[stop.start()] not in ".!?…‽":
        return True
    opening = _OPENING.match(text, stop.end(), end)
    after = opening.end() if opening else stop.end()
    if after < end and text[after].islower():
        return False
    return stop[0].rstrip() != "." or not _is_short(text, begin, stop.start(), after, ordinals)


def _is_short(text: str, begin: int, dot: int, after: int, ordinals: bool) -> bool:
    """Whether the dot belongs to the word before it."""
    found = _WORD_BEFORE.search(text[max(begin, dot - _REACH) : dot])
    if found is None:
        return False
    word = found[0]
    if word.isdigit():
        before = dot - len(word)
        first = before - begin < _REACH and not text[begin:before].strip()
        return first or (ordinals and len(word) <= 2)
    if word.lower() in _SHORT:
        return True
    if word.lower() in _SHORT_BEFORE_NUMBERS:
        return text[after : after + 1].isdigit()
    if _LETTERS.fullmatch(word):
        following = _NEXT_WORD.match(text, after)
        return following is None or following[0].lower() not in _OPENERS
    return False


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
