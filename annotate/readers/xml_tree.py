"""XML parsed safely: no entity is expanded, nothing outside is loaded, depth and size are bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotate.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element


def xml_tree(data: bytes, name: str) -> _Element:
    """The root of a document, comments and entities left out. UserError (naming the file) if it is not sound."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UserError(f"{name} is damaged: the XML in it cannot be read.") from None
    etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def local(element: _Element) -> str:
    """The tag without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
