"""What ProQuest states of an article in all its formats: fields by their labels."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from annotate.readers.blocks import Line, one_line
from annotate.readers.database import Entry
from annotate.readers.dates import date_within
from annotate.readers.languages import language_code
from annotate.spoken import counted

TEXT, ABSTRACT, TITLE = "Full text", "Abstract", "Title"
KEYS = {
    "Section": "section",
    "Pages": "page",
    "First page": "page",
    "Volume": "volume",
    "Issue": "issue",
    "Edition": "edition",
    "Dateline": "dateline",
    "Column": "column",
    "Subject": "subjects",
    "Location": "places",
    "People": "people",
    "Company / organization": "companies",
    "Identifier / keyword": "keywords",
    "Classification": "classification",
    "Publisher": "publisher",
    "ISSN": "issn",
    "DOI": "doi",
    "Digital Object Identifier": "doi",
    "Source type": "source type",
    "Document type": "type",
    "ProQuest document ID": "document id",
    "Database": "database",
}
SPECIAL = (
    "Author",
    "Publication title",
    "Publication date",
    "Publication year",
    "Language of publication",
    "Document URL",
)
LEFT_OUT = (
    "Links",
    "Copyright",
    "Last updated",
    "Publication info",
    "Place of publication",
    "Country of publication",
    "Publication subject",
    "Business indexing term",
    "Document feature",
    "Publication history",
    "Online publication date",
    "Publication note",
    "Accession number",
    "Source attribution",
    "Supplement",
    "Number of pages",
)
LABELS = frozenset((TEXT, ABSTRACT, TITLE, *KEYS, *SPECIAL, *LEFT_OUT))
_NONE = re.compile(r"(?:none|not) available\.?", re.IGNORECASE)
_NAMED = re.compile(r"\bName: (.{1,200}?)(?=; (?:Name|NAICS|SIC|DUNS|Ticker)\b|$)")
_PROXY = re.compile(r"https?://[^\s?]{1,200}\?(?:q?url)=(?=https?://)", re.IGNORECASE)
_CAPTION = re.compile(r"(CAPTION|CREDIT|Illustration|Photograph)\b\s*:?\s*(.*)")


@dataclass(slots=True)
class Record:
    """A document's fields by their labels in English, as they are stated."""

    title: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    text: list[Line] = field(default_factory=list)
    words: str = ""

    def take(self, label: str, value: str) -> None:
        """A field; the first of its name counts."""
        if value := one_line(value):
            self.fields.setdefault(label, value)

    @property
    def abstract(self) -> str:
        stated = self.fields.get(ABSTRACT, "")
        return "" if _NONE.fullmatch(stated) else stated

    def entry(self) -> Entry:
        """The article; its abstract is the text where there is no other."""
        known = self.fields
        outlet = known.get("Publication title", "").split(";")[0].strip()
        entry = Entry(self.title or known.get(TITLE, ""), outlet)
        entry.put_author(known.get("Author", ""))
        entry.date = date_within(known.get("Publication date", "")) or date_within(
            known.get("Publication info", "")
        )
        entry.date = entry.date or known.get("Publication year", "")[:4]
        entry.language = language_code(known.get("Language of publication", ""))
        entry.url = _PROXY.sub("", known.get("Document URL", ""))
        entry.put("length", re.sub(r"\D", "", self.words))
        for label, key in KEYS.items():
            entry.put(key, _names(known.get(label, "")))
        entry.lines = self.text or ([Line(self.abstract)] if self.abstract else [])
        _take_captions(entry)
        return entry


def _names(stated: str) -> str:
    """`Name: A Co; NAICS: 12; Name: B Co` as `A Co; B Co`."""
    return "; ".join(_NAMED.findall(stated)) or stated


def notes_on(records: list[Record]) -> tuple[str, ...]:
    """A sentence on articles of which the file holds no full text."""
    bare = [record for record in records if not record.text]
    if not bare:
        return ()
    verb, whose = ("has", "its") if len(bare) == 1 else ("have", "their")
    return (f"{counted(len(bare), 'article')} {verb} no full text, only {whose} abstract or title.",)


def _take_captions(entry: Entry) -> None:
    """Captions and credits that stand as lines of their own behind the text."""
    while len(entry.lines) > 1 and (match := _CAPTION.fullmatch(entry.lines[-1].text)):
        entry.put("credit" if match[1] == "CREDIT" else "captions", match[2])
        entry.lines.pop()
