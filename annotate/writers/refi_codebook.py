"""The codebook as REFI-QDA has it (.qdc): what other programs for qualitative analysis read."""

from __future__ import annotations

from typing import IO

from annotate.errors import UserError
from annotate.refi import CODEBOOK
from annotate.version import VERSION
from annotate.writers.dataset import Dataset, Written
from annotate.writers.refi_codes import Cleaner, codes_element, notes_on
from annotate.writers.spans import Options

NAME, TITLE, SUFFIX, ROWS = "qdc", "REFI-QDA codebook", ".qdc", "codes"


def available() -> bool:
    return True


def write(dataset: Dataset, out: IO[bytes], options: Options) -> Written:
    """Every code of every taxonomy. Raises UserError where there is none: the schema wants one."""
    from lxml import etree

    clean = Cleaner()
    codes = codes_element(dataset.taxonomies, clean)
    if codes is None:
        raise UserError("There are no codes to write; a REFI-QDA codebook has at least one.")
    root = etree.Element("CodeBook", xmlns=CODEBOOK, origin=f"Postil {VERSION}")
    root.append(codes)
    out.write(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))
    number = sum(len(taxonomy.codes) for taxonomy in dataset.taxonomies)
    return Written(number, (*notes_on(dataset.taxonomies), *clean.notes()))
