"""Reading papers: one module a format, found by content; what cannot be read is reported, never dropped in silence."""

from kg.sources.detection import read_source
from kg.sources.files import SourceFile, find_sources

__all__ = ["SourceFile", "find_sources", "read_source"]
