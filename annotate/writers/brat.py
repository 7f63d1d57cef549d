"""Marks as brat standoff: for each text a .txt and an .ann, as one ZIP. Positions are code points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from annotate.errors import UserError
from annotate.sidecar import FILE, Sidecar, file_names, relation_names, type_names, unused
from annotate.spoken import counted
from annotate.writers.brat_files import AnnFile, annotation_conf, visual_conf
from annotate.writers.dataset import Dataset, Written
from annotate.writers.spans import Options
from annotate.writers.zipped import member, zipped

NAME, TITLE, SUFFIX, ROWS, QUALIFIERS, RELATED = "brat", "brat standoff", ".zip", "spans", True, True


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """Of several coders each has a folder with all texts, which is how brat keeps them apart.

    Raises UserError without text: brat's files carry it.
    """
    if not options.text:
        raise UserError("brat's files carry the texts; they cannot be written without them.")
    types = type_names(dataset.taxonomies)
    sidecar = Sidecar({name: id for id, name in types.items()}, taxonomies=dataset.taxonomies)
    linked = relation_names(dataset.taxonomies, types.values())
    sidecar.relations = {name: id for id, name in linked.items()}
    folders = _folders(dataset, sidecar)
    ann = AnnFile(types, linked)
    with zipped(out) as archive:
        conf = annotation_conf(dataset.taxonomies, types, dataset.qualifiers, linked)
        archive.writestr(member("annotation.conf"), conf)
        archive.writestr(member("visual.conf"), visual_conf(dataset.taxonomies, types))
        for number, article in enumerate(dataset.articles(), 1):
            name = file_names(number, article.title)
            sidecar.know(name, article)
            ann.to_link += len(article.relations)
            for coder, folder in folders.items():
                spans = [span for span in article.spans if not coder or span.coder == coder]
                archive.writestr(member(f"{folder}{name}.txt"), article.text.encode())
                lines = ann.lines(spans, article.text, article.relations)
                archive.writestr(
                    member(f"{folder}{name}.ann"), "".join(f"{line}\n" for line in lines).encode()
                )
        archive.writestr(member(FILE), sidecar.to_json())
    return Written(ann.marks, tuple(_notes(ann, len(folders))))


def _folders(dataset: Dataset, sidecar: Sidecar) -> dict[str, str]:
    """The folder of each coder, "" for all where there is one only."""
    coders = sorted({span.coder for span in dataset.spans()})
    if len(coders) < 2:
        sidecar.coders[""] = coders[0] if coders else ""
        return {"": ""}
    taken: set[str] = set()
    folders = {}
    for coder in coders:
        name = unused(folder_name(coder), taken)
        sidecar.coders[name], folders[coder] = coder, f"{name}/"
    return folders


def folder_name(coder: str) -> str:
    """A name for files of a coder, safe on every system."""
    return re.sub("[^A-Za-z0-9]+", "-", coder).strip("-") or "coder"


def _notes(ann: AnnFile, folders: int) -> Iterator[str]:
    if folders > 1:
        yield f"{folders} coders: a folder for each, with all texts."
    if ann.empty:
        yield f"{counted(ann.empty, 'mark')} on nothing but line breaks left out: brat has no place for them."
    if ann.cut:
        yield f"{counted(ann.cut, 'mark')} cut at line breaks; their true edges stand in notes of the kind Postil."
    if lost := ann.to_link - ann.linked:
        yield f"{counted(lost, 'relation')} between marks of several coders left out: their folders lie apart."
    yield "The times at which marks were made are left out."
