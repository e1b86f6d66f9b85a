"""What stands in a passage and is not the paper's wording: not read for names, and never cut from what is stored.

Numbers of citations, owners of hub ids ("mistralai/Mistral-7B-v0.1" is Mistral-7B-v0.1), lead-ins ("TL;DR:"), what bots
and promoters write around an abstract, and a publisher's rights. The patterns are in ``phrases.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extraction.phrases import Phrase, phrase
from kg.extraction.proposals import Span
from kg.text.reading import Rendered
from kg.text.rendered import Edit, edited

__all__ = ["own_wording", "own_wording_of_title"]

_PARAGRAPH = "\n\n"
_MISSING_SPACE = phrase("missing_space")
_WITHIN = tuple(map(phrase, ("hub_owner", "citation_number", "missing_space")))
_LEAD_IN = phrase("lead_in")
_AROUND = tuple(map(phrase, ("short_form", "bot_ends", "promotion", "rights")))
_BOT_BEGINS = phrase("bot_begins")
_BOT_ENDS = phrase("bot_ends")
_LONGEST_REMARK = 4000  # characters of what a bot writes before what it ends with
_LONGEST_SENTENCE = 300  # and between one sentence with which it ends and the next


def own_wording(text: str) -> Rendered:
    """A passage without what is not the paper's wording; paragraphs end where something is left out around it.

    >>> own_wording("TL;DR: We tune openai/gpt2-xl [12] well.").text.strip()
    'We tune gpt2-xl well.'
    """
    return own_wording_of_title(text).then(_without_bots).then(_without_surroundings)


def own_wording_of_title(text: str) -> Rendered:
    """The same of a title, around which nothing stands: "TL;DR: A Method" may well be its name."""
    return edited(text, _edits_within(text))


def _edits_within(text: str) -> Iterator[Edit]:
    found = sorted(
        (*match.span("aside"), " " if each is _MISSING_SPACE else "")
        for each, matches in _found(_WITHIN, text)
        for match in matches
    )
    position = 0
    for start, end, reading in found:
        if start >= position:
            # A space that is missing is read beside the full stop, for each character comes from somewhere.
            yield start, end, text[start:end] + reading if reading else ""
            position = end


def _without_surroundings(text: str) -> Rendered:
    spans = [match.span() for _, matches in _found(_AROUND, text) for match in matches]
    if lead_in := _LEAD_IN.pattern.match(text):
        spans.append(lead_in.span())
    return edited(text, _left_out(sorted(spans)))


def _found(phrases: Iterable[Phrase], text: str) -> Iterator[tuple[Phrase, Iterator[re.Match[str]]]]:
    words = text.lower()
    return ((each, each.pattern.finditer(text)) for each in phrases if each.first_cue(words) >= 0)


def _without_bots(text: str) -> Rendered:
    return edited(text, _left_out(_remarks(text))) if _BOT_BEGINS.first_cue(text.lower()) >= 0 else Rendered(text)


def _remarks(text: str) -> Iterator[Span]:
    """What bots wrote, from what they begin with to the last of what they end with; to the end, if there is no such."""
    ends = [match.span() for match in _BOT_ENDS.pattern.finditer(text)]
    position = at = 0
    for match in _BOT_BEGINS.pattern.finditer(text):
        if match.start() < position:
            continue
        position, reach = len(text), match.end() + _LONGEST_REMARK
        while at < len(ends) and ends[at][0] < reach:
            if ends[at][0] >= match.end():
                position = ends[at][1]
                reach = position + _LONGEST_SENTENCE
            at += 1
        yield match.start(), position


def _left_out(spans: Iterable[Span]) -> Iterator[Edit]:
    position = 0
    for start, end in spans:
        if start >= position:
            yield start, end, _PARAGRAPH
            position = end
