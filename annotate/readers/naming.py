"""What the name of a file says, by a pattern: `{date}_{outlet}_{title}` reads `2025-03-01_CNN_A title.html`."""

from __future__ import annotations

import re
from dataclasses import replace

from annotate.errors import UserError
from annotate.model import Draft
from annotate.readers.contract import stem
from annotate.readers.dates import iso_date

FIELDS = frozenset(("title", "outlet", "author", "date", "url", "language"))
_PLACE = re.compile(r"\{([^{}]*)\}")


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern as one that a file's name, without its suffix, is matched with. UserError for one that is none.

    What stands in braces is a field of the article, or the name of an attribute; `{}` is passed over.
    """
    names = [name.strip() for name in _PLACE.findall(pattern)]
    known = [name for name in names if name]
    if not known:
        raise UserError(f"“{pattern}” names nothing; write for example {{date}}_{{outlet}}_{{title}}.")
    if twice := next((name for name in known if known.count(name) > 1), ""):
        raise UserError(f"“{pattern}” names “{twice}” twice.")
    made, last = "", 0
    for at, place in enumerate(_PLACE.finditer(pattern)):
        made += re.escape(pattern[last : place.start()])
        is_last = place.end() == len(pattern)
        words = ".+" if is_last else ".+?"
        made += f"(?P<f{at}>{words})" if names[at] else f"(?:{words})"
        last = place.end()
    return re.compile(made + re.escape(pattern[last:]), re.DOTALL)


def told(name: str, pattern: str) -> dict[str, str]:
    """What a file's name says: fields of the article and attributes; nothing where it is of another shape."""
    found = compiled(pattern).fullmatch(stem(name))
    if found is None:
        return {}
    names = [place.strip() for place in _PLACE.findall(pattern)]
    fields = {names[int(group[1:])]: words.strip() for group, words in found.groupdict().items()}
    if "date" in fields:
        fields["date"] = iso_date(fields["date"])
    return {name: words for name, words in fields.items() if words}


def named(draft: Draft, name: str, pattern: str) -> Draft:
    """The draft with what the name of its file says; as it is where the name is of another shape."""
    fields = told(name, pattern)
    if not fields:
        return replace(draft, notes=(*draft.notes, f"The name is not of the shape {pattern}."))
    others = {name: words for name, words in fields.items() if name not in FIELDS}
    own = {name: words for name, words in fields.items() if name in FIELDS}
    return replace(draft, attributes={**draft.attributes, **others}, **own)  # type: ignore[arg-type]
