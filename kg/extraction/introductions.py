"""Whether the words around a name present the thing as the paper's own.

A thing that the world knows must be the very object of presenting or naming ("we propose X", "a method that we call
X"): "a novel actor-critic algorithm" only uses actor-critic. For a name that nobody lists it is enough to be what came
of the work ("resulting in X", "our X"), or to stand where titles put a new name.
"""

from __future__ import annotations

from kg.extraction.context import Context
from kg.extraction.phrases import phrase

__all__ = ["INTRODUCTIONS", "introduces_known", "introduces_new", "presents"]

_OBJECT_OF_PROPOSING = phrase("object_of_proposing")
_DIRECT_OBJECT = phrase("direct_object")
_NAMED_SO = phrase("named_so")
_ONE_OF_SEVERAL_NEW = phrase("one_of_several_new")
_OUTCOME = phrase("outcome_of_work")
_OF_A_KIND = phrase("of_a_kind")
_MEANS_IN_TITLE = phrase("means_in_title")
INTRODUCTIONS = (
    _OBJECT_OF_PROPOSING, _DIRECT_OBJECT, _NAMED_SO, _ONE_OF_SEVERAL_NEW, _OUTCOME, _OF_A_KIND, _MEANS_IN_TITLE
)  # fmt: skip
"""All phrases that are read here."""


def presents(context: Context) -> bool:
    """Whether the words present a thing as the paper's own, whatever it is."""
    return context.says(_NAMED_SO) or context.says(_ONE_OF_SEVERAL_NEW)


def introduces_known(context: Context) -> bool:
    """Whether they do so with a thing that the vocabulary lists."""
    if context.says(_DIRECT_OBJECT):
        return True
    # "X is a benchmark for ..." tells readers what they may not know; it presents nothing.
    return context.introduced and not context.says(_OF_A_KIND) and not context.after.startswith(" is ")


def introduces_new(context: Context) -> bool:
    """Whether they do so with a thing that nobody lists."""
    if context.introduced:
        return True
    if context.in_title:
        opens = not context.before and context.after.startswith(":")
        return opens or context.says(_MEANS_IN_TITLE)
    return context.says(_OBJECT_OF_PROPOSING) or context.says(_OUTCOME)
