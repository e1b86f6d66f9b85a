"""Saved pages: which papers they are of, and what each says of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source


def read(text: str | bytes) -> list[Paper | Reject]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_source(SourceFile("key", "x.html", None, data)))


def papers(text: str) -> list[Paper]:
    rows = read(text)
    assert all(isinstance(row, Paper) for row in rows), rows
    return [row for row in rows if isinstance(row, Paper)]


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


LISTING = """<!DOCTYPE html><html><head><title>cs.LG</title></head><body><div id='dlpage'>
<dl id='articles'><h3>New submissions (showing 2 of 2 entries)</h3>
<dt><a name='item1'>[1]</a> <a href ="/abs/2402.01234" title="Abstract" id="2402.01234">arXiv:2402.01234</a>
[<a href="/pdf/2402.01234" title="Download PDF">pdf</a>]</dt>
<dd><div class='meta'><div class='list-title mathjax'><span class='descriptor'>Title:</span>
Abstract Hay of Order <span class="MathJax">n2</span><script type="math/tex">n^2</script></div>
<div class='list-authors'><a href="#">Ann Shepherd</a>, <a href="#">Bo Lamb</a></div>
<div class='list-comments mathjax'><span class='descriptor'>Comments:</span> This paper has been withdrawn by Ann</div>
<div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span> Barn 3 (2031)</div>
<div class='list-subjects'><span class='descriptor'>Subjects:</span>
<span class="primary-subject">Machine Learning (cs.LG)</span>; Methodology (stat.ME)</div>
<p class='mathjax'> We stack
 hay. </p></div></dd>
