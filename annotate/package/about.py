"""What is to be said of a package that no project knows: who made it, what it is called, how it may be used."""

from __future__ import annotations

import re
from dataclasses import dataclass

from annotate.errors import UserError

_ORCID = re.compile(r"(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:)?(10\.\d{4,9}/\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Licence:
    """`id` is that of SPDX."""

    id: str
    title: str
    url: str


_CC = "https://creativecommons.org/"
LICENCES = (
    Licence("CC0-1.0", "Creative Commons Zero 1.0 Universal", f"{_CC}publicdomain/zero/1.0/"),
    Licence("CC-BY-4.0", "Creative Commons Attribution 4.0", f"{_CC}licenses/by/4.0/"),
    Licence("CC-BY-SA-4.0", "Creative Commons Attribution Share Alike 4.0", f"{_CC}licenses/by-sa/4.0/"),
    Licence("CC-BY-NC-4.0", "Creative Commons Attribution Non Commercial 4.0", f"{_CC}licenses/by-nc/4.0/"),
    Licence(
        "CC-BY-NC-SA-4.0",
        "Creative Commons Attribution Non Commercial Share Alike 4.0",
        f"{_CC}licenses/by-nc-sa/4.0/",
    ),
    Licence("CC-BY-ND-4.0", "Creative Commons Attribution No Derivatives 4.0", f"{_CC}licenses/by-nd/4.0/"),
    Licence(
        "CC-BY-NC-ND-4.0",
        "Creative Commons Attribution Non Commercial No Derivatives 4.0",
        f"{_CC}licenses/by-nc-nd/4.0/",
    ),
    Licence(
        "PDDL-1.0",
        "Open Data Commons Public Domain Dedication",
        "https://opendatacommons.org/licenses/pddl/1-0/",
    ),
    Licence(
        "ODC-By-1.0", "Open Data Commons Attribution 1.0", "https://opendatacommons.org/licenses/by/1-0/"
    ),
    Licence(
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
    ),
    Licence(
        "etalab-2.0", "Etalab Open License 2.0", "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
    ),
    Licence(
        "OGL-UK-3.0",
        "Open Government Licence 3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    Licence("MIT", "MIT License", "https://opensource.org/license/mit"),
    Licence("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
)


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or with `given` empty a body or whatever the name says."""

    name: str
    given: str = ""
    affiliation: str = ""
    orcid: str = ""

    @property
    def spoken(self) -> str:
        """As in a list of authors: `Lee, Ann`."""
        return f"{self.name}, {self.given}" if self.given else self.name


@dataclass(frozen=True, slots=True)
class About:
    """`text`: texts and quotes go in; without it only quotes of at most `quotes_up_to` words."""

    title: str
    authors: tuple[Author, ...] = ()
    licence: Licence | None = None
    description: str = ""
    keywords: tuple[str, ...] = ()
    version: str = "1.0"
    doi: str = ""
    text: bool = True
    quotes_up_to: int = 0
    anonymous: bool = False
    audit: bool = False


def licence(name: str) -> Licence | None:
    """None for no name. Raises UserError for one that is not among LICENCES."""
    if not name.strip():
        return None
    for each in LICENCES:
        if each.id.casefold() == name.strip().casefold():
            return each
    raise UserError(
        f"There is no licence “{name}” here; there are {', '.join(each.id for each in LICENCES)}."
    )


def author(said: str) -> Author:
    """`Family, Given; affiliation; ORCID`, of which a name is enough; one without a comma is taken as it stands.

    Raises UserError for an empty name and for an ORCID that is none.
    """
    name, *more = (" ".join(part.split()) for part in said.split(";"))
    if not name:
        raise UserError("An author needs a name, as in “Lee, Ann; University of Oskar; 0000-0002-1825-0097”.")
    family, _, given = (part.strip() for part in name.partition(","))
    orcid, affiliation = "", []
    for part in more:
        if found := _ORCID.fullmatch(part):
            orcid = _checked(found[1])
        elif part:
            affiliation.append(part)
    return Author(family, given, "; ".join(affiliation), orcid)


def doi(said: str) -> str:
    """Without what stands before it in an address. Raises UserError for what is no DOI."""
    if not said.strip():
        return ""
    found = _DOI.fullmatch(said.strip())
    if not found:
        raise UserError(f"“{said}” is no DOI; one looks like 10.5281/zenodo.1234567.")
    return found[1]


def _checked(orcid: str) -> str:
    """By its check digit (ISO 7064, 11-2)."""
    total, plain = 0, orcid.replace("-", "")
    for digit in plain[:-1]:
        total = (total + int(digit)) * 2
    if (12 - total % 11) % 11 != (10 if plain[-1] == "X" else int(plain[-1])):
        raise UserError(f"“{orcid}” is no ORCID: its last digit does not fit.")
    return f"https://orcid.org/{orcid}"
