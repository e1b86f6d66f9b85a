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
from kg.sources.latex.archive import files_of_tar, files_of_zip
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
_TOPLEVEL = re.compile(r'^(\S+\.tex)\s+toplevelfile|"filename":\s*"([^"]+\.tex)"', re.MULTILINE)


def read(source: Source) -> Iterator[Paper | Reject]:
    """The paper of a main file, with the files of its folder where it has one."""
    content = source.stream.read(_LARGEST)
    name = source.path.name if source.path is not None else "main.tex"
    held: Mapping[str, bytes] = FolderFiles(source.path.parent) if source.path is not None else {}
    yield _paper(source, PaperFiles(_With(held, name, content)), name)


def read_tar(source: Source) -> Iterator[Paper | Reject]:
    """The paper of a tar archive.

    Raises:
        SourceError: it holds no paper in LaTeX, or more than any paper.
    """
    yield _of_archive(source, files_of_tar(source.stream, source.name), "tar")


def read_zip(source: Source) -> Iterator[Paper | Reject]:
    """The paper of a zip archive.

    Raises:
        SourceError: it holds no paper in LaTeX, or more than any paper.
    """
    yield _of_archive(source, files_of_zip(source.stream, source.name), "zip")


def _of_archive(source: Source, held: dict[str, bytes], kind: str) -> Paper | Reject:
    mains = _mains(held)
    if not mains:
        raise SourceError(f"{source.name}: is a {kind} archive; {_UNPACK}")
    first, *others = mains
    found = _paper(source, PaperFiles(held), first)
    if others and isinstance(found, Paper):
        names = ", ".join(others[:5])
        return replace(found, remarks=(*found.remarks, f"leaves out {len(others)} other documents in it: {names}"))
    return found


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


def _paper(source: Source, files: PaperFiles, main: str) -> Paper | Reject:
    document = read_document(files, main)
    known = source.known
    try:
        paper = make_paper(
            f"{source.name}:1",
            document.title or (known.title if known else ""),
            document.abstract,
            identifiers=[arxiv_id_in_name(source.name), document.doi],
            authors=list(document.authors) or None,
            keywords="; ".join(document.keywords) or None,
        )
    except RecordError as error:
        return Reject(source.name, 1, str(error))
    return replace(paper, body=document.body, remarks=(*paper.remarks, *document.remarks))


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
