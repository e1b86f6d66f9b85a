"""Which mentions present a thing as the paper's own.

A thing that the world knows must be the very object of presenting or naming ("we propose X", "a method that we call
X"): "a novel actor-critic algorithm" only uses actor-critic. For a name that nobody lists it is enough to be what came
of the work ("resulting in X", "our X"), or to stand where titles put a new name.
"""

from __future__ import annotations

import re

from kg.extraction.context import Context

__all__ = ["is_introduced"]

_US = r"\b(?:we|this (?:paper|work|study|article|report)|the paper|our (?:paper|work))\b"
_PROPOSING = (
    r"(?<!previously )(?<!earlier )(?:propos|introduc|present|develop|releas|design|devis|creat|construct|curat|"
    r"contribut|unveil|establish|open-sourc)\w*"
)
_OBJECT_OF_PROPOSING = re.compile(
    rf"{_US}(?:[^.;]{{0,40}}?\b|[^.;]{{0,200}}?\band (?:also |further |then |thus |finally )?){_PROPOSING}"
    r"(?:(?! (?:using|with|based|on|via|by|for|from|upon|that|which|through|to|in|into) ).){0,60}\Z",
    re.IGNORECASE,
)
_DIRECT_OBJECT = re.compile(
    rf"{_US} (?:[a-z]+ )?(?:propose|introduce|present|release|unveil)s? (?:the |our )?\Z", re.IGNORECASE
)
_NAMED_SO = re.compile(
    r"\bwe (?:here )?(?:call|name|term|dub|refer to as|denote(?: as| by)?) (?:it |this )?(?:the )?\Z|"
    r"\b(?:propose|introduce|present|develop|design|devise|create|construct|build)[^.;]{0,90} "
    r"(?:called|named|termed|dubbed) \Z",
    re.IGNORECASE,
)
_ONE_OF_SEVERAL_NEW = re.compile(
    r"\b(?:\d+|two|three|four|five|six|several) (?:new|novel) [\w -]{0,40}(?::|, namely,?) [^.;:]{0,90}\Z",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:resulting in|yielding|leading to|culminating in|we (?:derive|obtain)|our)(?: an?| the)?(?: (?:new|novel|"
    r"proposed|resulting))* \Z|\b(?:an?|our|the) (?:new|novel) [^.;()]{0,60}\(\Z",
    re.IGNORECASE,
)
_OF_A_KIND = re.compile(
    r"\b(?:an?|novel|new|effective|efficient|simple|unified|existing|for|on|of|in) (?:[\w-]+ ){0,3}\Z|namely\s\Z|"
    r"known as\s\Z",
    re.IGNORECASE,
)
_MEANS_IN_TITLE = re.compile(r"\b(?:with|via)\s\Z", re.IGNORECASE)


def is_introduced(context: Context) -> bool:
    """Whether one mention says that the paper introduces the thing."""
    if _NAMED_SO.search(context.before) or _ONE_OF_SEVERAL_NEW.search(context.before):
        return True
    if context.listed:
        return _is_known_thing_introduced(context)
    if context.introduced:
        return True
    if context.in_title:
        opens = not context.before and context.after.startswith(":")
        return opens or bool(_MEANS_IN_TITLE.search(context.before))
    return bool(_OBJECT_OF_PROPOSING.search(context.before) or _OUTCOME.search(context.before))


def _is_known_thing_introduced(context: Context) -> bool:
    if _DIRECT_OBJECT.search(context.before):
        return True
    # "X is a benchmark for ..." tells readers what they may not know; it presents nothing.
    return context.introduced and not _OF_A_KIND.search(context.before) and not context.after.startswith(" is ")
