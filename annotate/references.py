"""References: what a bibliography knows of articles, and which article each of them is about."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>{}|\\^?#]{1,300}")
_BEHIND = re.compile(r"(?:/(?:full|abstract|e?pdf|epub|html|meta)|\.e?pdf)$")  # a page's address goes on so
_WINDOWS = re.compile(r"/?[A-Za-z]:[\\/]")
_SHORTEST = 12  # letters and digits of a title that may stand at the end of a file's name


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a bibliography; dates and language as in a Draft, fields empty where it says nothing."""

    key: str
    title: str = ""
    authors: tuple[str, ...] = ()  # "Ann Lee"
    date: str = ""
    outlet: str = ""
    doi: str = ""  # lower case, without https://doi.org/
    url: str = ""
    language: str = ""
    abstract: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)  # type, section, pages, keywords ...
    files: tuple[str, ...] = ()  # attached ones, as the bibliography states them


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an article when a reference for it is sought."""

    id: str
    title: str = ""
    date: str = ""
    url: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    source: str = ""  # name or path of the file it came from
    head: str = ""  # its first words, some thousand code points


@dataclass(frozen=True, slots=True)
class Pair:
    """A reference and the article it is about, and how that was found: "doi", "title" or "file"."""

    reference: Reference
    article: str
    by: str


@dataclass(frozen=True, slots=True)
class Matches:
    """Each reference is in one of the two, each article in one pair at most; both in the bibliography's order."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Reference, ...]


def match(references: Sequence[Reference], articles: Sequence[Known]) -> Matches:
    """Finds the article of each reference: by DOI, then by title, then by the names of files.

    A name that several articles share decides nothing, unless their dates tell them apart.
    """
    found: dict[int, Pair] = {}
    free = {article.id: article for article in articles}
    for by, of_reference, of_article in _WAYS:
        places: dict[str, list[Known]] = defaultdict(list)
        for article in free.values():
            for name in of_article(article):
                places[name].append(article)
        for number, reference in enumerate(references):
            if number in found:
                continue
            here = {each.id: each for name in of_reference(reference) for each in places.get(name, ())}
            here = {key: each for key, each in here.items() if key in free}
            if by == "title":
                here = {key: each for key, each in here.items() if not _is_years_off(each, reference)}
            one = _only([*here.values()], reference.date)
            if one is not None:
                found[number] = Pair(reference, one.id, by)
                del free[one.id]
    rest = (reference for number, reference in enumerate(references) if number not in found)
    return Matches(tuple(found[number] for number in sorted(found)), tuple(rest))


def _only(articles: list[Known], date: str) -> Known | None:
    """The one article, or the one of them whose date agrees as far as both are told."""
    if len(articles) > 1 and date:
        articles = [
            each
            for each in articles
            if each.date and (each.date.startswith(date) or date.startswith(each.date))
        ]
    return articles[0] if len(articles) == 1 else None


def _is_years_off(article: Known, reference: Reference) -> bool:
    """Whether both are dated and more than a year lies between: another year's text of the same title."""
    years = [each.date[:4] for each in (article, reference)]
    return all(year.isdecimal() for year in years) and abs(int(years[0]) - int(years[1])) > 1


def find_doi(text: str) -> str:
    """The first DOI in a text, lower case, or ""."""
    found = _DOI.search(unquote(text) if "%2" in text else text)
    return _trimmed(found[0]) if found else ""


def _trimmed(found: str) -> str:
    """In lower case, without the rest of an address or the punctuation of the sentence around it."""
    doi = found.lower()
    while doi and (doi[-1] in ".,;:!]" or (doi[-1] == ")" and doi.count("(") < doi.count(")"))):
        doi = doi[:-1]
    return _BEHIND.sub("", doi)


def _dois(article: Known) -> Iterable[str]:
    stated = [find_doi(text) for text in (article.url, *article.attributes.values())]
    if any(stated):
        return {doi for doi in stated if doi}
    in_head = {_trimmed(each) for each in _DOI.findall(article.head)}
    return in_head if len(in_head) == 1 else ()  # several are those of works it cites


def plain_words(text: str) -> str:
    """The words of a title in lower case, without punctuation and accents."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(each for each in bare if not unicodedata.combining(each))))


def _words(title: str) -> Iterable[str]:
    words = plain_words(title)
    return (words,) if words else ()


def _file_names(reference: Reference) -> Iterable[str]:
    names = [_base(stated) for stated in reference.files]
    return {"=" + name for name in names if name} | set(_words(reference.key)) | set(_words(reference.title))


def _source_names(article: Known) -> Iterable[str]:
    """The file's name; the words of it, and all their endings, since `Lee - 2014 - Title.pdf` ends in the title."""
    base = _base(article.source)
    if not base:
        return ()
    words = plain_words(PurePosixPath(base).stem).split()[:60]
    endings = (" ".join(words[start:]) for start in range(1, len(words)))
    return {"=" + base, " ".join(words), *(each for each in endings if len(each) >= _SHORTEST)}


def _base(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2].casefold()


_WAYS: tuple[tuple[str, Callable[[Reference], Iterable[str]], Callable[[Known], Iterable[str]]], ...] = (
    ("doi", lambda reference: (reference.doi,) if reference.doi else (), _dois),
    ("title", lambda reference: _words(reference.title), lambda article: _words(article.title)),
    ("file", _file_names, _source_names),
)


def attached_files(reference: Reference, folder: Path) -> list[Path]:
    """The attached files that are there. Relative paths start at the bibliography's folder and stay inside it."""
    return [path for stated in reference.files if (path := _attached(stated, folder)) is not None]


def _attached(stated: str, folder: Path) -> Path | None:
    if stated.startswith("file:"):
        stated = unquote(re.sub(r"^file:(?://(?:localhost)?)?", "", stated))
    if not _WINDOWS.match(stated):
        stated = stated.replace("\\", "/")
    stated = stated.removeprefix("/") if _WINDOWS.match(stated) else stated
    try:
        path = Path(stated)
        if not path.is_absolute():
            path = (folder / path).resolve()
            path.relative_to(folder.resolve())
        return path if path.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None
