"""News in words: one plain text for terminals, mail and messages, whose lines are harmless whatever a title holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.iris import doi_iri, safe_iri
from kg.model import Paper
from kg.questions.records import BrokenRecord
from kg.questions.results import Claim
from kg.text.reading import render
from kg.text.terminal import one_line
from kg.watching.news import LinkNews, News, PaperNews

__all__ = [
    "address_of",
    "headline",
    "link_words",
    "news_text",
    "paper_lines",
    "record_words",
    "result_words",
    "sentence_of",
    "title_of",
]

_RESULTS_SHOWN = 8  # of a paper
_SENTENCE_SHOWN = 300  # characters


def news_text(news: Iterable[News]) -> str:
    """All that is new, a block a watch; empty where nothing is."""
    blocks = []
    for each in news:
        if each.papers:
            lines = [f"{each.watch.name}: {headline(each)}", ""]
            for paper in each.papers:
                lines += [*paper_lines(paper), ""]
            blocks.append("\n".join(lines))
    return "\n".join(blocks)


def headline(news: News) -> str:
    """How much is new.

    >>> from kg.watching.watches import watch_of
    >>> headline(News(watch_of("sheep", {"text": "sheep"}), ()))
    'nothing new'
    """
    counted = [f"{number:,} new {what[:-1] if number == 1 else what}" for what, number in news.counts.items() if number]
    return ", ".join(counted).replace("new record", "broken record") or "nothing new"


def paper_lines(news: PaperNews) -> Iterator[str]:
    """What is new of one paper: its title, where it is, and a line for each link, record and result."""
    date = f" ({news.paper.date})" if news.paper.date else ""
    yield f"{'' if news.is_new else 'more of: '}{title_of(news.paper)}{date}"
    yield f"  {address_of(news.paper) or news.paper.id}"
    for link in news.links:
        yield f"  {link_words(link)}"
        if link.sentence:
            yield f"    \u201c{sentence_of(link)}\u201d"
    for record in news.records:
        yield f"  {record_words(record)}"
    for claim in news.results[:_RESULTS_SHOWN]:
        yield f"  {result_words(claim)}"
    if len(news.results) > _RESULTS_SHOWN:
        yield f"  ... and {len(news.results) - _RESULTS_SHOWN} more results"


def title_of(paper: Paper) -> str:
    """The title as people read it, in one line."""
    return one_line(render(paper.title).text).strip() or paper.id


def link_words(link: LinkNews) -> str:
    """What the paper does with a thing."""
    return f"{link.relation.replace('_', ' ')} {one_line(link.label)} (confidence {link.confidence:.2f})"


def sentence_of(link: LinkNews) -> str:
    """The sentence as people read it, in one line, cut where it is very long."""
    sentence = one_line(render(link.sentence or "").text).strip()
    return sentence if len(sentence) <= _SENTENCE_SHOWN else f"{sentence[: _SENTENCE_SHOWN - 1]}\u2026"


def result_words(claim: Claim) -> str:
    """A result in a line.

    ``78.2% accuracy on GSM8K by Tidewater``
    """
    unit = "%" if claim.unit == "%" and not claim.value.endswith("%") else ""
    kind = "" if claim.kind in ("absolute", "other") else f" ({claim.kind.replace('_', ' ')})"
    metric = f" {claim.metric_name or claim.metric}" if claim.metric_name or claim.metric else ""
    split = f" ({claim.split})" if claim.split else ""
    by = f" by {claim.of}" if claim.of else ""
    return one_line(f"result: {claim.value}{unit}{kind}{metric} on {claim.on_name or claim.on}{split}{by}")


def record_words(record: BrokenRecord) -> str:
    """A broken record in a line, with what it beats."""
    metric = f" {record.metric}" if record.metric else ""
    split = f" ({record.split})" if record.split else ""
    beaten = f"{record.before:g} of {record.beaten.of}, {record.beaten.paper_id}"
    return one_line(
        f"RECORD: {record.score:g}{metric} on {record.on}{split} by {record.claim.of}, {record.better} is better; "
        f"the best before: {beaten}"
    )


def address_of(paper: Paper) -> str | None:
    """Where to read a paper, as an address that begins with http; None where its sources tell none."""
    if paper.arxiv:
        return safe_iri(f"https://arxiv.org/abs/{paper.arxiv}")
    if paper.doi:
        return doi_iri(paper.doi)
    stated = next((safe_iri(each) for each in paper.urls), None)
    return stated if stated and stated.lower().startswith(("http://", "https://")) else None
