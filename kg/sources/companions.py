"""What lies beside a full text and belongs to it: its entry in a bibliography, and tables that another program read.

An entry belongs to a file that it names (``file = {:papers/fold2020.pdf:PDF}``, as JabRef, Zotero and Mendeley have it)
or whose name is its key. The bibliography is in the folder of the file; one that names the file may also be up to two
folders above. Tables belong to the file of their name; they are beside it, or in a folder ``tables`` beside it or its
folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kg.model import Paper
from kg.model.fulltext import Part
from kg.model.kinds import PassageKind
from kg.sources.filenames import stem
from kg.sources.fulltext.number_tables import LONGEST_FILE, looks_like_tables, read_tables
from kg.sources.lines import read_lines

__all__ = ["completed", "imprint", "is_companion", "known_paper"]

_FULL_TEXTS = frozenset((".pdf", ".xml", ".nxml", ".html", ".htm", ".xhtml", ".md", ".markdown", ".mmd", ".tex"))
_ABOVE = 2  # folders above that of the file
_MOST_BIBLIOGRAPHIES = 20  # of a folder
_LONGEST_BIBLIOGRAPHY = 8_000_000  # bytes
_HEAD = 8_192  # bytes in which a file shows that it holds tables


def known_paper(path: Path) -> Paper | None:
    """What a bibliography says of the paper in a file."""
    if path.suffix.lower() not in _FULL_TEXTS:
        return None
    for above, folder in enumerate(path.parents[: _ABOVE + 1]):
        found = [paper for book in _bibliographies(folder) for paper in book.papers_of(path, by_key=not above)]
        if len({(paper.title, paper.doi, paper.arxiv) for paper in found}) == 1:
            return found[0]
    return None


def completed(paper: Paper, path: Path, known: Paper | None) -> Paper:
    """A paper in full with what lies beside it: an entry says what it is called, tables stand for guessed ones."""
    if not paper.body:
        return paper
    if known is not None:
        lacking = {
            name: getattr(known, name)
            for name in ("abstract", "arxiv", "doi", "date", "authors", "venue", "type", "keywords", "urls")
            if not getattr(paper, name) and getattr(known, name)
        }
        paper = replace(paper, title=known.title, **lacking)
    tables = _tables_file(path)
    return paper if tables is None else _with_tables(paper, tables)


def imprint(path: Path) -> bytes:
    """What of the files beside a full text goes into it: another imprint means that it is to be read anew."""
    known, tables = known_paper(path), _tables_file(path)
    if known is None and tables is None:
        return b""
    said = repr(replace(known, sources=())).encode("utf-8", "surrogatepass") if known is not None else b""
    return said + (tables.read_bytes() if tables is not None else b"")


def is_companion(path: Path) -> bool:
    """Whether a file holds tables of a full text beside it, and is no source of its own."""
    if path.suffix.lower() != ".json":
        return False
    folders = (path.parent, *((path.parent.parent,) if path.parent.name == "tables" else ()))
    owners = (each for folder in folders for each in _owners(folder).get(stem(path.name), ()))
    return any(_tables_file(owner) == path for owner in owners)


@dataclass(frozen=True, slots=True)
class _Bibliography:
    """The entries of a file that name others or may be named by them."""

    folder: Path
    entries: tuple[tuple[str, tuple[str, ...], Paper], ...]

    def papers_of(self, path: Path, *, by_key: bool) -> Iterator[Paper]:
        """The papers whose entries name a file, by its path first; else that whose key is its name."""
        named = [(files, paper) for _, files, paper in self.entries if any(_base(file) == path.name for file in files)]
        exact = [paper for files, paper in named if any(self.folder / file == path for file in files)]
        yield from exact or [paper for _, paper in named]
        if by_key and not named:
            yield from (paper for key, _, paper in self.entries if key == stem(path.name))


def _bibliographies(folder: Path) -> tuple[_Bibliography, ...]:
    books = [path for path in _listed(folder, _state(folder)) if path.suffix.lower() in (".bib", ".bibtex")]
    return tuple(_read(path, *_state(path)) for path in books[:_MOST_BIBLIOGRAPHIES])


@lru_cache(maxsize=64)
def _read(path: Path, changed: int, size: int) -> _Bibliography:
    """A bibliography, as long as it is the same; one that is too long or cannot be read says nothing here."""
    del changed
    if size > _LONGEST_BIBLIOGRAPHY:
        return _Bibliography(path.parent, ())
    try:
        from kg.sources import bibtex

        with path.open("rb") as stream:
            return _Bibliography(path.parent, tuple(bibtex.read_with_files(read_lines(stream), path.name)))
    except OSError:
        return _Bibliography(path.parent, ())


@lru_cache(maxsize=64)
def _listed(folder: Path, state: tuple[int, int]) -> tuple[Path, ...]:
    """The bibliographies and other files of a folder, by name, as long as it is the same."""
    del state
    try:
        return tuple(sorted(path for path in folder.iterdir() if not path.name.startswith(".")))
    except OSError:
        return ()


@lru_cache(maxsize=64)
def _owners_in(folder: Path, state: tuple[int, int]) -> dict[str, list[Path]]:
    owners: dict[str, list[Path]] = {}
    for path in _listed(folder, state):
        if path.is_dir() and path.name != "tables":
            for inner in _listed(path, _state(path)):
                if inner.suffix.lower() in _FULL_TEXTS:
                    owners.setdefault(stem(inner.name), []).append(inner)
        elif path.suffix.lower() in _FULL_TEXTS:
            owners.setdefault(stem(path.name), []).append(path)
    return owners


def _owners(folder: Path) -> dict[str, list[Path]]:
    return _owners_in(folder, _state(folder))


def _state(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def _base(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _tables_file(path: Path) -> Path | None:
    """The file of tables that belongs to a full text."""
    if path.suffix.lower() not in _FULL_TEXTS:
        return None
    name = f"{stem(path.name)}.json"
    for folder in (path.parent, path.parent / "tables", path.parent.parent / "tables"):
        candidate = folder / name
        try:
            if candidate.is_file() and candidate.stat().st_size <= LONGEST_FILE:
                with candidate.open("rb") as stream:
                    if looks_like_tables(stream.read(_HEAD)):
                        return candidate
        except OSError:
            continue
    return None


def _with_tables(paper: Paper, path: Path) -> Paper:
    tables = read_tables(path.read_bytes())
    if not tables:
        return paper
    kept = [part for part in paper.body if part.table is None or not part.table.guessed]
    captions = {part.text for part in kept if part.kind is PassageKind.CAPTION}
    for table, problem in tables:
        if table.caption and table.caption not in captions:
            kept.append(Part(PassageKind.CAPTION, table.caption))
        kept.append(Part.of_table(table))
        del problem
    remarks = [remark for remark in paper.remarks if "whose text shows no rows" not in remark]
    told = [f"{path.name}: leaves out {problem} of a table" for _, problem in tables if problem]
    return replace(paper, body=tuple(kept), remarks=(*remarks, *told))
