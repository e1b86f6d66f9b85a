"""The graph as GraphML, as yEd, Gephi, Cytoscape and networkx read it: http://graphml.graphdrawing.org.

Written as a stream, so that memory stays flat where networkx's writer holds the graph and the whole document. The ids
of nodes are the IRIs below the base, spelt with the characters that the schema takes: the same when a graph grows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import IO

from kg.exports.elements import Value, elements, flat
from kg.exports.xml import attributes, content, text_of
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader

__all__ = ["node_id", "write_graphml"]

_SPELLING = {"/": ":", "%": "_", "_": "_5F", "~": "_7E"}  # paths hold no other such characters, and no %5F or %7E
_SPELT = re.compile("[/%_~]")
_TYPES = {str: "string", int: "long", float: "double", bool: "boolean", tuple: "string"}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


def write_graphml(
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
        facts = {name: type(value) for name, value in graph.facts.items()}
        stream.write(_HEAD.encode())
        for domain, types in (
            ("graph", facts),
            ("node", {"iri": str, **graph.node_attributes}),
            ("edge", graph.edge_attributes),
        ):
            for name, kind in types.items():
                key = attributes(id=f"{domain}.{name}", **{"for": domain, "attr.name": name, "attr.type": _TYPES[kind]})
                stream.write(f"<key{key}/>\n".encode())
        stream.write(f'<graph edgedefault="directed">\n{_data("graph", graph.facts)}\n'.encode())
        for node in graph.nodes():
            data = _data("node", {"iri": node.id, **node.attributes})
            stream.write(f'<node id="{node_id(node.id, base)}">{data}</node>\n'.encode())
        for edge in graph.edges():
            tag = f'source="{node_id(edge.source, base)}" target="{node_id(edge.target, base)}"'
            stream.write(f"<edge {tag}>{_data('edge', edge.attributes)}</edge>\n".encode())
        stream.write(b"</graph>\n</graphml>\n")


def node_id(iri: str, base: str = DEFAULT_BASE) -> str:
    """The path of an IRI as the schema takes names: letters, digits, dots, hyphens and colons, all else as its code.

    >>> node_id("https://example.org/paper/doi/10.1/a%20b_c", "https://example.org/")
    'paper:doi:10.1:a_20b_5Fc'
    """
    return _SPELT.sub(lambda match: _SPELLING[match.group()], iri.removeprefix(base))


def _data(domain: str, given: Mapping[str, Value]) -> str:
    values = flat(given).items()
    return "".join(f'<data key="{domain}.{name}">{content(text_of(value))}</data>' for name, value in values)
