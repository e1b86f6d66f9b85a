"""``kg_relation_rules``: what a paper does with a thing, read from the words around its name.

Polarity comes first: "without RLHF" and "unlike PPO" are no use of RLHF or PPO. What a thing is, and whether the
vocabulary knows it, is not settled when the rules read, so they say for which things their reading holds. Stands behind
the components that find names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.context import Context, Cues
from kg.extraction.document import findings
from kg.extraction.introductions import INTRODUCTIONS, introduces_known, introduces_new, presents
from kg.extraction.own_work import speaks_of_own_work
from kg.extraction.phrases import pattern, phrase
from kg.extraction.proposals import RelationProposal, Span
from kg.model import EntityType, Relation

__all__ = ["RelationRulesComponent"]

_NAME = "kg_relation_rules"
_DATA = frozenset((EntityType.BENCHMARK, EntityType.DATASET))
_TECHNIQUES = frozenset((EntityType.METHOD, EntityType.MODEL))
_INTRODUCED = frozenset(EntityType) - {EntityType.TASK}

_NEGATION = phrase("negation")
_CONTRAST = phrase("contrast")
_COMPARED = phrase("compared")
_OUTPERFORMED = pattern("outperformed")
_TRAINED = phrase("trained")
_BACKGROUND = phrase("background")
_EXEMPLIFIED = phrase("exemplified")
_FUTURE = phrase("future")
_USED = phrase("used")
_PHRASES = (
    *INTRODUCTIONS, _NEGATION, _CONTRAST, _COMPARED, _TRAINED, _BACKGROUND, _EXEMPLIFIED, _FUTURE, _USED
)  # fmt: skip


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
        sentences: dict[int, Cues] = {}
        for span, own in introduced.items():
            number = found.sentence_at(span[0])
            if number not in sentences:
                sentence = found.sentences[number]
                sentences[number] = Cues(found.text, sentence, _PHRASES, in_title=found.in_title(sentence[0]))
            for rule, relation, kinds, listed in readings(sentences[number].context(span, introduced=own)):
                found.relations.append(
                    RelationProposal(
                        *span, relation, self.scores[rule], _NAME, kinds, listed=listed, own_work=rule == "used"
                    )
                )
        return doc


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
    if context.says(_CONTRAST):
        yield "contrast", Relation.COMPARES_WITH, _TECHNIQUES, None
        yield "contrast", Relation.MENTIONS, _DATA, None
    elif context.says(_NEGATION):
        yield "negation", Relation.MENTIONS, _TECHNIQUES | _DATA, None
    else:
        if context.says(_TRAINED):
            yield "trained", Relation.TRAINS_ON, _DATA, None
        yield from _of_technique(context)


def _of_technique(context: Context) -> Iterator[Reading]:
    if context.in_title:
        yield "in title", Relation.USES, _TECHNIQUES, None
    elif context.says(_COMPARED) or _OUTPERFORMED.match(context.after):
        yield "compared", Relation.COMPARES_WITH, _TECHNIQUES, None
    elif context.says(_FUTURE) or (context.says(_BACKGROUND) and not speaks_of_own_work(context.before)):
        # No background where we do something with "common methods such as X".
        yield "background", Relation.MENTIONS, _TECHNIQUES, None
    elif context.says(_USED) or context.says(_EXEMPLIFIED):
        yield "used", Relation.USES, _TECHNIQUES, None
