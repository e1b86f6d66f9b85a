"""A graph served to a team: pages, a JSON API, linked data, the SPARQL protocol and tools for agents (extra ``serve``).

``application`` puts together what the folders and files beside it route; each of them offers
``routes(served, settings)``. Nothing here writes to the graph unless ``Settings.edit_token`` is set.
"""

from kg.server.application import application
from kg.server.served import ServedGraph
from kg.server.settings import Settings

__all__ = ["ServedGraph", "Settings", "application"]
