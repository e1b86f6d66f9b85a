"""From a pile of machine-learning papers to a knowledge graph that you can ask, cite and look at."""

__version__ = "0.1.0"
