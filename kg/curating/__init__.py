"""What people correct: what they say made rules, and rules worked into the graph."""

from kg.curating.queue import Queue
from kg.curating.rules import Rules, rulings_of, settled_entities

__all__ = ["Queue", "Rules", "rulings_of", "settled_entities"]
