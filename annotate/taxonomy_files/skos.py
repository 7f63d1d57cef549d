"""SKOS thesauri and classifications: what they say, and a tree of codes made of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any

from annotate.codebook_cells import YES
from annotate.codebook_files import slug_of
from annotate.codetree import PALETTE, numbered
from annotate.errors import UserError
from annotate.languages import Labels, is_language, labels_of
from annotate.model import Code, CodeKind, Scope, Taxonomy
from annotate.refi import colour_name
from annotate.spoken import counted
from annotate.taxonomy_files.incoming import NO_WISHES, Incoming, Wishes, some
from annotate.taxonomy_files.rdf import SUFFIXES as SUFFIXES
from annotate.taxonomy_files.rdf import kind_of
from annotate.taxonomy_files.skos_graph import Held
from annotate.taxonomy_files.skos_tree import one_parent
from annotate.taxonomy_files.skos_words import OWN, code_id, scheme_slug

_NUMBER = re.compile("[0-9]{1,9}")


def sniff(data: bytes, name: str) -> bool:
    return bool(kind_of(data, name))


def read(data: bytes, name: str, wishes: Wishes = NO_WISHES) -> Incoming:
    """The concepts of a file as a tree, siblings in the order of the file; labels of other languages beside those
    of the one that is wanted, or that the file names as its own, or that most have.

    Raises UserError where there are none.
    """
    held = Held(data, name)
    inside, scheme, notes = _chosen(held, name, wishes.scheme)
    languages = _languages(held, inside)
    language = _own_language(held, scheme, languages)
    order = _order(wishes.language, languages, name)
    if language is not None and not wishes.language:
        order = tuple(dict.fromkeys((language, *order)))
    stem = PurePath(name.removesuffix(".gz")).stem
    title = wishes.title or held.scheme_title(scheme, order) or stem or "Codes"
    slug = wishes.slug or scheme_slug(scheme) or slug_of(title)
    parents, also, said = one_parent(inside, held.broader)
    notes += said
    codes, said = _codes(held, inside, parents, order, slug)
    notes += [*said, *held.left_out()]
    head: dict[str, Any] = {
        each: held.first(each, scheme, order) for each in ("version", "licence", "source", "credit", "note")
    }
    if not head["source"] and scheme and not scheme.startswith(("_:", "urn:postil:")):
        head["source"] = scheme
    also_under = {code_id(each): tuple(map(code_id, others)) for each, others in also.items()}
    if also:
        labels = {code.id: code.label for code in codes}
        named = some(f"{labels[id]} (also below {labels[ups[0]]})" for id, ups in also_under.items())
        notes.append(f"{counted(len(also), 'code')} with more than one parent got the first: {named}.")
    locked = held.first("locked", scheme, ()) in YES
    head["language"] = order[0] if is_language(order[0]) else ""
    taxonomy = Taxonomy(slug, slug, title, codes=codes, locked=locked, **head)
    return Incoming(taxonomy, tuple(notes), also_under, languages)


def _chosen(held: Held, name: str, wanted: str) -> tuple[list[str], str, list[str]]:
    """The concepts to take in order, the scheme that they are of ("" for none), and what to say."""
    named = [held.texts[kind] for kind in ("label", "name", "notation")]
    known = [each for each in held.concepts if any(each in texts for texts in named)]
    sizes = {scheme: len(inside.keys() & set(known)) for scheme, inside in held.schemes.items()}
    titles = {scheme: held.scheme_title(scheme, ("en",)) or scheme for scheme in sizes}
    scheme = max(sizes, key=lambda each: sizes[each], default="")
    notes = []
    if wanted:
        found = [each for each in sizes if wanted in (each, code_id(each), titles[each])]
        if not found:
            raise UserError(
                f"{name} has no concept scheme “{wanted}”; there are {some(titles.values()) or 'none'}."
            )
        scheme = found[0]
        known = [each for each in known if each in held.schemes[scheme]]
    elif len(sizes) > 1:
        largest = sorted(sizes, key=lambda each: -sizes[each])
        said = some(f"{titles[each]} ({sizes[each]:,})" for each in largest)
        notes.append(f"{len(sizes):,} concept schemes, taken together: {said}.")
    if not known:
        raise UserError(f"{name} holds no SKOS concepts with a label.")
    return known, scheme, notes


def _languages(held: Held, concepts: Sequence[str]) -> tuple[str, ...]:
    """Those of the labels, the fullest first, English before others as full as it is; "" for none said."""
    count = Counter(
        language for each in concepts for language in {said for said, _ in held.all("label", each)}
    )
    return tuple(sorted(count, key=lambda each: (-count[each], each != "en", each)))


def _order(wanted: str, languages: tuple[str, ...], name: str) -> tuple[str, ...]:
    """The languages to look for texts in. Raises UserError where the one that is wanted is not there."""
    if not wanted:
        return languages
    wanted = wanted.lower()
    first = [each for each in languages if each == wanted or each.startswith(f"{wanted}-")]
    if not first:
        there = ", ".join(filter(None, languages)) or "none said"
        raise UserError(f"{name} has no labels in the language “{wanted}”; there are {there}.")
    return tuple(dict.fromkeys((*sorted(first), *languages)))


def _other_labels(held: Held, concept: str, language: str) -> Labels:
    """The first label in each of the other languages."""
    said = {tag: text.strip() for tag, text in reversed(held.all("label", concept))}
    return labels_of({tag: text for tag, text in said.items() if tag != language})


def _own_language(held: Held, scheme: str, languages: Sequence[str]) -> str | None:
    """The language in which a scheme has its labels, as it says itself; None where it does not."""
    said = held.first("language", scheme, ()).strip().lower()
    if said in languages:
        return said
    return "" if scheme_slug(scheme) and "" in languages else None


def _codes(
    held: Held, concepts: Sequence[str], parents: Mapping[str, str | None], order: Sequence[str], slug: str
) -> tuple[tuple[Code, ...], list[str]]:
    made: list[Code] = []
    other: Counter[str] = Counter()
    known = set(concepts)
    for each in concepts:
        language, labels = held.in_language("label", each, order)
        labels = [text for text in labels if text.strip()]
        notation = held.first("notation", each, order).strip()
        label = labels[0] if labels else held.first("name", each, order) or notation or code_id(each)
        if labels and language != order[0]:
            other[language] += 1
        parent = parents[each]
        own = {kind: held.first(kind, each, ()) for kind in OWN}
        prose = {
            kind: "\n\n".join(held.in_language(kind, each, order)[1])
            for kind in ("definition", "use_when", "examples")
        }
        replaced_by = [code_id(by) for by in held.links["replaced_by"].get(each, ()) if by in known]
        code = Code(
            code_id(each), slug, None if parent is None else code_id(parent), notation, label.strip(),
            definition=prose["definition"], use_when=prose["use_when"], examples=prose["examples"],
            avoid_when=own["avoid_when"], counter_examples=own["counter_examples"],
            colour=own["colour"] if own["colour"] in PALETTE or colour_name(own["colour"]) else "",
            shortcut=own["shortcut"], assignable=own["assignable"] not in ("false", "0"),
            position=int(own["position"]) if _NUMBER.fullmatch(own["position"]) else len(made),
            synonyms=tuple(text for said, text in held.all("synonyms", each) if said == language and text.strip()),
            related=tuple(code_id(to) for to in held.links["related"].get(each, ()) if to in known),
            retired=held.first("deprecated", each, ()) in ("true", "1"),
            replaced_by=next(iter(replaced_by), None),
            kind=CodeKind(own["kind"]) if own["kind"] in list(CodeKind) else CodeKind.PLAIN,
            scope=Scope(own["scope"]) if own["scope"] in list(Scope) else Scope.SPAN,
            own=own["own"] in YES,
            labels=_other_labels(held, each, language),
        )  # fmt: skip
        made.append(code)
    notes = []
    if other:
        said = ", ".join(
            f"{number:,} in {language or 'no language said'}" for language, number in other.items()
        )
        notes.append(
            f"Labels not there in {order[0] or 'the language that most have'} were taken as they are: {said}."
        )
    return numbered(made), notes
