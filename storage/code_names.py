"""Codes by the names that people and files give them: an id, or slug:notation."""

from __future__ import annotations

from annotate.codetree import descendants
from annotate.errors import UserError
from storage import taxonomies
from storage.project import Project


class CodeNames:
    """The codes of a project as they stood when this was made. An id goes before a notation."""

    def __init__(self, project: Project) -> None:
        held = taxonomies.all_taxonomies(project)
        self._codes = [code for taxonomy in held for code in taxonomy.codes]
        self._ids = {code.id for code in self._codes}
        self._by_notation: dict[str, list[str]] = {}
        for taxonomy in held:
            for code in taxonomy.codes:
                if code.notation:
                    self._by_notation.setdefault(f"{taxonomy.slug}:{code.notation}", []).append(code.id)

    def id(self, name: str) -> str:
        """Raises UserError for a name that no code or more than one has."""
        if name in self._ids:
            return name
        found = self._by_notation.get(name, [])
        if not found:
            raise UserError(f"There is no code “{name}”; name one by its id or as slug:notation.")
        if len(found) > 1:
            raise UserError(f"Several codes are called “{name}”; name one by its id ({', '.join(found)}).")
        return found[0]

    def with_below(self, name: str) -> list[str]:
        """The ids of the code and of all codes below it. Raises UserError as `id` does."""
        top = self.id(name)
        return [top, *(code.id for code in descendants(self._codes, top))]
