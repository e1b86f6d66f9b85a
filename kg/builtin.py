"""What ``kg`` itself offers, through the hooks that are open to everyone: the smallest examples of plugins.

Nothing is imported here but names: every command reads this when it starts.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.hookspecs import Command, Exporter, Reader, hookimpl

__all__ = ["PLUGINS"]

_RDF = ("evidence", "abstracts", "license")
_QUADS = (*_RDF, "graph")
_ELEMENTS = ("license", "projection")


class _Readers:
    @hookimpl
    def kg_readers(self) -> Iterable[Reader]:
        from kg.sources.formats import READERS

        return READERS


class _Exporters:
    def __init__(self, *exporters: Exporter) -> None:
        self._exporters = exporters

    @hookimpl
    def kg_exporters(self) -> Iterable[Exporter]:
        return self._exporters


class _Commands:
    @hookimpl
    def kg_commands(self) -> Iterable[Command]:
        return (Command(name, summary, f"kg.cli.{where}") for name, where, summary in _COMMANDS)


# In the order of use rather than of the alphabet.
_COMMANDS = (
    ("build", "build:build", "Read papers, find what they name, and build or grow the graph."),
    ("add", "grow:add", "Add papers to a graph that is there already."),
    ("remove", "grow:remove", "Take out of the graph exactly what only these sources contributed."),
    ("fetch", "fetch:fetch", "Fetch papers from a public API into files that 'kg build' reads."),
    ("papers", "papers:papers", "List the papers that match all filters, each with the sentence that proves it."),
    ("results", "results:results", "Rank what papers report: leaderboards, each number with its cell or sentence."),
    ("show", "show:show", "Show all about one entity or one paper."),
    ("entities", "explore:entities", "List the things that papers name, with the number of papers."),
    (
        "related",
        "related:related",
        "List the entities that the same papers name as NAME, more often than chance has it.",
    ),
    (
        "path",
        "path:path",
        "Show a shortest path between two entities or papers, every step with the sentence that proves it.",
    ),
    ("compare", "compare:compare", "Set two entities, or two papers, side by side."),
    ("trend", "trend:trend", "Show how many papers name things over time, and what share of all papers that is."),
    (
        "watch",
        "watch:watch",
        "Hear what is new on what you watch: papers, what they do with it, results, and records that they broke.",
    ),
    ("stats", "explore:stats", "Count what the graph holds."),
    ("sparql", "sparql:sparql", "Ask the graph in SPARQL 1.1: SELECT, ASK, CONSTRUCT, DESCRIBE."),
    ("diff", "diff:diff", "List the papers, entities and links that came, went or changed from one graph to another."),
    ("review", "review:review", "List what a person should look at, each with the command that settles it."),
    ("curate", "curate:curate", "Correct the graph, so that every later build keeps to it."),
    ("export", "export:export", "Write the graph for other tools."),
    ("validate", "validate:validate", "Check the graph against the SHACL shapes."),
    ("view", "view:view", "Write one HTML file that shows the graph as a map; it opens anywhere, without a network."),
    ("serve", "serve:serve", "Serve the graph to a team: pages, JSON API, SPARQL and tools for agents."),
    (
        "mcp",
        "mcp:mcp",
        "Give an agent the graph as tools, by the Model Context Protocol over standard input and output.",
    ),
    ("info", "info:info", "Say which versions of everything are at work, and of what a graph was made."),
    ("plugins", "plugins:plugins", "List the plugins: what each offers, and which are left out and why."),
    (
        "evaluate",
        "evaluate:evaluate",
        "Measure precision, recall and F1 on annotated papers, of a graph or of pipelines.",
    ),
    ("train", "train:train", "Train the reader and fit the confidence anew, with a fixed seed."),
)

PLUGINS: dict[str, object] = {
    "kg.commands": _Commands(),
    "kg.readers": _Readers(),
    "kg.rdf": _Exporters(
        Exporter("turtle", "RDF, to read", "kg.rdf.exporters:turtle", options=_RDF),
        Exporter("ntriples", "RDF, a line a triple", "kg.rdf.exporters:ntriples", options=_RDF),
        Exporter("nquads", "RDF datasets, a line a quad", "kg.rdf.exporters:nquads", options=_QUADS),
        Exporter("trig", "RDF datasets, to read", "kg.rdf.exporters:trig", options=_QUADS),
        Exporter("jsonld", "RDF as JSON, with its context inside", "kg.rdf.exporters:jsonld", options=_QUADS),
        Exporter("rdfxml", "RDF for older tools", "kg.rdf.exporters:rdfxml", options=_RDF),
    ),
    "kg.jsonl": _Exporters(Exporter("jsonl", "JSON, a line a paper", "kg.exports.jsonl:write_jsonl")),
    "kg.metadata": _Exporters(
        Exporter("metadata", "JSON, what the graph is", "kg.exports.metadata:write_metadata", options=("license",))
    ),
    "kg.graphml": _Exporters(
        Exporter("graphml", "for networkx, yEd, Gephi", "kg.exports.graphml:write_graphml", options=_ELEMENTS)
    ),
    "kg.gexf": _Exporters(Exporter("gexf", "for Gephi", "kg.exports.gexf:write_gexf", options=_ELEMENTS)),
    "kg.cytoscape": _Exporters(
        Exporter(
            "cytoscape",
            "for Cytoscape and Cytoscape.js",
            "kg.exports.cytoscape:write_cytoscape",
            options=_ELEMENTS,
        )
    ),
    "kg.neo4j": _Exporters(
        Exporter(
            "csv",
            "a folder of tables for neo4j-admin import",
            "kg.exports.neo4j:write_neo4j",
            folder=True,
            options=_ELEMENTS,
        )
    ),
    "kg.parquet": _Exporters(
        Exporter(
            "parquet",
            "a folder of columnar tables",
            "kg.exports.parquet:write_parquet",
            folder=True,
            options=("abstracts", *_ELEMENTS),
        )
    ),
}
"""The plugins of ``kg`` by name, in the order in which what they offer is listed."""
