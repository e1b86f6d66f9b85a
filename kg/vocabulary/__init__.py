"""The gazetteer: what the field's named things are called, read from the SKOS files in ``ontology/vocabulary``."""

from kg.vocabulary.concept import Concept, Vocabulary
from kg.vocabulary.loader import load_vocabulary, ontology_path

__all__ = ["Concept", "Vocabulary", "load_vocabulary", "ontology_path"]
