"""The graph as tools for agents (Model Context Protocol): over standard streams (``kg mcp``), and at ``/mcp``.

``tools`` is what can be asked, ``answers`` what is answered and how it is kept short, ``resources`` what can be read;
``transport`` puts them on the SDK's server.
"""

from kg.server.mcp.transport import routes, run_stdio

__all__ = ["routes", "run_stdio"]
