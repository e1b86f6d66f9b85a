"""What people correct: what they say made rules, and rules worked into the graph."""

from kg.curating.queue import Queue
from kg.curating.rules import Rules, rulings_of, settled_entities
from kg.linking.rules import Decision

__all__ = ["Decision", "Queue", "Rules", "rulings_of", "settled_entities"]
