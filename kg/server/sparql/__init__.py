"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), its query operation alone: nothing is written."""

from kg.server.sparql.endpoint import routes

__all__ = ["routes"]
