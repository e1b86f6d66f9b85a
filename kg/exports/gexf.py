"""The graph as GEXF 1.2draft, as Gephi opens it: https://gexf.net.

Written as a stream. networkx has a writer, but it holds the graph and then the whole document, and puts the day into
it. Version 1.2draft is the newest that networkx reads, and all that Gephi needs of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO

from kg.exports.elements import Value, elements, flat
from kg.exports.xml import attributes, content, quoted, text_of
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["write_gexf"]

_PLACED = ("label", "weight")  # attributes that have a place of their own
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
_GRAPH = '<graph defaultedgetype="directed" mode="static" idtype="string">\n'


def write_gexf(
    reader: GraphReader,
    stream: IO[bytes],
    base: str = DEFAULT_BASE,
    *,
    license: str | None = None,
    projection: str | None = None,
) -> None:
    """Write nodes and edges, with all that ``kg.exports.elements`` has, and what the graph is."""
    with reader.snapshot():
        graph = elements(reader, base, license=license, projection=projection)
        stream.write((_HEAD + _meta(graph.facts) + _GRAPH).encode())
        for of, types in (("node", graph.node_attributes), ("edge", graph.edge_attributes)):
            stream.write(_declaration(of, {k: v for k, v in types.items() if k not in _PLACED}).encode())
        stream.write(b"<nodes>\n")
        for node in graph.nodes():
            rest = dict(node.attributes)
            tag = attributes(id=node.id, label=_token(rest.pop("label")))
            stream.write(f"<node{tag}>{_values(rest)}</node>\n".encode())
        stream.write(b"</nodes>\n<edges>\n")
        for number, edge in enumerate(graph.edges()):
            rest = dict(edge.attributes)
            label, weight = _token(rest.pop("label")), text_of(flat({"weight": rest.pop("weight")})["weight"])
            tag = attributes(id=str(number), source=edge.source, target=edge.target, label=label, weight=weight)
            stream.write(f"<edge{tag}>{_values(rest)}</edge>\n".encode())
        stream.write(b"</edges>\n</graph>\n</gexf>\n")


def _meta(facts: Mapping[str, Value]) -> str:
    told = "; ".join(f"{name}: {value}" for name, value in flat(facts).items())
    return (
        f"<meta><creator>{content(str(facts['software']))}</creator><description>{content(told)}</description></meta>\n"
    )


def _declaration(of: str, types: Mapping[str, type]) -> str:
    columns = "".join(f"<attribute{attributes(id=name, title=name, type=_TYPES[of])}/>" for name, of in types.items())
    return f'<attributes class="{of}" mode="static">{columns}</attributes>\n'


def _values(given: Mapping[str, Value]) -> str:
    values = (f'<attvalue for="{name}" value={quoted(text_of(value))}/>' for name, value in flat(given).items())
    return f"<attvalues>{''.join(values)}</attvalues>"


def _token(label: Value) -> str:
    """The schema takes labels as ``xs:token``: single spaces, none at the ends."""
    return re.sub("[ \t\n\r]+", " ", str(label)).strip(" ")
