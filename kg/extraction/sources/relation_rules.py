"""``kg_relation_rules``: what a paper does with a thing, read from the words around its name.

Polarity comes first: "without RLHF" and "unlike PPO" are no use of RLHF or PPO. What a thing is, and whether the
vocabulary knows it, is not settled when the rules read, so they say for which things their reading holds. Stands behind
the components that find names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.context import Context, Cues
from kg.extraction.denials import is_faulted
from kg.extraction.document import Findings, findings
from kg.extraction.introductions import INTRODUCTIONS, introduces_known, introduces_new, presents
from kg.extraction.own_work import own_work_in, speaks_of_own_work
from kg.extraction.phrases import pattern, phrase
from kg.extraction.proposals import RelationProposal, Span
from kg.model import EntityType, Relation

__all__ = ["RelationRulesComponent"]

_NAME = "kg_relation_rules"
_DATA = frozenset((EntityType.BENCHMARK, EntityType.DATASET))
_TECHNIQUES = frozenset((EntityType.METHOD, EntityType.MODEL))
_INTRODUCED = frozenset(EntityType) - {EntityType.TASK}

_CONTRAST = phrase("contrast")
_COMPARED = phrase("compared")
_OUTPERFORMED = pattern("outperformed")
_TRAINED = phrase("trained")
_TESTS_THE_TRAINED = phrase("tests_the_trained")
_EMPLOYED = phrase("employed")
_TO_TRAIN = pattern("made_to_train")
_SERVES_TO_TRAIN = pattern("serves_to_train")
_MADE_FROM = phrase("made_from")
_REPORTS = pattern("reports")
_OF_OTHERS = phrase("subject_of_others")
_BACKGROUND = phrase("background")
_EXEMPLIFIED = phrase("exemplified")
_FUTURE = phrase("future")
_USED = phrase("used")
_PHRASES = (
    *INTRODUCTIONS, _CONTRAST, _COMPARED, _TRAINED, _TESTS_THE_TRAINED, _EMPLOYED, _MADE_FROM, _OF_OTHERS,
    _BACKGROUND, _EXEMPLIFIED, _FUTURE, _USED
)  # fmt: skip


@Language.factory(_NAME)
def make_relation_rules(nlp: Language, name: str, scores: Mapping[str, float]) -> RelationRulesComponent:
    """The component, with the score of each rule: of two that hold for a name, that of the higher score is taken."""
    return RelationRulesComponent(scores)


class RelationRulesComponent:
    """Proposes relations for each span that anything takes for a name.

    The source of a proposal is its rule. Who proposes relations by other means may know better than most rules; a
    "negation" is no guess, and has to stand.
    """

    def __init__(self, scores: Mapping[str, float]) -> None:
        self.scores = dict(scores)

    def __call__(self, doc: Doc) -> Doc:
        """Read the words around all names of a doc."""
        found = findings(doc)
        introduced: dict[Span, bool] = {}
        for name in found.names:
            span = (name.start, name.end)
            introduced[span] = introduced.get(span, False) or name.introduced
        scene = _scene(found, [start for (start, _), own in introduced.items() if own])
        sentences: dict[int, Cues] = {}
        for span, own in introduced.items():
            number = found.sentence_at(span[0])
            if number not in sentences:
                sentence = found.sentences[number]
                sentences[number] = Cues(found.text, sentence, _PHRASES, in_title=found.in_title(sentence[0]))
            said = [*readings(sentences[number].context(span, introduced=own))]
            # What the title names the paper is about, wherever else it stands.
            if number in scene and found.text[slice(*span)] not in found.text[: found.paper.body]:
                said.append(_SETS_THE_SCENE)
            for rule, relation, kinds, listed in said:
                found.relations.append(
                    RelationProposal(
                        *span, relation, self.scores[rule], rule, kinds, listed=listed, own_work=rule == "used"
                    )
                )
        return doc


def _scene(found: Findings, own_names: Iterable[int]) -> frozenset[int]:
    """The numbers of the sentences that stand before the paper comes to its own work and tell no outcome.

    None where it never comes to that: an abstract without "we" tells of its own work all along.
    """
    first = next(iter(own_work_in(found, own_names)), 0)
    told = (n for n in range(first) if not found.in_title(found.sentences[n][0]))
    return frozenset(n for n in told if not _REPORTS.search(found.text, *found.sentences[n]))


Reading = tuple[str, Relation, frozenset[EntityType], bool | None]
"""Name of the rule, relation, the types that it holds for, and whether for things that are listed (None: for all)."""

_SETS_THE_SCENE: Reading = ("background", Relation.MENTIONS, _DATA | {EntityType.MODEL}, None)
"""Of the data and models that stand in such sentences alone, hardly any is tried in the paper; methods often are."""


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
    elif context.not_done:
        yield "negation", Relation.MENTIONS, frozenset(EntityType), None
    elif context.left_out:
        yield "negation", Relation.MENTIONS, _TECHNIQUES | _DATA, None
    else:
        yield from _of_data(context)
        yield from _of_technique(context)


def _of_data(context: Context) -> Iterator[Reading]:
    if _is_of_others(context):
        yield "background", Relation.MENTIONS, _DATA, None
    elif _is_trained_on(context):
        yield "trained", Relation.TRAINS_ON, _DATA, None
    elif context.says(_MADE_FROM):
        yield "used", Relation.USES, _DATA, None


def _is_trained_on(context: Context) -> bool:
    if _SERVES_TO_TRAIN.match(context.after) or (context.says(_TRAINED) and not context.says(_TESTS_THE_TRAINED)):
        return True
    return context.says(_EMPLOYED) and _TO_TRAIN.match(context.after) is not None


def _is_of_others(context: Context) -> bool:
    """Whether a clause says what others do with a thing, or what it is not good for."""
    if speaks_of_own_work(context.before):
        return False
    return context.says(_OF_OTHERS) or is_faulted(context.before, context.after)


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
