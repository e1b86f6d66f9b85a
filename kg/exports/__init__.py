"""The graph in other shapes: networkx and what it writes, and JSON lines."""
