"""Papers in SciREX's JSON lines (https://github.com/allenai/SciREX): words, sections and sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.model import Paper
from kg.sources.fields import RecordError, Row, make_paper
from kg.sources.fulltext.body import BodyWriter
from kg.sources.fulltext.inline import joined
from kg.sources.fulltext.tokens import untokenized

__all__ = ["is_record", "paper"]

_HEAD = re.compile(r"((?:sub){0,3})section\s?:\s?", re.IGNORECASE)
_ABSTRACT = re.compile(r"abstract\s?:?\s?", re.IGNORECASE)


def is_record(row: Row) -> bool:
    """Whether an object is a document of SciREX."""
    return all(isinstance(row.get(name), list) for name in ("words", "sections", "sentences"))


def paper(row: Row, origin: str) -> Paper:
    """The paper of one document: its first sentence is the title, the rest of its first section is of the abstract.

    Raises:
        RecordError: it has no words.
    """
    words = [each if isinstance(each, str) else "" for each in row["words"]]  # type: ignore[attr-defined]
    sentences, sections = list(_spans(row["sentences"], len(words))), list(_spans(row["sections"], len(words)))
    if not sentences or not sections:
        raise RecordError("has no sentences")
    body = BodyWriter()
    title, begin = _text(words, sentences[0]), sentences[0][1]
    abstract = [_ABSTRACT.sub("", _text(words, (begin, max(begin, sections[0][1]))), count=1)]
    starts = dict(sentences)
    for start, end in sections[1:]:
        first = starts.get(start, start)
        match = _HEAD.match(_text(words, (start, first)))
        name = _text(words, (start, first))[match.end() :] if match else ""
        text = _text(words, (first if match else start, end))
        if _ABSTRACT.fullmatch(name):
            abstract.append(text)
            continue
        if match:
            body.heading(len(match.group(1)) // 3 + 1, name)
        body.paragraph(text)
    found = make_paper(origin, title, "\n\n".join(filter(None, abstract)))
    return replace(found, body=body.parts(), remarks=(*found.remarks, *body.remarks))


def _text(words: Sequence[str], span: tuple[int, int]) -> str:
    return joined([untokenized(" ".join(words[span[0] : span[1]]))])


def _spans(value: object, most: int) -> Iterator[tuple[int, int]]:
    for span in value if isinstance(value, list) else ():
        if isinstance(span, list) and len(span) == 2 and all(isinstance(each, int) for each in span):
            start, end = span
            if 0 <= start < end <= most:
                yield start, end
