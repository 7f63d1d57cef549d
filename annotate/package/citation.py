"""How a package is cited and may be used: `CITATION.cff` and `LICENSE.txt`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from annotate.model import Taxonomy
from annotate.package.about import About, Author


def cited(about: About, day: str) -> str:
    """In one line: `Lee, Ann (2025): Title. Version 1.0. https://doi.org/…`."""
    authors = "; ".join(each.spoken for each in about.authors) or "N. N."
    doi = f" https://doi.org/{about.doi}" if about.doi else ""
    return f"{authors} ({day[:4]}): {about.title}. Version {about.version}.{doi}"


def citation(about: About, day: str) -> str:
    """`CITATION.cff` in version 1.2.0 of its format, which wants an author: without one, those of the title."""
    import yaml

    held: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": about.title,
        "authors": [_author(each) for each in about.authors] or [{"name": f"The authors of “{about.title}”"}],
        "abstract": about.description,
        "keywords": list(about.keywords),
        "license": about.licence.id if about.licence else "",
        "version": about.version,
        "date-released": day,
        "doi": about.doi,
    }
    kept = {key: value for key, value in held.items() if value}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)


def _author(author: Author) -> dict[str, str]:
    name = (
        {"family-names": author.name, "given-names": author.given} if author.given else {"name": author.name}
    )
    more = {"affiliation": author.affiliation if author.given else "", "orcid": author.orcid}
    return {key: value for key, value in (name | more).items() if value}


def licence_text(about: About, taxonomies: Sequence[Taxonomy]) -> str:
    """What holds for the coding, for the taxonomies, and for the texts."""
    lines = [about.title, ""]
    if about.licence:
        lines += [
            "The coding, the codebook of the study's own codes and the documentation are made available under:",
            about.licence.title,
            f"SPDX-License-Identifier: {about.licence.id}",
            about.licence.url,
        ]
    else:
        lines += ["No licence was stated: all rights are reserved by the authors."]
    others = [each for each in taxonomies if each.licence]
    if others:
        lines += ["", "Taxonomies have terms of their own:", ""]
        lines += [f"- {each.title} ({each.slug}): {' '.join(each.licence.split())}" for each in others]
    lines += [
        "",
        "Articles and quotes belong to those who published them; the licence above is not about them.",
    ]
    return "\n".join(lines) + "\n"
