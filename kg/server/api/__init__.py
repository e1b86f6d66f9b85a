"""The JSON API, ``/api/v1``: every question of ``kg.questions.registry`` a route, its answers as ``kg.wire`` has them.

The version is that of the wire: under one, keys and parameters are only ever added.
"""

from kg.server.api.application import routes

__all__ = ["routes"]
