"""The hooks: names and where the work is done. Every command of kg imports this module, so it imports no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.hookspecs import Command, Exporter, Head, Reader, Source, hookimpl
from kg.model import Paper, Reject


@hookimpl
def kg_readers() -> Iterable[Reader]:
    """Reading lists."""
    return [Reader("markdown", _is_reading_list, _read)]


@hookimpl
def kg_exporters() -> Iterable[Exporter]:
    """The same, to write."""
    return [Exporter("markdown", "a reading list", "kg_plugin_markdown.writing:write_list")]


@hookimpl
def kg_commands() -> Iterable[Command]:
    """What is on a list."""
    return [
        Command("headings", "List the papers of a reading list in Markdown.", "kg_plugin_markdown.headings:headings")
    ]


def _is_reading_list(head: Head) -> bool:
    return head.start.startswith("# Reading list")


def _read(source: Source) -> Iterator[Paper | Reject]:
    from kg_plugin_markdown.reading import read_list

    return read_list(source)
