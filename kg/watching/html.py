"""News of papers as fragments of HTML, for mail and feeds: headings, lists and links, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from kg.text.characters import carriable
from kg.watching.news import News, PaperNews
from kg.watching.words import address_of, headline, link_words, record_words, result_words, sentence_of, title_of

__all__ = ["news_page", "paper_body"]

_RESULTS_SHOWN = 20  # of a paper


def paper_body(news: PaperNews) -> Markup:
    """What is new of one paper, below its title."""
    items = [_item(link_words(link), sentence_of(link)) for link in news.links]
    items += [Markup("<li><strong>{}</strong></li>").format(carriable(record_words(each))) for each in news.records]
    items += [_item(result_words(each)) for each in news.results[:_RESULTS_SHOWN]]
    if len(news.results) > _RESULTS_SHOWN:
        items.append(_item(f"... and {len(news.results) - _RESULTS_SHOWN} more results"))
    return Markup("<ul>{}</ul>").format(Markup("").join(items)) if items else Markup("")


def news_page(news: Iterable[News]) -> str:
    """A whole page: a heading a watch, the title of each paper a link to it."""
    parts = [Markup('<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n')]
    for each in news:
        if each.papers:
            parts.append(Markup("<h2>{}: {}</h2>\n").format(carriable(each.watch.name), headline(each)))
            parts += [Markup("<h3>{}</h3>\n{}\n").format(_title(paper), paper_body(paper)) for paper in each.papers]
    return str(Markup("").join([*parts, Markup("</body></html>\n")]))


def _title(news: PaperNews) -> Markup:
    title, address = carriable(title_of(news.paper)), address_of(news.paper)
    linked = Markup('<a href="{}">{}</a>').format(address, title) if address else Markup.escape(title)
    return linked if news.is_new else Markup("more of: {}").format(linked)


def _item(text: str, sentence: str = "") -> Markup:
    quoted = Markup("<br><q>{}</q>").format(carriable(sentence)) if sentence else ""
    return Markup("<li>{}{}</li>").format(carriable(text), quoted)
