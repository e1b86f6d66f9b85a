"""News made by hand: of one paper with a link, a result and a record; its texts as the tests want them."""

from __future__ import annotations

from kg.model import Author, Paper, Relation
from kg.questions.records import BrokenRecord
from kg.watching.news import LinkNews, News, PaperNews
from kg.watching.watches import watch_of
from tests.questions.test_leaderboard import claim

__all__ = ["news_of", "paper_news"]


def paper_news(title: str = "Slow Sums", number: int = 1, **told: object) -> PaperNews:
    best, old = claim("FooNet", 80.0, f"arxiv/2501.0000{number}"), claim("BarNet", 70.0, "arxiv/2401.00001")
    paper = Paper(
        title, title, id=f"arxiv/2501.0000{number}", arxiv=f"2501.0000{number}", date="2025-01",
        authors=(Author(f"Ada {title}"),),
    )  # fmt: skip
    values = {
        "links": (LinkNews("benchmark/sheep", f"Sheep {title}", Relation.EVALUATES_ON, 0.9, f"We count. {title}"),),
        "results": (best,),
        "records": (BrokenRecord("Sheep", "accuracy", None, "higher", 80.0, 70.0, best, old),),
        "first_came": "2025-03-01T12:00:00Z",
        "last_came": "2025-04-01T00:00:00Z",
        **told,
    }
    return PaperNews(paper, True, **values)  # type: ignore[arg-type]


def news_of(*titles: str, name: str = "sheep") -> News:
    papers = tuple(paper_news(title, number) for number, title in enumerate(titles, 1))
    return News(watch_of(name, {"text": "sheep"}), papers)
