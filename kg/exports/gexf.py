"""The graph as GEXF 1.2draft, as Gephi opens it: https://gexf.net.

Written as a stream. networkx has a writer, but it holds the graph and then the whole document, and puts the day into
it. Version 1.2draft is the newest that networkx reads, and all that Gephi needs of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO

from kg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Value, edges, flat, nodes
from kg.exports.xml import attributes, quoted, text_of
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["write_gexf"]

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string"}
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    "<meta><creator>kg</creator><description>Papers and what they name</description></meta>\n"
    '<graph defaultedgetype="directed" mode="static" idtype="string">\n'
)


def write_gexf(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write papers and entities as nodes, links and families as edges, with all that ``kg.exports.elements`` has."""
    with reader.snapshot():
        stream.write(_HEAD.encode())
        # A node's label has a place of its own.
        stream.write(_declaration("node", {k: v for k, v in NODE_ATTRIBUTES.items() if k != "label"}).encode())
        stream.write(_declaration("edge", EDGE_ATTRIBUTES).encode())
        stream.write(b"<nodes>\n")
        for node in nodes(reader, base):
            rest = dict(node.attributes)
            tag = attributes(id=node.id, label=_token(rest.pop("label")))
            stream.write(f"<node{tag}>{_values(rest)}</node>\n".encode())
        stream.write(b"</nodes>\n<edges>\n")
        for number, edge in enumerate(edges(reader, base)):
            tag = attributes(
                id=str(number), source=edge.source, target=edge.target, label=_token(edge.attributes["relation"])
            )
            stream.write(f"<edge{tag}>{_values(edge.attributes)}</edge>\n".encode())
        stream.write(b"</edges>\n</graph>\n</gexf>\n")


def _declaration(of: str, types: Mapping[str, type]) -> str:
    columns = "".join(f"<attribute{attributes(id=name, title=name, type=_TYPES[of])}/>" for name, of in types.items())
    return f'<attributes class="{of}" mode="static">{columns}</attributes>\n'


def _values(given: Mapping[str, Value]) -> str:
    values = (f'<attvalue for="{name}" value={quoted(text_of(value))}/>' for name, value in flat(given).items())
    return f"<attvalues>{''.join(values)}</attvalues>"


def _token(label: Value) -> str:
    """The schema takes labels as ``xs:token``: single spaces, none at the ends."""
    return re.sub("[ \t\n\r]+", " ", str(label)).strip(" ")
