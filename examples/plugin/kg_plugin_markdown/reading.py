"""Reading lists to papers: a heading of the second level is a title, and what follows the abstract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.hookspecs import Source
from kg.model import Paper, Reject
from kg.sources.fields import RecordError, make_paper
from kg.sources.lines import Line, read_lines

_IDENTIFIERS = re.compile(r"<!--(.*?)-->")


def read_list(source: Source) -> Iterator[Paper | Reject]:
    """One paper or reject for each heading, at its line."""
    block: list[Line] = []
    for line in read_lines(source.stream):
        if line.text.startswith("## "):
            yield from _papers(source.name, block)
            block = []
        if block or line.text.startswith("## "):
            block.append(line)
    yield from _papers(source.name, block)


def _papers(name: str, block: list[Line]) -> Iterator[Paper | Reject]:
    if not block:
        return
    heading, *rest = block
    text = "\n".join(line.text for line in rest)
    try:
        yield make_paper(
            f"{name}:{heading.number}",
            heading.text.removeprefix("## "),
            _IDENTIFIERS.sub("", text),
            identifiers=" ".join(_IDENTIFIERS.findall(text)).split(),
        )
    except RecordError as error:
        yield Reject(name, heading.number, str(error))
