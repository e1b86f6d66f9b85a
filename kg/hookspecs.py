"""What a plugin may bring: the hooks of ``kg``, and the values that their implementations return.

A plugin is a module (or any object) with functions named like the hooks and marked by ``hookimpl``; an entry point of
the group ``kg`` names it. docs/plugins.md has an example of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Protocol, runtime_checkable

from pluggy import HookimplMarker, HookspecMarker

if TYPE_CHECKING:
    from pathlib import Path

    import click

    from kg.model import Paper, Reject

__all__ = [
    "Command",
    "Exporter",
    "Head",
    "Named",
    "Reader",
    "Source",
    "hookimpl",
    "kg_commands",
    "kg_exporters",
    "kg_questions",
    "kg_readers",
]

hookspec = HookspecMarker("kg")
hookimpl = HookimplMarker("kg")
"""Marks a function of a plugin as the implementation of the hook that it is named after."""

Papers = Iterator["Paper | Reject"]
_BOM = b"\xef\xbb\xbf"


@runtime_checkable
class Named(Protocol):
    """What is known by its name."""

    @property
    def name(self) -> str:
        """The name, which no other of its kind has."""


@dataclass(frozen=True)
class Head:
    """The beginning of a source: at most 64 KiB, decompressed, and as UTF-8 but for readers that are ``binary``."""

    data: bytes

    @cached_property
    def text(self) -> str:
        """As UTF-8 without a byte order mark, U+FFFD for what is none."""
        return self.data.removeprefix(_BOM).decode("utf-8", "replace")

    @cached_property
    def start(self) -> str:
        """The text from its first character that is no blank."""
        return self.text.lstrip("\ufeff \t\r\n")


@dataclass(frozen=True)
class Source:
    """A source that is to be read: ``stream`` has its bytes from the beginning, decompressed, ``head`` the first ones.

    Both are UTF-8, whatever the source was written in and whatever a document declares (so parsers of XML and HTML must
    be told); only readers that are ``binary`` get the bytes as they are. Of text that was no UTF-8, what cannot be
    decoded is U+FFFD.

    ``name`` is what people know it by, and what papers and rejects state as their place. ``known`` is what a
    bibliography beside it says of the paper in it, where it holds one in full; ``path`` where it lies, for formats of
    several files.
    """

    name: str
    stream: BinaryIO
    head: Head
    known: Paper | None = None
    path: Path | None = None


@dataclass(frozen=True)
class Reader:
    """A format of sources.

    Readers are asked from the highest ``rank`` down, and the first that detects its format reads the source. Those of
    ``kg`` have ranks from 0 (lists of titles and abstracts, told by their shape) to 98. Two that detect their format at
    one rank are an error.
    """

    name: str
    detect: Callable[[Head], bool]
    """Whether a source that begins so is in the format: by marks of the content, never by a name."""
    read: Callable[[Source], Papers]
    """The papers of a source and the records that had to be set aside, in order, as a stream. A paper's ``sources`` are
    one ``name:number``, of its line or record."""
    rank: int = 100
    binary: bool = False
    """Whether the format is no text: then ``detect`` is asked before ``kg`` refuses files that are none."""
    suffixes: tuple[str, ...] = ()
    """Endings, with their dot and in small letters, of files that a folder is searched for."""


@dataclass(frozen=True)
class Exporter:
    """A format of ``kg export``: it fills one stream, or a folder with several files."""

    name: str
    summary: str
    """A few words for the list in ``kg export --help``."""
    write: Callable[..., None] | str
    """``write(reader, stream_or_folder, base, **options)``: a ``GraphReader``, a binary stream or (with ``folder``) a
    ``Path``, the IRI that ids begin with, and those of ``options`` that were given. Or where it is, as
    ``module:function``, imported when it is asked for. The same graph must give the same bytes."""
    folder: bool = False
    options: tuple[str, ...] = ()
    """Which it takes of ``evidence`` (``"none"``, ``"sentence"`` or ``"full"``), ``abstracts`` (``True``), ``license``
    and ``graph`` (IRIs), and ``projection`` (``"entities"``)."""


@dataclass(frozen=True)
class Command:
    """A command ``kg NAME``."""

    name: str
    summary: str
    """One sentence for the list in ``kg --help``."""
    command: click.Command | str
    """The command, or where it is, as ``module:attribute``, imported when it is called."""


@hookspec
def kg_readers() -> Iterable[Reader]:  # type: ignore[empty-body]
    """Formats that ``kg build`` reads."""


@hookspec
def kg_exporters() -> Iterable[Exporter]:  # type: ignore[empty-body]
    """Formats that ``kg export`` writes."""


@hookspec
def kg_commands() -> Iterable[Command]:  # type: ignore[empty-body]
    """Commands beside those of ``kg``."""


@hookspec
def kg_questions() -> Iterable[Named]:  # type: ignore[empty-body]
    """Questions to the graph: values of ``kg.questions.Question``."""
