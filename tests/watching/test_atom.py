"""Feeds by RFC 4287: what must be there is, once, and no title breaks out."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from kg.model import Paper
from kg.watching.atom import atom_feed, feed_id
from kg.watching.news import PaperNews
from tests.samples import HOSTILE_TEXTS
from tests.watching.made import paper_news

ATOM = "{http://www.w3.org/2005/Atom}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")


def feed_of(*papers: PaperNews, **options: str) -> etree._Element:
    return etree.fromstring(atom_feed("sheep", [("sheep", each) for each in papers], **options))


def texts(element: etree._Element, tag: str) -> list[str]:
    return [str(each.text) for each in element.findall(f"{ATOM}{tag}")]


def check(feed: etree._Element) -> None:
    """What RFC 4287 demands in 4.1.1 and 4.1.2."""
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for tag in ("id", "title", "updated"):
            (said,) = texts(element, tag)
            assert said
        assert TIME.match(texts(element, "updated")[0])
        assert re.match(r"[a-z]+:\S+\Z", texts(element, "id")[0])
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    ids = [each.find(f"{ATOM}id").text for each in feed.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    for link in feed.iter(f"{ATOM}link"):
        assert link.get("href").startswith("http")


def test_an_entry_tells_a_paper_and_what_is_new_of_it() -> None:
    feed = feed_of(paper_news())
    check(feed)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert texts(entry, "id") == ["https://w3id.org/paperkg/id/paper/arxiv/2501.00001"]
    assert texts(entry, "updated") == ["2025-04-01T00:00:00Z"]
    assert texts(entry, "published") == ["2025-03-01T12:00:00Z"]
    assert entry.find(f"{ATOM}link").get("href") == "https://arxiv.org/abs/2501.00001"
    assert entry.find(f"{ATOM}category").get("term") == "sheep"
    (content,) = entry.findall(f"{ATOM}content")
    assert content.get("type") == "html"
    assert "<li><strong>RECORD: 80 accuracy on Sheep by FooNet" in content.text


def test_the_last_that_came_comes_first_and_no_paper_twice() -> None:
    early, late = paper_news("A", 1, last_came="2025-03-01T12:00:00Z"), paper_news("B", 2)
    feed = feed_of(early, late, early)
    assert [each.find(f"{ATOM}title").text for each in feed.findall(f"{ATOM}entry")] == ["B", "A"]
    assert texts(feed, "updated") == ["2025-04-01T00:00:00Z"]


@pytest.mark.parametrize(
    ("date", "updated"),
    [("2025", "2025-01-01"), ("2025-06", "2025-06-01"), ("2025-06-30", "2025-06-30"), (None, "1970-01-01")],
)
def test_where_nobody_knows_when_it_came_the_date_of_the_paper_stands(date: str | None, updated: str) -> None:
    feed = feed_of(PaperNews(Paper("Sheep", "", id="title/abc", date=date), True))
    check(feed)
    assert texts(feed, "updated") == [f"{updated}T00:00:00Z"]


def test_hostile_texts_are_text() -> None:
    feed = feed_of(*(paper_news(text, number) for number, text in enumerate(HOSTILE_TEXTS)))
    check(feed)
    for content in feed.iter(f"{ATOM}content"):
        tags = {each.tag for each in etree.fromstring(f"<div>{content.text}</div>", etree.HTMLParser()).iter()}
        assert tags <= {"html", "body", "div", "ul", "li", "strong", "br", "q"}


def test_an_empty_feed_is_a_feed_and_says_where_it_is_served() -> None:
    feed = feed_of(address="https://example.org/feed.atom")
    check(feed)
    assert feed.find(f"{ATOM}link").attrib == {
        "rel": "self", "type": "application/atom+xml", "href": "https://example.org/feed.atom"
    }  # fmt: skip


def test_a_feed_is_the_same_whoever_makes_it_and_another_for_another_watch() -> None:
    assert atom_feed("sheep", [("sheep", paper_news())]) == atom_feed("sheep", [("sheep", paper_news())])
    assert feed_id("sheep") != feed_id("wool")


def test_an_address_of_a_source_that_is_no_web_page_is_no_link() -> None:
    feed = feed_of(PaperNews(Paper("Sheep", "", id="title/abc", urls=("javascript:alert(1)",)), True))
    assert feed.findall(f".//{ATOM}link") == []
