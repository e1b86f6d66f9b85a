"""``kg_relation_rules``: what a paper does with a thing, read from the words around its name.

Polarity comes first: "without RLHF" and "unlike PPO" are no use of RLHF or PPO. What a thing is, and whether the
vocabulary knows it, is not settled when the rules read, so they say for which things their reading holds. Stands behind
the components that find names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.context import Context
from kg.extraction.document import Findings, findings
from kg.extraction.introductions import introduces_known, introduces_new, presents
from kg.extraction.own_work import speaks_of_own_work
from kg.extraction.phrases import pattern
from kg.extraction.proposals import RelationProposal, Span
from kg.model import EntityType, Relation

__all__ = ["RelationRulesComponent"]

_NAME = "kg_relation_rules"
_DATA = frozenset((EntityType.BENCHMARK, EntityType.DATASET))
_TECHNIQUES = frozenset((EntityType.METHOD, EntityType.MODEL))
_INTRODUCED = frozenset(EntityType) - {EntityType.TASK}
_NEAR = 400  # characters of a sentence around a name that the rules read; more would be none of English

_NEGATION = pattern("negation")
_CONTRAST = pattern("contrast")
_COMPARED = pattern("compared")
_OUTPERFORMED = pattern("outperformed")
_TRAINED = pattern("trained")
_BACKGROUND = pattern("background")
_EXEMPLIFIED = pattern("exemplified")
_FUTURE = pattern("future")
_USED = pattern("used")


@Language.factory(_NAME)
def make_relation_rules(nlp: Language, name: str, scores: Mapping[str, float]) -> RelationRulesComponent:
    """The component, with the score of each rule: of two that hold for a name, that of the higher score is taken."""
    return RelationRulesComponent(scores)


class RelationRulesComponent:
    """Proposes relations for each span that anything takes for a name."""

    def __init__(self, scores: Mapping[str, float]) -> None:
        self.scores = dict(scores)

    def __call__(self, doc: Doc) -> Doc:
        """Read the words around all names of a doc."""
        found = findings(doc)
        introduced: dict[Span, bool] = {}
        for name in found.names:
            span = (name.start, name.end)
            introduced[span] = introduced.get(span, False) or name.introduced
        for span in introduced:
            for rule, relation, kinds, listed in readings(_context(found, span, introduced[span])):
                found.relations.append(
                    RelationProposal(
                        *span, relation, self.scores[rule], _NAME, kinds, listed=listed, own_work=rule == "used"
                    )
                )
        return doc


def _context(found: Findings, span: Span, introduced: bool) -> Context:
    start, end = found.sentences[found.sentence_at(span[0])]
    return Context(
        before=found.text[max(start, span[0] - _NEAR) : span[0]],
        after=found.text[span[1] : min(end, span[1] + _NEAR)],
        in_title=found.in_title(span[0]),
        introduced=introduced,
    )


Reading = tuple[str, Relation, frozenset[EntityType], bool | None]
"""Name of the rule, relation, the types that it holds for, and whether for things that are listed (None: for all)."""


def readings(context: Context) -> Iterator[Reading]:
    """What the words around one name say, the most telling first; what can no more change anything is not read."""
    if presents(context):
        yield "introduced", Relation.INTRODUCES, _INTRODUCED, None
        return
    if introduces_known(context):
        yield "introduced", Relation.INTRODUCES, _INTRODUCED, True
    if introduces_new(context):
        yield "introduced", Relation.INTRODUCES, _INTRODUCED, False
    if _CONTRAST.search(context.before):
        yield "contrast", Relation.COMPARES_WITH, _TECHNIQUES, None
        yield "contrast", Relation.MENTIONS, _DATA, None
    elif _NEGATION.search(context.before):
        yield "negation", Relation.MENTIONS, _TECHNIQUES | _DATA, None
    else:
        if _TRAINED.search(context.before):
            yield "trained", Relation.TRAINS_ON, _DATA, None
        yield from _of_technique(context)


def _of_technique(context: Context) -> Iterator[Reading]:
    before = context.before
    if context.in_title:
        yield "in title", Relation.USES, _TECHNIQUES, None
    elif _COMPARED.search(before) or _OUTPERFORMED.match(context.after):
        yield "compared", Relation.COMPARES_WITH, _TECHNIQUES, None
    elif _FUTURE.search(before) or (_BACKGROUND.search(before) and not speaks_of_own_work(before)):
        # No background where we do something with "common methods such as X".
        yield "background", Relation.MENTIONS, _TECHNIQUES, None
    elif _USED.search(before) or _EXEMPLIFIED.search(before):
        yield "used", Relation.USES, _TECHNIQUES, None
