"""Which versions of everything are at work, and of what a graph was made: facts to tell with a question or a fault.

Nothing here names a folder or the machine's owner.
"""

from __future__ import annotations

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.extraction.recipe import Recipe
from kg.plugins import list_plugins
from kg.store import GraphReader
from kg.store.schema import SCHEMA_VERSION
from kg.version import __version__
from kg.vocabulary import load_vocabulary

__all__ = ["describe_graph", "describe_installation"]

_LIBRARIES = ("spacy", "pyoxigraph", "rdflib", "onnxruntime", "numpy", "click", "pluggy")
_OPTIONAL = ("pandas", "pyarrow", "requests")
_PARTS = ("code", "vocabulary", "weights", "configuration")
"""What the pieces of an extraction's version are digests of, in their order."""

_PROGRESS = ("corrected", "extracted", "grouped", "kept", "linked", "merged", "software", "unified")
"""What of the table "meta" nobody chose."""


def describe_installation() -> dict[str, object]:
    """The versions of ``kg``, of what it runs on, and of what extraction consists of; plain values by name.

    Raises:
        KgError: the vocabulary or the pipeline cannot be read.
    """
    return {
        "kg": __version__,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": f"{platform.system()} {platform.machine()}",
        "sqlite": sqlite3.sqlite_version,
        "libraries": {name: _installed(name) for name in (*_LIBRARIES, *_OPTIONAL)},
        "schema": SCHEMA_VERSION,
        "vocabulary": load_vocabulary().version,
        "extraction": _parts(Recipe.shipped().version),
        "plugins": [
            f"{plugin.name} {plugin.version}".rstrip() + f" ({plugin.problem})" * bool(plugin.problem)
            for plugin in list_plugins()
            if not plugin.built_in
        ],
    }


def describe_graph(path: Path) -> dict[str, object]:
    """A graph file as it was named, what it holds, and which versions made it; plain values by name.

    Raises:
        GraphError: it is no graph, or cannot be read.
    """
    with GraphReader(path) as reader:
        ((papers, extracted),) = reader.rows("SELECT (SELECT count(*) FROM paper), (SELECT count(*) FROM extraction)")
        ((schema,),) = reader.rows("PRAGMA user_version")
        versions = [each for (each,) in reader.rows("SELECT DISTINCT version FROM extraction ORDER BY version")]
        meta = dict(reader.rows("SELECT key, value FROM meta ORDER BY key"))
    recipe = Recipe(meta["pipeline"]) if "pipeline" in meta else Recipe.shipped()
    return {
        "file": str(path),
        "schema": schema,
        "papers": papers,
        "extracted": extracted,
        "extractions": versions,
        "current": versions == [recipe.version],
        "linking": meta.get("linked"),
        "settings": [_setting(name, value) for name, value in meta.items() if name not in _PROGRESS],
    }


def _setting(name: str, value: str) -> str:
    """A setting in one line; of a pipeline, whose text is long, the digest of its configuration."""
    if name == "pipeline":
        value = Recipe(value).version.rpartition("+")[2]
    return f"{name} = {value}"


def _installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _parts(whole: str) -> dict[str, str]:
    return dict(zip(_PARTS, whole.split("+"), strict=False))
