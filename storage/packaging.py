"""A replication package out of a project: one ZIP, the same byte for byte whenever and wherever it is made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from annotate.agreement import report
from annotate.codebook_files import slug_of, write_json
from annotate.codebook_versions import Stand
from annotate.model import Taxonomy
from annotate.package.about import About
from annotate.package.citation import citation, licence_text
from annotate.package.croissant import croissant
from annotate.package.datapackage import datapackage
from annotate.package.files import SUMS, Files
from annotate.package.readme import Facts, readme
from annotate.package.tables import Sheet
from annotate.spoken import counted
from annotate.taxonomy_files import FORMATS
from annotate.uses import Uses
from annotate.writers import Options, parquet_table, standoff, writer
from annotate.writers.dataset import Dataset
from annotate.writers.tables import Cell
from annotate.writers.whole import written_whole
from annotate.writers.zipped import Zipped
from storage import articles, exchange, highlights, lost_marks, rounds, taxonomies, taxonomy_versions
from storage.arranging import Arrangement
from storage.package_agreement import REPORT, agreement_sheets, compared_in
from storage.package_codebook import plain_name, version_file
from storage.package_source import Source
from storage.package_tables import sheets
from storage.project import Project

T = TypeVar("T")
TELL = 1000  # rows between two words on how far it is
Watch = Callable[[int], object]  # told the rows written so far; it may raise to stop


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written, and what is to be said of it."""

    files: int
    size: int  # bytes of the ZIP
    articles: int
    highlights: int
    notes: tuple[str, ...]


def pack(project: Project, out: Path, about: About, watch: Watch = lambda rows: None) -> Packed:
    """Writes the package whole or not at all. Raises UserError."""
    with written_whole(out) as file:
        with Zipped(file) as archive:
            files = Files(archive, name_of(about.title))
            notes: list[str] = []
            facts = _fill(project, files, about, watch, notes)
            files.add_sums()
        size = file.tell()
    return Packed(len(files.made), size, facts.articles, facts.highlights, (*_to_mend(about), *notes))


def name_of(title: str) -> str:
    """What the package is called in files: small ASCII letters, digits and hyphens."""
    return (
        re.sub(r"-+", "-", plain_name(slug_of(title).lower()).replace("_", "-"))[:60].strip("-.") or "package"
    )


def rows_to_write(project: Project, about: About) -> int:
    """About how many rows `pack` will tell of."""
    ways = 2 if parquet_table.available() else 1
    texts = articles.count(project) * (2 if about.text else 1)
    return ways * (texts + highlights.count(project)) + (0 if about.text else highlights.count(project))


def _fill(project: Project, files: Files, about: About, watch: Watch, notes: list[str]) -> Facts:
    """Writes all but the checksums. `notes` takes up what whoever makes the package should know."""
    dataset = exchange.dataset(
        project, text=about.text or about.quotes_up_to > 0, arrangement=Arrangement(anonymous=about.anonymous)
    )
    frozen = _frozen(project)
    counter = _Counter(watch)
    kept: Sequence[Taxonomy] = dataset.taxonomies
    if not about.text:
        kept, frozen = _without_texts(project, files, about, frozen, notes, counter)
    day = last_change(project)[:10]
    source = Source(project, about, dataset, exchange.called(project, anonymous=about.anonymous), kept)
    compared, why_not = compared_in(source, counter.still)
    made = [
        replace(sheet, rows=counter.watched(sheet))
        for sheet in [*sheets(source), *agreement_sheets(compared)]
    ]
    for sheet in made:
        files.add_table(sheet)
    less = _codebook(files, replace(dataset, title=about.title, taxonomies=kept))
    for slug, taxonomy in frozen:
        files.add(version_file(slug, taxonomy.version), write_json(taxonomy))
    if compared:
        files.add(REPORT, report.markdown(compared, f"Agreement between coders: {about.title}"))
    if not parquet_table.available():
        notes.append("Tables are in CSV alone: Parquet needs postil[parquet], which was not installed.")
    facts = Facts(
        project.title, day, articles.count(project), highlights.count(project), dataset.coders, kept, [*notes, *less],
        list(_absent(project, about, why_not)),
    )  # fmt: skip
    name = name_of(about.title)
    files.add("datapackage.json", datapackage(about, name, day, made, files.made))
    files.add("croissant.json", croissant(about, name, day, made, files.made))
    files.add("CITATION.cff", citation(about, day))
    files.add("LICENSE.txt", licence_text(about, kept))
    files.add("README.md", readme(about, facts, made, files.made, [*files.made, "README.md", SUMS]))
    return facts


