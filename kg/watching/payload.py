"""News as plain values: for programs, and for webhooks, whose chat programs show what stands under ``text``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from math import isfinite

from kg import wire
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.text.characters import storable
from kg.watching.news import News, PaperNews
from kg.watching.words import address_of, headline, news_text, title_of

__all__ = ["as_json", "news_rows", "webhook_payload"]


def news_rows(news: Sequence[News], base: str = DEFAULT_BASE) -> list[wire.Plain]:
    """An object a watch."""
    return [
        {
            "watch": each.watch.name,
            "query": each.watch.words,  # type: ignore[dict-item]
            "counts": dict(each.counts),
            "remarks": list(each.remarks),
            "papers": [_paper(paper, base) for paper in each.papers],
        }
        for each in news
    ]


def webhook_payload(news: Sequence[News], base: str = DEFAULT_BASE) -> bytes:
    """One JSON object in ASCII: ``text`` in words, ``version`` of the contract, and ``watches`` that have something to
    tell."""
    told = [each for each in news if each.papers]
    heads = "; ".join(f"{each.watch.name}: {headline(each)}" for each in told)
    content: wire.Row = {
        "version": wire.VERSION,
        "title": heads,
        "text": news_text(told),
        "watches": news_rows(told, base),
    }
    return as_json(content)


def as_json(content: wire.Plain) -> bytes:
    """JSON in ASCII, for people too, that every parser takes: a number that JSON lacks is null."""
    return json.dumps(_parsable(content), indent=2, allow_nan=False).encode("ascii") + b"\n"


def _parsable(value: wire.Plain) -> wire.Plain:
    if isinstance(value, Mapping):
        return {storable(name): _parsable(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_parsable(each) for each in value]
    if isinstance(value, str):
        return storable(value)
    return None if isinstance(value, float) and not isfinite(value) else value


def _paper(news: PaperNews, base: str) -> wire.Row:
    return {
        "id": news.paper.id,
        "iri": paper_iri(news.paper.id, base),
        "title": title_of(news.paper),
        "date": news.paper.date,
        "address": address_of(news.paper),
        "new": news.is_new,
        "first_came": news.first_came,
        "last_came": news.last_came,
        "links": [
            {
                "entity": entity_iri(link.entity, base),
                "name": link.label,
                "relation": link.relation,
                "confidence": link.confidence,
                "evidence": link.sentence,
            }
            for link in news.links
        ],
        "results": [wire.plain(each) for each in news.results],
        "records": [wire.plain(each) for each in news.records],
    }
