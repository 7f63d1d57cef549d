"""Word documents made for tests: parts of XML packed as Word does."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
)


def docx(
    body: str,
    *,
    main: str = "word/document.xml",
    styles: str = "",
    numbering: str = "",
    footnotes: str = "",
    endnotes: str = "",
    core: str = "",
    space: str = MAIN,
) -> bytes:
    """A document; each argument is what stands inside the root of its part."""
    parts = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
        f"<Override PartName='/{main}' ContentType='application/vnd.openxmlformats-officedocument"
        ".wordprocessingml.document.main+xml'/></Types>",
        "_rels/.rels": "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        f"<Relationship Id='a' Type='http://x/officeDocument' Target='{main}'/></Relationships>",
        main: _part("document", f"<w:body>{body}</w:body>", space),
        "word/styles.xml": _part("styles", styles, space),
        "word/numbering.xml": _part("numbering", numbering, space),
        "word/footnotes.xml": _part("footnotes", footnotes, space),
        "word/endnotes.xml": _part("endnotes", endnotes, space),
        "docProps/core.xml": f"{_CORE}{core}</cp:coreProperties>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, xml in parts.items():
            file.writestr(name, xml)
    return out.getvalue()


def _part(root: str, inside: str, space: str) -> str:
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{space}" {_SPACES}>{inside}</w:{root}>'


def p(*runs: str, props: str = "") -> str:
    """A paragraph of runs; a run that is no XML is a text."""
    return f"<w:p><w:pPr>{props}</w:pPr>{''.join(map(r, runs))}</w:p>"


def r(words: str) -> str:
    return words if words.startswith("<") else f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def styled(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def style(id: str, name: str, inside: str = "") -> str:
    return f'<w:style w:styleId="{id}"><w:name w:val="{name}"/>{inside}</w:style>'


def listed(id: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{id}"/></w:numPr>'


def row(*cells: str) -> str:
    """A table row; a cell that is no XML is a paragraph."""
    inside = (cell if cell.startswith("<") else p(cell) for cell in cells)
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in inside) + "</w:tr>"
