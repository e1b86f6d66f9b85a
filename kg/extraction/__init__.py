"""From a paper's text to what it names: one spaCy pipeline of small components over one ``Doc``.

Everything here is a pure function of the paper and the vocabulary: no other paper, no database, no clock.
"""

from kg.extraction.pipeline import EXTRACTOR_VERSION, Extractor

__all__ = ["EXTRACTOR_VERSION", "Extractor"]