def last_change(project: Project) -> str:
    """When the last step was done, or else the project made: the time that all of the package goes by."""
    found = project.value("SELECT at FROM step ORDER BY id DESC LIMIT 1")
    return str(found or project.value("SELECT created FROM project LIMIT 1"))


def _frozen(project: Project) -> list[tuple[str, Taxonomy]]:
    """The frozen versions, oldest first, each with the slug of its taxonomy and its number as version. One that kept
    codes alone has no more than these.
    """
    return [
        (taxonomy.slug, _as_it_stood(taxonomy, each.number, taxonomy_versions.stood(project, each)))
        for taxonomy in taxonomies.all_taxonomies(project)
        for each in reversed(taxonomy_versions.versions(project, taxonomy.id))
    ]


def _as_it_stood(taxonomy: Taxonomy, number: str, stand: Stand) -> Taxonomy:
    uses = stand.uses or Uses()
    return replace(
        taxonomy, version=number, codes=stand.codes, rules=uses.rules, questions=uses.questions,
        relation_types=uses.relation_types,
    )  # fmt: skip


def _without_texts(
    project: Project,
    files: Files,
    about: About,
    frozen: Sequence[tuple[str, Taxonomy]],
    notes: list[str],
    counter: _Counter,
) -> tuple[Sequence[Taxonomy], list[tuple[str, Taxonomy]]]:
    """Adds the coding as others bring it onto their texts; the taxonomies without passages of the texts."""
    options = Options(text=False, quotes_up_to=about.quotes_up_to)
    looking = standoff.passages(options)
    looking.suspect(taxonomy for _, taxonomy in frozen)
    whole = exchange.dataset(project, arrangement=Arrangement(anonymous=about.anonymous))
    watched = replace(whole, title=about.title, articles=lambda: counter.told(whole.articles()))
    told = standoff.add_to(files, watched, options, "coding/", looking)
    notes.extend(told.notes(options))
    kept = [(slug, replace(each, codes=looking.without_in(each.codes))) for slug, each in frozen]
    return told.taxonomies, kept


def _codebook(files: Files, dataset: Dataset) -> list[str]:
    """Each taxonomy whole and as SKOS, and the document in HTML and Markdown. What SKOS cannot hold."""
    notes: list[str] = []
    for taxonomy in dataset.taxonomies:
        name = plain_name(taxonomy.slug)
        files.add(f"codebook/json/{name}.json", write_json(taxonomy))
        data, lost = FORMATS["turtle"].write(taxonomy)
        files.add(f"codebook/skos/{name}.ttl", data)
        notes.extend(f"SKOS of {taxonomy.title}: {each}" for each in lost)
    for suffix in ("html", "md"):
        with files.file(f"codebook/codebook.{suffix}") as held:
            writer(f"codebook-{suffix}").write(dataset, held, Options())
    return notes


def _absent(project: Project, about: About, why_no_agreement: str) -> Iterator[str]:
    """What one might look for, in a sentence each."""
    if why_no_agreement:
        yield f"A report of agreement between coders. {why_no_agreement}"
    if not rounds.all_rounds(project):
        yield "Rounds and sampling seeds: none were planned in the project."
    if not about.text:
        yield "The texts of the articles" + (
            f", and quotes of more than {counted(about.quotes_up_to, 'word')}."
            if about.quotes_up_to
            else " and quotes."
        )
    yield "The files that the articles came from; `articles.source` has their names."
    if not about.audit:
        yield "The log of all steps; `--audit` adds it."
    if lost := lost_marks.count(project):
        yield f"Highlights that lost their place when a text was corrected, and wait for repair: {lost:,}."
    if earlier := int(project.value("SELECT count(*) FROM text_version WHERE text IS NOT NULL")):
        yield f"Earlier versions of texts that were corrected: {earlier:,}."


def _to_mend(about: About) -> Iterator[str]:
    if not about.authors:
        yield "No author was named, so CITATION.cff names none."
    if about.licence is None:
        yield "No licence was stated, so nobody may use the data yet."


class _Counter:
    """Counts rows on their way, and tells now and then."""

    def __init__(self, watch: Watch) -> None:
        self._watch, self._rows = watch, 0

    def told(self, rows: Iterator[T]) -> Iterator[T]:
        for each in rows:
            if self._rows % TELL == 0:
                self._watch(self._rows)
            self._rows += 1
            yield each

    def still(self, _: int) -> None:
        """Tells how far it is while no rows are written, so that it can be stopped."""
        self._watch(self._rows)

    def watched(self, sheet: Sheet) -> Callable[[], Iterator[tuple[Cell, ...]]]:
        return lambda: self.told(iter(sheet.rows()))
