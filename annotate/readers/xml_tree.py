"""XML parsed safely: no entity is expanded, nothing outside is loaded, depth and size are bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotate.errors import UserError

if TYPE_CHECKING:
    from lxml.etree import _Element


def xml_tree(data: bytes, name: str) -> _Element:
    """The root of a document without its comments; UserError (naming the file) where it is no sound XML."""
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
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UserError(f"{name} is damaged: the XML in it cannot be read.") from None


def local(element: _Element) -> str:
    """The tag without its namespace; "" for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
