"""Whether the words around a name present the thing as the paper's own.

A thing that the world knows must be the very object of presenting or naming ("we propose X", "a method that we call
X"): "a novel actor-critic algorithm" only uses actor-critic. For a name that nobody lists it is enough to be what came
of the work ("resulting in X", "our X"), or to stand where titles put a new name.
"""

from __future__ import annotations

from kg.extraction.context import Context
from kg.extraction.phrases import pattern

__all__ = ["introduces_known", "introduces_new", "presents"]

_OBJECT_OF_PROPOSING = pattern("object_of_proposing")
_DIRECT_OBJECT = pattern("direct_object")
_NAMED_SO = pattern("named_so")
_ONE_OF_SEVERAL_NEW = pattern("one_of_several_new")
_OUTCOME = pattern("outcome_of_work")
_OF_A_KIND = pattern("of_a_kind")
_MEANS_IN_TITLE = pattern("means_in_title")


def presents(context: Context) -> bool:
    """Whether the words present a thing as the paper's own, whatever it is."""
    return bool(_NAMED_SO.search(context.before) or _ONE_OF_SEVERAL_NEW.search(context.before))


def introduces_known(context: Context) -> bool:
    """Whether they do so with a thing that the vocabulary lists."""
    if _DIRECT_OBJECT.search(context.before):
        return True
    # "X is a benchmark for ..." tells readers what they may not know; it presents nothing.
    return context.introduced and not _OF_A_KIND.search(context.before) and not context.after.startswith(" is ")


def introduces_new(context: Context) -> bool:
    """Whether they do so with a thing that nobody lists."""
    if context.introduced:
        return True
    if context.in_title:
        opens = not context.before and context.after.startswith(":")
        return opens or bool(_MEANS_IN_TITLE.search(context.before))
    return bool(_OBJECT_OF_PROPOSING.search(context.before) or _OUTCOME.search(context.before))
