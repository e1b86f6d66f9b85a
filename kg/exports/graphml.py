"""The graph as GraphML, as yEd, Gephi, Cytoscape and networkx read it: http://graphml.graphdrawing.org.

Written as a stream, so that memory stays flat where networkx's writer holds the graph and the whole document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from kg.exports.elements import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, Value, edges, flat, nodes
from kg.exports.xml import attributes, content, text_of
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["write_graphml"]

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def write_graphml(reader: GraphReader, stream: IO[bytes], base: str = DEFAULT_BASE) -> None:
    """Write papers and entities as nodes, links and families as edges, with all that ``kg.exports.elements`` has."""
    with reader.snapshot():
        stream.write(_HEAD.encode())
        for domain, types in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
            for name, kind in types.items():
                key = attributes(id=name, **{"for": domain, "attr.name": name, "attr.type": _TYPES[kind]})
                stream.write(f"<key{key}/>\n".encode())
        stream.write(b'<graph edgedefault="directed">\n')
        for node in nodes(reader, base):
            stream.write(f"<node{attributes(id=node.id)}>{_data(node.attributes)}</node>\n".encode())
        for edge in edges(reader, base):
            tag = attributes(source=edge.source, target=edge.target)
            stream.write(f"<edge{tag}>{_data(edge.attributes)}</edge>\n".encode())
        stream.write(b"</graph>\n</graphml>\n")


def _data(given: Mapping[str, Value]) -> str:
    return "".join(f'<data key="{name}">{content(text_of(value))}</data>' for name, value in flat(given).items())
