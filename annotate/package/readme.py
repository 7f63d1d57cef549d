"""`README.md` of a package: what it is, how it was made, what each file holds, and what is not there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.model import Taxonomy
from annotate.package.about import About
from annotate.package.citation import cited
from annotate.package.files import SUMS, Made
from annotate.package.tables import Sheet
from annotate.spoken import counted
from annotate.text import RULE
from annotate.version import VERSION

SAID = {
    "CITATION.cff": "how to cite this, for programs",
    "LICENSE.txt": "what may be done with it",
    "datapackage.json": "all tables with types, keys and foreign keys (Frictionless Data Package)",
    "croissant.json": "the same for machine learning (Croissant 1.0)",
    "agreement/agreement.md": "how far the coders agree, to read",
    "codebook/codebook.html": "the codebook to read: every code with its definition, rules and examples",
    "codebook/codebook.md": "the same in plain text",
    SUMS: "SHA-256 of every file; `sha256sum -c SHA256SUMS` checks them",
}
UNDER = {
    "codebook/json/": "a taxonomy whole: codes, questions, rules, types of relations (JSON; Postil reads it)",
    "codebook/skos/": "a taxonomy as SKOS (Turtle)",
    "codebook/versions/": "a frozen version of a taxonomy (JSON)",
    "coding/": "the coding without the texts, which Postil brings onto other copies of them (`rehydrate`)",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted and told. `day`: when the project was last changed; `absent`: sentences on what is not there."""

    project: str
    day: str
    articles: int
    highlights: int
    coders: Sequence[str]
    taxonomies: Sequence[Taxonomy]
    notes: Sequence[str]
    absent: Sequence[str]


def readme(
    about: About, facts: Facts, sheets: Sequence[Sheet], made: Mapping[str, Made], written: Sequence[str]
) -> str:
    """`written`: the paths of all files, this one among them."""
    return "\n\n".join(_parts(about, facts, sheets, made, written)) + "\n"


def _parts(
    about: About, facts: Facts, sheets: Sequence[Sheet], made: Mapping[str, Made], written: Sequence[str]
) -> Iterator[str]:
    yield f"# {_flat(about.title)}"
    if about.description:
        yield about.description.strip()
    yield (
        f"A replication package of the project “{_flat(facts.project)}”, as it stood on {facts.day}: "
        f"{counted(facts.highlights, 'highlight')} on {counted(facts.articles, 'article')} by "
        f"{counted(len(facts.coders), 'coder')}. Made with Postil {VERSION}, an offline workbench "
        "for research annotation."
    )
    yield f"Cite as: {cited(about, facts.day)}"
    yield "## Files\n\n" + "\n".join(_files(sheets, made, written))
    yield "## How to read it\n\n" + _how(about)
    yield "## Tables\n\n" + "\n\n".join(_table(sheet, made) for sheet in sheets)
    yield "## Taxonomies\n\n" + ("\n".join(_taxonomies(facts.taxonomies)) or "None.")
    yield "## Coders\n\n" + (", ".join(map(_flat, facts.coders)) or "None.") + _anonymous(about)
    yield "## What is not in it\n\n" + "\n".join(f"- {each}" for each in facts.absent)
    if facts.notes:
        yield "## What went in, and how\n\n" + "\n".join(f"- {each}" for each in facts.notes)
    yield "## Rights\n\n" + _rights(about)
    yield (
        "## How it was made\n\nOne command (`postil package`) reads the project file and writes all of this. "
        "The same project gives the same package, byte for byte: no file holds the time at which it was written."
    )


def _files(sheets: Sequence[Sheet], made: Mapping[str, Made], written: Sequence[str]) -> Iterator[str]:
    yield "| file | rows | what |\n|---|---:|---|"
    tables = {f"{sheet.path}.csv": sheet.about for sheet in sheets}
    for path in sorted(written):
        rows = made[path].rows if path in made else None
        about = tables.get(path) or SAID.get(path) or ("this file" if path == "README.md" else "")
        if path.endswith(".parquet"):
            about = "the same as Parquet"
        about = about or next(said for folder, said in UNDER.items() if path.startswith(folder))
        yield f"| `{path}` | {'' if rows is None else f'{rows:,}'} | {about} |"


def _how(about: About) -> str:
    reading = (
        "CSV files are UTF-8 with a header, fields divided by commas and quoted as RFC 4180 says; an empty field is a "
        "missing value. Parquet files hold the same. In R and Python:\n\n"
        '    highlights <- readr::read_csv("data/highlights.csv")\n'
        '    highlights = pandas.read_csv("data/highlights.csv")\n\n'
        "Positions (`start`, `end`, `parts`) are Unicode code points from the beginning of the article's text, half "
        "open: in Python, `text[start:end]` is the quote. Not so in languages that count UTF-16 "
        "units or bytes. Times are UTC."
    )
    texts = (
        "The texts stand in `data/texts.csv`."
        if about.text
        else "The texts are not in it. Whoever has the same texts can check that they are the "
        "same, and bring the coding onto them with `postil rehydrate PROJECT "
        "THIS.zip`, also where their copies differ a little."
    )
    return f"{reading}\n\n{texts} `text_hash` is the SHA-256 of a text in this form: {RULE[0].lower()}{RULE[1:]}."


def _table(sheet: Sheet, made: Mapping[str, Made]) -> str:
    rows = made[f"{sheet.path}.csv"].rows or 0
    leads = {each.column: f"; leads to `{each.table}.{each.to}`" for each in sheet.leads}
    lines = [
        f"### {sheet.name}\n",
        f"{sheet.about}. {counted(rows, 'row')}; a row is known by `{'`, `'.join(sheet.key)}`.\n",
    ]
    lines += [f"- `{_flat(each.name)}`: {each.about}{leads.get(each.name, '')}" for each in sheet.fields]
    return "\n".join(lines)


def _taxonomies(taxonomies: Sequence[Taxonomy]) -> Iterator[str]:
    for each in taxonomies:
        said = [f"version {each.version}"] if each.version else []
        said += [counted(len(each.codes), "code"), each.licence, each.credit, each.source]
        yield f"- {_flat(each.title)} (`{each.slug}`): {'; '.join(_flat(one) for one in said if one)}"


def _anonymous(about: About) -> str:
    return (
        "\n\nTheir names were replaced, in order of their first appearance in the project."
        if about.anonymous
        else ""
    )


def _rights(about: About) -> str:
    if about.licence:
        said = f"The coding is available under [{about.licence.title}]({about.licence.url}) (SPDX: {about.licence.id})."
    else:
        said = "No licence was stated; ask the authors."
    texts = "Texts and quotes" if about.text or about.quotes_up_to else "The texts"
    return f"{said} `LICENSE.txt` says what holds for the taxonomies. {texts} belong to those who published them."


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
