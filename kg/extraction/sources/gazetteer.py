"""``kg_gazetteer``: the names that the vocabulary lists; versions, sizes and cut-offs belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.cutoffs import AtCutoff, measures_at_cutoff
from kg.extraction.document import findings
from kg.extraction.gazetteer import Gazetteer, Match, shipped_gazetteer
from kg.extraction.names import SUFFIX_IN_TITLE
from kg.extraction.proposals import NameProposal
from kg.extraction.versions import version_end
from kg.model import EntityType, Rule
from kg.text.folding import fold

__all__ = ["GazetteerComponent"]

_GOES_ON = re.compile(rf"-(?!(?:{SUFFIX_IN_TITLE})(?![\w-]))(?:[A-Z]|\d)|[+*](?!\w)|\.\w|@\w")


@Language.factory("kg_gazetteer")
def make_gazetteer(nlp: Language, name: str, score: float, unlisted_measure: float) -> GazetteerComponent:
    """The component over the shipped vocabulary, with the scores of what it lists and of unlisted "Zorp@10"."""
    return GazetteerComponent(shipped_gazetteer(), score, unlisted_measure)


class GazetteerComponent:
    """Proposes each match ("Qwen2.5-7B" for "Qwen"), and each measure at a cut-off ("pass@200")."""

    def __init__(self, gazetteer: Gazetteer, score: float, unlisted_measure: float) -> None:
        self.gazetteer = gazetteer
        self.score, self.unlisted_measure = score, unlisted_measure

    def __call__(self, doc: Doc) -> Doc:
        """Find the known names of a doc."""
        found = findings(doc)
        found.names.extend(self.named_in(found.text))
        return doc

    def named_in(self, text: str) -> Iterator[NameProposal]:
        """What a text names of the vocabulary."""
        proposals = (self._proposal(text, match) for match in self.gazetteer.find(text))
        yield from (proposal for proposal in proposals if proposal is not None)
        yield from map(self._at_cutoff, measures_at_cutoff(text))

    def _proposal(self, text: str, match: Match) -> NameProposal | None:
        concept, end = match.concept, match.end
        if concept.type in (EntityType.MODEL, EntityType.BENCHMARK):
            end = version_end(text, match.end, concept.type)
        if _GOES_ON.match(text, end) or text[end : end + 1].isdigit():
            return None
        name = text[match.start : end]
        whole = [c for c in self.gazetteer.by_fold.get(fold(name), ()) if c.type is concept.type]
        extended = end > match.end and not whole
        known = whole[0] if end > match.end and whole else concept
        return NameProposal(
            match.start,
            end,
            name=name if extended else known.label,
            rule=Rule.GAZETTEER,
            score=self.score,
            type=known.type,
            concept=None if extended else known.id,
            family=known.id if extended else None,
            needs_context=match.ambiguous and end == match.end,
        )

    def _at_cutoff(self, measure: AtCutoff) -> NameProposal:
        """A measure that the vocabulary knows at some k, or another of the same make."""
        metrics = (c for c in self.gazetteer.by_fold.get(fold(measure.name), ()) if c.type is EntityType.METRIC)
        known = next(metrics, None)
        return NameProposal(
            measure.start,
            measure.end,
            name=known.label if known else measure.name,
            rule=Rule.GAZETTEER if known else Rule.SHAPE,
            score=self.score if known else self.unlisted_measure,
            type=EntityType.METRIC,
            concept=known.id if known else None,
        )
