"""From a paper's text to what it names: one spaCy pipeline of small components over one ``Doc``.

Everything here is a pure function of the paper and the vocabulary: no other paper, no database, no clock. Import
``Extractor`` from ``kg.extraction.pipeline``; the package itself imports nothing, so that asking for the version of the
extractor does not load spaCy.
"""