<dt>[2] <a href="/abs/2402.01235" title="Abstract">arXiv:2402.01235</a> (replaced)</dt>
<dd><div class='meta'><div class='list-title'><span class='descriptor'>Title:</span> Straw</div></div></dd>
</dl></div></body></html>"""


def test_a_list_of_arxiv_is_read_entry_by_entry() -> None:
    hay, straw = papers(LISTING)
    assert (hay.title, hay.abstract) == ("Abstract Hay of Order $n^2$", "We stack hay.")
    assert (hay.arxiv, hay.venue, hay.status) == ("2402.01234", "Barn 3 (2031)", "withdrawn")
    assert (names(hay), hay.categories) == (["Ann Shepherd", "Bo Lamb"], ("cs.LG", "stat.ME"))
    assert (straw.title, straw.abstract, straw.arxiv) == ("Straw", "", "2402.01235")


SEARCH = """<html><body><ol><li class="arxiv-result"><div class="is-marginless"><p class="list-title is-inline-block">
<a href="https://arxiv.org/abs/2402.01234">arXiv:2402.01234</a> <span>[<a href="https://arxiv.org/pdf/2402.01234">pdf</a>]
</span></p><div class="tags"><span class="tag is-small">cs.LG</span><span class="tag">doi</span></div></div>
<p class="title is-5 mathjax">Abstract <span class="search-hit">Hay</span></p>
<p class="authors"><span>Authors:</span><a href="#">Ann Shepherd</a>, <a href="#">Bo Lamb</a></p>
<p class="abstract mathjax"><span class="abstract-short">We&hellip; <a>&#9661; More</a></span>
<span class="abstract-full" style="display: none;">We stack hay. <a>&#9651; Less</a></span></p>
<p class="is-size-7"><span>Submitted</span> 5 February, 2024; <span>originally announced</span> February 2024.</p>
</li></ol></body></html>"""


def test_an_answer_of_arxivs_search_is_read_with_its_whole_abstract() -> None:
    (paper,) = papers(SEARCH)
    assert (paper.title, paper.abstract) == ("Abstract Hay", "We stack hay.")
    assert (paper.arxiv, paper.date, paper.categories) == ("2402.01234", "2024-02-05", ("cs.LG",))
    assert names(paper) == ["Ann Shepherd", "Bo Lamb"]


def test_a_page_of_one_paper_at_arxiv_has_what_stands_on_it_too() -> None:
    (paper,) = papers(
        '<html><head><meta name="citation_title" content="Hay"><meta name="citation_author" content="Shepherd, Ann">'
        '<meta name="citation_author" content="Lamb, Bo"><meta name="citation_date" content="2024/02/05">'
        '<meta name="citation_online_date" content="2024/02/06"><meta name="citation_arxiv_id" content="2402.01234">'
        '<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2402.01234"></head><body>'
        '<blockquote class="abstract mathjax"><span class="descriptor">Abstract:</span>We stack hay, much of it, and '
        "then we stack some more of it until the barn is full.</blockquote>"
        '<table><tr><td class="tablecell subjects">Machine Learning (cs.LG)</td></tr></table></body></html>'
    )
    assert paper.abstract.startswith("We stack hay")
    assert (paper.arxiv, paper.categories) == ("2402.01234", ("cs.LG",))
    assert paper.urls == ("https://arxiv.org/abs/2402.01234",)
    assert names(paper) == ["Ann Shepherd", "Bo Lamb"]


META = """<html><head><title>x</title><meta name="Citation_Title" content="Hay &amp; Straw">
<meta name="citation_author" content="Ann Shepherd"/><meta name="citation_author_institution" content="Barn"/>
<meta name="citation_author" content="Bo Lamb"/><meta name="citation_publication_date" content="2031/03/04"/>
<meta name="citation_journal_title" content="Barn"/><meta name="citation_doi" content="10.1234/m.1"/>
<meta name="citation_keywords" content="hay; straw"/>
<meta name="description" content="Read this article on our site."/>{}</head><body>{}</body></html>"""
LONG = "We stack hay, much of it, and then we stack some more of it until the barn is full to its roof."


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f'<meta name="citation_abstract" content="&lt;p&gt;{LONG}&lt;/p&gt;">', ""),
        (f'<meta name="dc.description" content="{LONG}">', ""),
        ('<meta name="dc.description" content="We stack hay, much...">', f'<div class="abstract"><p>{LONG}</p></div>'),
        ("", f'<section id="Abs1"><h2>Abstract</h2><div><p>{LONG}</p></div></section>'),
        ("", f'<div class="card acl-abstract"><h5>Abstract</h5><span>{LONG}</span></div>'),
        (f'<script type="application/ld+json">{{"@type":"ScholarlyArticle","description":"{LONG}"}}</script>', ""),
    ],
)
def test_a_page_states_its_paper_and_shows_its_abstract_if_it_does_not_state_it(head: str, body: str) -> None:
    (paper,) = papers(META.format(head, body))
    assert (paper.title, paper.abstract) == ("Hay & Straw", LONG)
    assert (paper.doi, paper.date, paper.venue) == ("10.1234/m.1", "2031-03-04", "Barn")
    assert paper.keywords == ("hay", "straw")
    assert names(paper) == ["Ann Shepherd", "Bo Lamb"]


ARTICLE = {
    "@type": ["ScholarlyArticle"], "headline": "Hay", "abstract": LONG, "datePublished": "2031-03-04",
    "author": [{"@type": "Person", "name": "Ann Shepherd"}], "sameAs": "https://doi.org/10.1234/j.1",
    "isPartOf": {"@type": "PublicationIssue", "issueNumber": "3", "isPartOf": {"@type": "Periodical", "name": "Barn"}},
    "citation": [{"@type": "ScholarlyArticle", "headline": "Cited, not here"}],
}  # fmt: skip


@pytest.mark.parametrize("wrap", [ARTICLE, [ARTICLE], {"@graph": [{"@type": "WebSite", "name": "x"}, ARTICLE]},
                                  {"@type": "WebPage", "mainEntity": ARTICLE}])  # fmt: skip
def test_json_ld_tells_the_article_that_the_page_is_about_and_not_those_that_it_cites(wrap: object) -> None:
    (paper,) = papers(f'<html><head><script type="application/ld+json">{json.dumps(wrap)}</script></head></html>')
    assert (paper.title, paper.abstract, paper.doi) == ("Hay", LONG, "10.1234/j.1")
    assert (paper.date, paper.venue, names(paper)) == ("2031-03-04", "Barn", ["Ann Shepherd"])


@pytest.mark.parametrize(
    "page",
    [
        '<html><head><meta name="dc.title" content="Our barn"><meta name="dc.creator" content="Ann"></head></html>',
        '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script></head></html>',
        '<html><head><script type="application/ld+json">' + "[" * 100_000 + "</script></head></html>",
        "<html><body><dl><dt><a href='/abs/2402.01234'>x</a></dt></dl></body></html>",
    ],
)
def test_a_page_of_something_else_is_refused(page: str) -> None:
    with pytest.raises(SourceError, match="holds no paper"):
        read(page)


def test_an_entry_without_a_title_is_set_aside() -> None:
    rows = read(LISTING.replace("Straw", ""))
    assert [type(row) for row in rows] == [Paper, Reject]


@given(st.sampled_from([LISTING, SEARCH, META.format("", f'<p class="abstract">{LONG}</p>')]), st.data())
def test_any_damage_gives_papers_and_rejects_or_a_source_error(page: str, data: st.DataObject) -> None:
    damaged = bytearray(page.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged)))
        match data.draw(st.sampled_from(("cut", "flip", "insert"))):
            case "cut":
                del damaged[place : place + data.draw(st.integers(1, 80))]
            case "flip" if place < len(damaged):
                damaged[place] ^= 1 << data.draw(st.integers(0, 7))
            case _:
                damaged[place:place] = data.draw(st.sampled_from((b"<", b"&", b"</dl>", b"<dt>", b"<script>", b'"')))
    try:
        rows = read(bytes(damaged))
    except SourceError:
        return
    assert rows
    assert all(isinstance(row, Reject) or row.title for row in rows)
