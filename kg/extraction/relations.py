"""What a paper does with a thing, read from the sentences that name it.

Rules over the words before and after a mention, its type, and its place in the paper. Polarity comes first: "without
RLHF" and "unlike PPO" are no use of RLHF or PPO. A paper's relation is the strongest that any sentence supports.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.extraction.context import CLAUSE, Context, speaks_of_own_work
from kg.extraction.introductions import is_introduced
from kg.model import EntityType, Relation, strongest

__all__ = ["overall_relation", "relation_of"]

_DATA = (EntityType.BENCHMARK, EntityType.DATASET)
_LIST = r"(?:[\w.+*/@-]+(?: \([^)]*\))?(?:, | and |, and | or |/| & )(?:the )?){0,6}"
_NEGATION = re.compile(
    r"\b(?:without|instead of|rather than|in place of|replac(?:e|es|ing)|eliminat\w+|avoid(?:s|ing)?|remov(?:e|es|"
    r"ing)|no need for|free of|not (?:requir|rely on|use|need|utili[sz]e|employ|depend on)\w*)"
    rf" (?:[a-z-]+ ){{0,3}}{_LIST}\Z",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    rf"\b(?:unlike|in contrast to|contrary to|as opposed to|different from|differs from)\b(?: [\w-]+){{0,6}} {_LIST}\Z",
    re.I,
)
_COMPARE = re.compile(
    r"\b(?:outperform\w*|surpass\w*|exceed\w*|beat(?:s|ing)?|improv\w+ (?:over|upon)|compar\w+ (?:\w+ )?(?:to|with|"
    r"against)|"
    r"in comparison (?:to|with)|comparable (?:\w+ )?(?:to|with)|competitive with|on par with|versus|vs\.?|rival\w*|"
    r"match(?:es|ing)?|superior to|"
    r"better than|alternative to|than|over(?! \d)|against|relative to|baselines?|"
    r"state-of-the-art (?:[\w-]+ ){1,4}(?:such as|like|including)|"
    r"advantages? over|gains? over|complexity of)(?: (?:that|those) (?:of|from|by|with))?"
    r"(?:(?!\b(?:using|by|via|when|while|which|that|where|whose|but|with|on|across|in terms of|we|our|is|are|"
    rf"in)\b){CLAUSE}){{0,90}}\Z|"
    rf"\b(?:outperform|surpass|exceed|beat)\w* {CLAUSE}{{0,80}}\b(?:including|such as|like) {_LIST}\Z",
    re.IGNORECASE,
)
_OUTPERFORMED_BY = re.compile(r"\A[^.,;]{0,25}\b(?:baselines?|counterparts?)\b", re.IGNORECASE)
_TRAIN = re.compile(
    r"\b(?:(?:pre-?|re)?train\w*|fine-?tun\w*|finetun\w*|instruction-tun\w*|distill\w*)"
    r"(?: (?!report|evaluat|test|show|achiev|demonstrat|outperform|perform|improv|result|score)[\w.-]+){0,6}? (?:on|"
    r"using|with|from)"
    r"(?: (?!report|evaluat|test|show|achiev|demonstrat|outperform|perform|improv|result|score)[\w.-]+){0,4}? ?"
    + _LIST
    + r"\Z",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:existing|previous|prior|recent|popular|traditional|conventional|current|many|most|several|typical|common|early|widely|"
    r"dominant|canonical|classical|predominant|mainstream)\b[^.;]{0,120}\b(?:such as|like|including|e\.g\.,?|"
    r"namely)\s\(?[^.;]{0,60}\Z",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(rf"(?:\b(?:such as|including|like)|\be\.g\.,?|\bnamely) \(?{_LIST}\Z", re.IGNORECASE)
_FUTURE = re.compile(r"\b(?:could|might|future work|in the future|would)\b[^.;]{0,40}\Z", re.IGNORECASE)
_USE = re.compile(
    r"\b(?:us(?:e|es|ed|ing)|appl(?:y|ies|ied|ying)|leverag\w+|employ\w*|adopt\w*|utiliz\w+|utilis\w+|integrat\w+|combin\w+|"
    r"incorporat\w+|extend\w*|extension of|variants? of|build\w* (?:on|upon)|built (?:on|upon)|based (?:on|upon)|via|"
    r"through|fine-?tun\w+|"
    r"adapt\w*|modif\w+|train\w*|generaliz\w+|inspired by|instantiat\w+|analy[sz]\w+|stud(?:y|ies|ied)|investigat\w+|"
    r"revisit\w*|implement\w*|augment\w*|equip\w*|powered by|followed by|perform\w*|initializ\w+)"
    rf"(?:(?!\b(?:than|over|against|outperform\w*|which|that|to|and)\b){CLAUSE}){{0,45}}\Z",
    re.IGNORECASE,
)


def relation_of(kind: EntityType, context: Context) -> Relation | None:
    """The relation that the words around one mention support; None where they say no more than the name."""
    if kind is EntityType.TASK:
        return Relation.ADDRESSES
    if is_introduced(context):
        return Relation.INTRODUCES
    if kind is EntityType.METRIC:
        return Relation.EVALUATES_ON
    if kind in _DATA:
        return _relation_to_data(context)
    return _relation_to_technique(context)


def overall_relation(
    kind: EntityType, said: Sequence[Relation | None], *, own_work: bool, recurs: bool, listed: bool
) -> Relation:
    """What a paper does with a thing, from what its mentions say.

    Where no mention says more than the name, place and number decide: a thing of the paper's own sentences or of
    several is used (or, when the world does not know it, introduced); one of the background is only mentioned.
    """
    explicit = [relation for relation in said if relation is not None]
    if explicit and strongest(explicit) is not Relation.MENTIONS:
        return strongest(explicit)
    if explicit and (not recurs or None not in said):
        return Relation.MENTIONS
    if not explicit and not listed and own_work and recurs:
        return Relation.INTRODUCES
    return Relation.USES if own_work or recurs or kind is EntityType.MODEL else Relation.MENTIONS


def _relation_to_data(context: Context) -> Relation:
    if _NEGATION.search(context.before) or _CONTRAST.search(context.before):
        return Relation.MENTIONS
    if _TRAIN.search(context.before):
        return Relation.TRAINS_ON
    return Relation.EVALUATES_ON


def _relation_to_technique(context: Context) -> Relation | None:
    if _CONTRAST.search(context.before):
        return Relation.COMPARES_WITH
    if _NEGATION.search(context.before):
        return Relation.MENTIONS
    if context.in_title:
        return Relation.USES
    if _COMPARE.search(context.before) or _OUTPERFORMED_BY.search(context.after):
        return Relation.COMPARES_WITH
    if _FUTURE.search(context.before) or _is_background(context.before):
        return Relation.MENTIONS
    if context.own_work and (_USE.search(context.before) or _EXAMPLE.search(context.before)):
        return Relation.USES
    return None


def _is_background(before: str) -> bool:
    """Whether a thing is an example of what others do: not where we do something with "common methods such as X"."""
    return bool(_BACKGROUND.search(before)) and not speaks_of_own_work(before)
