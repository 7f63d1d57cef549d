"""A small project as the lists and dialogs show it, made through the storage room."""

from __future__ import annotations

from pathlib import Path

from annotate.model import ArticleState, Code, Draft, Taxonomy
from storage import Project, Step, articles, coders, highlights, taxonomies
from ui.look import Look
from ui.session import Session
from ui.settings import Settings

TEXT = "The administrative court stopped the first planned transfer on Tuesday. " * 6
ROWS = (
    ("Court halts first transfer flight", "Meridian Post", "Ada Okafor", "2025-03-12", "in progress", 23),
    ("Ministers split over third-country plan", "The Kestrel", "", "2025-03-14", "in progress", 11),
    ("What the agreement would cost", "Harbour Review", "", "2025-04-02", "in progress", 4),
    ("Opposition asks who signed", "Meridian Post", "", "2025-03-16", "to do", 0),
    ("A town waits for the reception centre", "Northern Star", "", "2025-03-19", "to do", 0),
    ("Audit office: costs not estimated", "Harbour Review", "", "2025-04-08", "to do", 0),
    ("Lawyers’ letter to the tribunal", "Document", "", "2025-04-11", "to do", 0),
    ("Envoy denies talks on detention", "The Kestrel", "", "2025-03-09", "done", 18),
    ("Judges describe a rising caseload", "Northern Star", "", "2025-03-03", "done", 31),
    ("Crossword", "Northern Star", "", "2025", "skipped", 0),
)


def taxonomy() -> Taxonomy:
    """Two codes under a heading."""
    root = Code("root", "frames", None, "", "Policy frames", assignable=False)
    economic = Code("economic", "frames", "root", "1", "Economic", colour="amber", position=0)
    legal = Code("legal", "frames", "root", "5", "Legality", colour="indigo", position=1)
    return Taxonomy("frames", "frames", "Frames", codes=(root, economic, legal))


def fill(project: Project) -> list[str]:
    """Puts the rows in, with the marks of two coders; the ids in order of import."""
    ids: list[str] = []

    def work(step: Step) -> None:
        taxonomies.add(step, taxonomy())
        drafts = [
            Draft(f"{title}. {TEXT}", title, outlet, author, date)
            for title, outlet, author, date, _, _ in ROWS
        ]
        ids.extend(articles.add(step, drafts, [f"{at}.txt" for at in range(len(ROWS))], [None] * len(ROWS)))
        ana, ben = coders.ensure(step, "Ana"), coders.ensure(step, "Ben")
        for id, (*_, state, number) in zip(ids, ROWS, strict=True):
            articles.set_state(
                step, [id], ArticleState(state), "no policy in it" if state == "skipped" else ""
            )
            codes: list[str | None] = ["economic", "legal", None]
            highlights.add(
                step,
                [
                    highlights.make(id, ben if at % 4 == 3 else ana, codes[at % 3], [(at * 9, at * 9 + 8)])
                    for at in range(number)
                ],
            )

    project.do("Begin", work)
    return ids


def many(project: Project, number: int) -> None:
    """A hundred thousand articles, quickly: the narrow rows alone, as the list reads them."""
    with project.unlogged() as db:
        db.conn.executemany(
            "INSERT INTO article (number, id, title, outlet, author, date, url, language, state, reason, "
            "characters, words, hash, source, attributes, added) "
            "VALUES (?, ?, ?, ?, '', ?, '', '', ?, '', 4000, 700, ?, ?, '', '')",
            (
                (at, f"id{at}", f"Article {at}", f"Outlet {at % 50}", f"2025-03-{at % 28 + 1:02}",
                 ("to do", "to do", "to do", "in progress", "done")[at % 5], f"hash{at}", f"{at}.txt")
                for at in range(1, number + 1)
            ),
        )  # fmt: skip


def opened(folder: Path, look: Look, *, filled: bool = True) -> Session:
    """A session on a new project in `folder`; Ana codes."""
    settings = Settings(look, passing=True)
    settings.set_coder("Ana")
    project = Project.create(folder / "transfers.postil", "Transfers in the press", hold=True)
    if filled:
        fill(project)
    return Session(project, settings, look)
