"""Which column of a table is what: stated by the user, or guessed by names in several languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

Row = tuple[str, ...]

_BARRED = str.maketrans("łøđı", "lodi")  # letters that are one with their stroke

_MISSING = frozenset(("na", "n/a", "nan", "none", "null", "nil", "<na>", "nat", "\\n", "#n/a"))
_LONG = 80  # code points on average: a column of texts, whatever it is called
_NAMES: dict[str, str] = {
    "text": """fulltext articletext articlebody bodytext maintext plaintext cleantext fulltextcontent text body content
        contents maincontent story transcript speech message tweet tweettext comment post rawtext lead
        volltext artikeltext inhalt beitrag textecomplet texteintegral texte contenu corps textocompleto texto contenido
        cuerpo testo contenuto corpo conteudo volledigetekst tekst inhoud tresc pelnytekst metin icerik текст
        содержание 正文 全文 内容 本文 paragraph sentence abstract summary description""",
    "title": """title headline articletitle head heading header subject titel uberschrift schlagzeile titre titulo
        titular titolo manchete kop tytul baslik заголовок 标题 题目 見出し タイトル""",
    "date": """date published publisheddate datepublished publishdate pubdate publicationdate publishedat publishedon
        createdat created posted timestamp datetime time datum erscheinungsdatum veroffentlicht
        datedepublication fecha fechapublicacion data datapublicacao publicatiedatum tarih дата 日期 发布时间 日付 year
        jahr annee ano anno jaar""",
    "outlet": """outlet source publication newspaper publisher medium media sourcename publicationtitle pubtitle journal
        site sitename domain quelle zeitung journaltitle fonte fuente medio periodico journaux krant bron gazete źródło
        zrodlo источник 来源 媒体 username screenname""",
    "author": """author authors authorname byline creator writer journalist by speaker user autor autorin verfasser
        auteur auteurs autores autore autori autora yazar автор 作者 著者""",
    "url": """url link href permalink webaddress address canonicalurl articleurl sourceurl uri webseite lien enlace
        collegamento ссылка 链接""",
    "language": "language lang languagecode sprache langue idioma lingua taal jezyk dil язык 语言 言語",
    "id": "id articleid documentid docid textid guid uuid key identifier number nr kennung uniqueid tweetid statusid",
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """Names of columns: one or more are joined to the text; those named nowhere become attributes."""

    text: tuple[str, ...]
    title: str = ""
    date: str = ""
    outlet: str = ""
    author: str = ""
    url: str = ""
    language: str = ""
    id: str = ""

    @property
    def fields(self) -> dict[str, str]:
        """The single columns by what they are ("" where there is none)."""
        names = ("title", "date", "outlet", "author", "url", "language", "id")
        return {name: getattr(self, name) for name in names}

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it names."""
        return (*self.text, *(column for column in self.fields.values() if column))


def guess(columns: Sequence[str], rows: Sequence[Row]) -> Mapping | None:
    """What the columns seem to be by their names; the text else by its length. None where no column is a text.

    `rows`: the first ones, a cell for each column.
    """
    lengths = {column: _average(row[place] for row in rows) for place, column in enumerate(columns)}
    filled = [column for column in columns if lengths[column] or not rows]
    text = _named("text", filled) or _longest(filled, lengths)
    if not text:
        return None
    rest = [column for column in filled if column != text]
    found = {}
    for key in ("title", "date", "outlet", "author", "url", "language", "id"):
        found[key] = _named(key, rest)
        rest = [column for column in rest if column != found[key]]
    return Mapping((text,), **found)


def _named(key: str, columns: Iterable[str]) -> str:
    """The column whose name is the most usual one for this; of `a.b` the last part, else the whole counts."""
    order = _order(key)
    named = ((name, column) for column in columns for name in (bare(column.rpartition(".")[2]), bare(column)))
    ranked = [(order[name], column) for name, column in named if name in order]
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else ""


@cache
def _order(key: str) -> dict[str, int]:
    """Names that mean this, as `bare` gives them, and how usual each is: 0 is the most usual."""
    return {bare(name): place for place, name in reversed(list(enumerate(_NAMES[key].split())))}


def bare(column: str) -> str:
    """A column's name to be compared, without case, accents and signs."""
    letters = unicodedata.normalize("NFKD", column.casefold().translate(_BARRED))
    return re.sub(r"[\W_]+", "", "".join(each for each in letters if not unicodedata.combining(each)))


def _longest(columns: Sequence[str], lengths: dict[str, float]) -> str:
    best = max(columns, key=lambda column: lengths[column], default="")
    return best if best and lengths[best] >= _LONG else ""


def _average(cells: Iterable[str]) -> float:
    sizes = [len(cell) for cell in cells if not is_missing(cell)]
    return sum(sizes) / len(sizes) if sizes else 0.0


def is_missing(cell: str) -> bool:
    """Whether a cell is empty or says that there is nothing."""
    return not cell or cell.isspace() or (len(cell) < 6 and cell.strip().casefold() in _MISSING)


def header(first: Row) -> tuple[str, ...] | None:
    """The columns' names, made different from each other, if the first row looks like names; else None."""
    cells = [re.sub(r"\s+", " ", cell).strip() for cell in first]
    told = [cell for cell in cells if cell]
    if not told or len(told) * 2 < len(cells) or any(len(cell) > 100 for cell in told):
        return None
    if any(re.fullmatch(r"[\d.,:/ -]+", cell) or "://" in cell for cell in told):
        return None
    return unlike(cells)


def unlike(names: Iterable[str]) -> tuple[str, ...]:
    """Names, numbered where one is missing or stands twice."""
    found: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(names, 1):
        chosen, again = name or f"column {place}", 2
        while chosen in taken:
            chosen, again = f"{name or 'column'} {max(again, place if not name else 0)}", again + 1
        taken.add(chosen)
        found.append(chosen)
    return tuple(found)
