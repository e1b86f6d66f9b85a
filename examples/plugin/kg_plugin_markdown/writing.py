"""A graph as a reading list."""

from __future__ import annotations

from typing import IO

from kg.store import GraphReader


def write_list(reader: GraphReader, stream: IO[bytes], base: str) -> None:
    """Write the papers in the order of their ids, which is the same every time; ``base`` plays no part in Markdown."""
    stream.write(b"# Reading list\n")
    for paper in reader.papers():
        identifier = f"<!-- arxiv:{paper.arxiv} -->\n" if paper.arxiv else ""
        stream.write(f"\n## {paper.title}\n{identifier}\n{paper.abstract}\n".encode())
