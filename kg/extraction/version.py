"""What an extraction depends on besides the paper; importable without the pipeline."""

from __future__ import annotations

from kg.vocabulary import load_vocabulary

__all__ = ["EXTRACTOR_VERSION", "extraction_version"]

EXTRACTOR_VERSION = "3"
"""Goes up whenever the same paper may give another extraction; stored extractions of other versions are redone."""


def extraction_version() -> str:
    """Version of extractor and vocabulary together."""
    return f"{EXTRACTOR_VERSION}+{load_vocabulary().version}"
