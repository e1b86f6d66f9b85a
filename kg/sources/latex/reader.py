r"""Papers in LaTeX as sources: an archive of arXiv's, a folder's main file, or one file alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.errors import SourceError
from kg.hookspecs import Source
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.filenames import arxiv_id_in_name
from kg.sources.latex.archive import Texts, files_of_tar, files_of_zip
from kg.sources.latex.document import read_document
from kg.sources.latex.files import PaperFiles, text_of
from kg.sources.latex.folder import MAIN, NO_PAPER, FolderFiles

__all__ = ["read", "read_tar", "read_zip"]

_UNPACK = "unpack it and name its files"
_USUAL = (
    "main",
    "ms",
    "paper",
    "article",
    "root",
    "manuscript",
    "arxiv",
    "camera",
    "template",
    "neurips",
    "iclr",
    "icml",
)
_LARGEST = 20_000_000  # bytes of one file
_ID = re.compile(r"(?:arxiv[-_. ]{0,2})?\d{4}\.\d{4,5}(?:v\d{1,2})?\Z", re.IGNORECASE)
_TOPLEVEL = re.compile(r'^(\S+\.tex)\s+toplevelfile|"filename":\s*"([^"]+\.tex)"', re.MULTILINE)


def read(source: Source) -> Iterator[Paper | Reject]:
    """The paper of a main file, with the files of its folder where it has one."""
    content = source.stream.read(_LARGEST)
    name = source.path.name if source.path is not None else "main.tex"
    held: Mapping[str, bytes] = FolderFiles(source.path.parent) if source.path is not None else {}
    yield _paper(source, PaperFiles(_With(held, name, content)), name)


def read_tar(source: Source) -> Iterator[Paper | Reject]:
    """The papers of a tar archive.

    Raises:
        SourceError: it holds no paper in LaTeX, or more than any paper.
    """
    yield from _of_archive(source, files_of_tar(source.stream, source.name), "tar")


def read_zip(source: Source) -> Iterator[Paper | Reject]:
    """The papers of a zip archive.

    Raises:
        SourceError: it holds no paper in LaTeX, or more than any paper.
    """
    yield from _of_archive(source, files_of_zip(source.stream, source.name), "zip")


def _of_archive(source: Source, held: Texts, kind: str) -> Iterator[Paper | Reject]:
    """The paper in each folder that holds documents, but for folders within such; what is left out is told."""
    mains = _mains(held.texts)
    if not mains:
        raise SourceError(f"{source.name}: is a {kind} archive; {_UNPACK}")
    firsts = _firsts(mains)
    others = [name for name in mains if name not in firsts]
    remarks = [*held.remarks]
    if others:
        remarks.append(f"leaves out {', '.join(others[:5])}: of several documents it reads {', '.join(firsts[:5])}")
    for number, main in enumerate(firsts, 1):
        found = _paper(source, PaperFiles(held.texts), main, number)
        if number == 1 and isinstance(found, Paper):
            found = replace(found, remarks=(*remarks, *found.remarks))
        yield found


def _firsts(mains: list[str]) -> list[str]:
    """The first document of each folder, but for folders within others that hold one, in the order of their names."""
    best: dict[str, str] = {}
    for name in mains:
        best.setdefault(posixpath.dirname(name), name)
    outer = [
        folder
        for folder in best
        if not any(other != folder and (not other or folder.startswith(f"{other}/")) for other in best)
    ]
    return sorted(best[folder] for folder in outer)


def _mains(held: Mapping[str, bytes]) -> list[str]:
    """The files that are documents, the paper itself first."""
    found: list[tuple[tuple[bool, bool, bool, int, int, str], str]] = []
    told = _told(held)
    for name, data in held.items():
        if posixpath.splitext(name)[1].lower() not in (".tex", ".ltx", ""):
            continue
        text, _ = text_of(data)
        match = MAIN.search(text)
        if match is None or match[1].strip() in NO_PAPER:
            continue
        stem = posixpath.splitext(posixpath.basename(name))[0].lower()
        usual = stem.startswith(_USUAL)
        has_abstract = "abstract" in text
        found.append(((name != told, not has_abstract, not usual, name.count("/"), -len(data), name), name))
    return [name for _, name in sorted(found)]


def _told(held: Mapping[str, bytes]) -> str | None:
    """The main file by arXiv's own note."""
    for note in ("00README.XXX", "00README.json", "00README"):
        if note in held and (match := _TOPLEVEL.search(text_of(held[note])[0])):
            return match[1] or match[2]
    return None


def _paper(source: Source, files: PaperFiles, main: str, number: int = 1) -> Paper | Reject:
    document = read_document(files, main)
    known = source.known
    try:
        paper = make_paper(
            f"{source.name}:{number}",
            document.title or (known.title if known else ""),
            document.abstract,
            identifiers=[*_ids(source, main), document.doi],
            authors=list(document.authors) or None,
            keywords="; ".join(document.keywords) or None,
        )
    except RecordError as error:
        return Reject(source.name, number, str(error))
    return replace(paper, body=document.body, remarks=(*paper.remarks, *document.remarks))


def _ids(source: Source, main: str) -> Iterator[str]:
    """The arXiv ids that a file is named after, or a folder that it lies in."""
    if found := arxiv_id_in_name(source.name):
        yield found
    above = source.path.parent.name if source.path is not None else ""
    for folder in (above, *source.name.split("/")[-2::-1], *main.split("/")[-2::-1]):
        if _ID.match(folder) and (found := arxiv_id_in_name(folder)):
            yield found


class _With(Mapping[str, bytes]):
    """Files of a folder, one of which was read already."""

    def __init__(self, others: Mapping[str, bytes], name: str, content: bytes) -> None:
        self._others, self._name, self._content = others, name, content

    def __contains__(self, name: object) -> bool:
        return name == self._name or name in self._others

    def __getitem__(self, name: str) -> bytes:
        return self._content if name == self._name else self._others[name]

    def __iter__(self) -> Iterator[str]:
        yield self._name
        yield from (name for name in self._others if name != self._name)

    def __len__(self) -> int:
        return sum(1 for _ in self)
