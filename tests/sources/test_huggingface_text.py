"""Pages of Hugging Face's papers, saved as text by programs that keep the links and what is around the papers."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source

TITLES = ("Counting Sheep: A Study of Small Numbers", "Is a Fence Necessary?")
ABSTRACTS = (
    "Counting is harder than it looks when the sheep keep moving. We count them with patience and report how often the "
    "count is right. The count is right most of the time. Our code is at https://sheep.example.org.",
    "A fence keeps sheep in one place, which makes them easier to count. This paper asks whether the fence is needed "
    "at all. We find that it is not, as long as the sheep are asleep.",
)
BANNER = (
    "new",
    "Get trending papers in your email inbox!",
    "Subscribe",
    "Daily Papers",
    "by AK and the research community",
)

WITH_NAVIGATION = "\n".join((
    "Hugging Face", "Models", "Datasets", "Log In", "Sign Up", *BANNER, "Mar 25",
    TITLES[0], ABSTRACTS[0], "\u2022 2 authors", "\u00b7", "Mar 24, 2024",
    TITLES[1], ABSTRACTS[1], "\u2022 5 authors", "\u00b7", "Mar 23, 2024",
    "Previous", "Next", "Company", "\u00a9 Hugging Face", "TOS", "Privacy", "About", "Careers",
))  # fmt: skip

_SITE = "https://huggingface.co"
ADDRESSES_BELOW = "\n\n".join((
    "---\nurl: https://huggingface.co/papers\ntitle: \"Daily Papers\"\n---", "# Daily Papers - Hugging Face",
    "Models", f"{_SITE}/models", "Log In", f"{_SITE}/login", *BANNER[:3], f"{_SITE}/login", "Daily Papers",
    "by ", "AK", f"{_SITE}/akhaliq", " and the research community", "sheep", "Daily", "Weekly", f"{_SITE}/papers/week",
    "Mar 25", " [-] 7", f"{_SITE}/login?next=%2Fpapers%2F2403.00001",
    TITLES[0], f"{_SITE}/papers/2403.00001", ABSTRACTS[0], f"{_SITE}/papers/2403.00001",
    "[\n\n2 authors](https://huggingface.co/papers/2403.00001)", "\u00b7", "Mar 24, 2024 ", "3",
    f"{_SITE}/papers/2403.00001#community", " [-] -", f"{_SITE}/login?next=%2Fpapers%2F2403.00002",
    TITLES[1], f"{_SITE}/papers/2403.00002", ABSTRACTS[1], f"{_SITE}/papers/2403.00002", " ",
    f"{_SITE}/papers/2403.00002", " Farm AI Lab", f"{_SITE}/farm-ai", "\u00b7", "Mar 23, 2024",
))  # fmt: skip


def numbered(definitions: str) -> str:
    wrapped = [textwrap.fill(abstract, 100) for abstract in ABSTRACTS]
    return f"""# Web source

```text
[[Hugging Face's logo] Hugging Face][1]
* [ Models ][2]
* [Log In][3]
new

Get trending papers in your email inbox!

[Subscribe][4]

# Daily Papers

## by[AK][5] and the research community
* Daily
* Weekly

Mar 25
[
7
][6]

### [{TITLES[0]}][7]

[

{wrapped[0]}

][8]
[
* 2 authors
][9]
\u00b7
Mar 24, 2024 [ 3][10]
[
-
][11]

### [{TITLES[1]}][12]

[

{wrapped[1]}

][13]
[[farm] Farm AI Lab][14]
\u00b7
Mar 23, 2024
{definitions}```
"""


NUMBERED = numbered("")
DEFINED = numbered(f"\n[7]: {_SITE}/papers/2403.00001\n[12]: {_SITE}/papers/2403.00002\n")
INLINE = "\n".join((
    *BANNER, "Mar 25", f"### [{TITLES[0]}](/papers/2403.00001)", "", ABSTRACTS[0], "", "- 2 authors", "", "\u00b7", "",
    "Mar 24, 2024", "", f"### [{TITLES[1]}]({_SITE}/papers/2403.00002)", "", ABSTRACTS[1], "", "\u00b7", "Mar 23, 2024",
    f"[About]({_SITE}/about)", f"[Docs]({_SITE}/docs)",
))  # fmt: skip
PAGES = {
    "navigation": WITH_NAVIGATION,
    "addresses below": ADDRESSES_BELOW,
    "numbers": NUMBERED,
    "numbers with addresses": DEFINED,
}


def read(page: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "page.md", None, page.encode())))


@pytest.fixture(params=list(PAGES.values()), ids=list(PAGES))
def page(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_page_gives_its_papers_and_nothing_else(page: str) -> None:
    rows = read(page)
    assert [(row.title, row.abstract) for row in rows if isinstance(row, Paper)] == list(
        zip(TITLES, ABSTRACTS, strict=True)
    )
    assert len(rows) == 2


def test_dates_and_author_counts_are_those_of_the_lines_below(page: str) -> None:
    first, second = read(page)
    assert isinstance(first, Paper)
    assert isinstance(second, Paper)
    assert (first.date, first.author_count, second.date) == ("2024-03-24", 2, "2024-03-23")


@pytest.mark.parametrize("kept", [ADDRESSES_BELOW, DEFINED], ids=["below", "by number"])
def test_ids_are_those_of_the_links(kept: str) -> None:
    assert [row.arxiv for row in read(kept) if isinstance(row, Paper)] == ["2403.00001", "2403.00002"]


def test_an_abstract_without_an_end_is_one_where_it_leads_where_the_title_leads() -> None:
    short = "All is at https://sheep.example.org"
    first, second = read(ADDRESSES_BELOW.replace(ABSTRACTS[0], short))
    assert isinstance(first, Paper)
    assert (first.abstract, isinstance(second, Paper)) == (short, True)


@pytest.mark.parametrize("kept", [ADDRESSES_BELOW, NUMBERED, DEFINED], ids=["below", "numbers", "by number"])
def test_votes_above_a_title_are_its_own_and_comments_are_no_votes(kept: str) -> None:
    rows = [row for row in read(kept) if isinstance(row, Paper)]
    assert [(row.upvotes, row.organisation) for row in rows] == [(7, None), (None, "Farm AI Lab")]


def test_links_in_the_text_of_a_page_lead_to_its_ids() -> None:
    first, second, *_ = read(INLINE)
    assert isinstance(first, Paper)
    assert isinstance(second, Paper)
    assert (first.title, second.title, second.arxiv) == (*TITLES, "2403.00002")


@given(
    st.sampled_from(sorted(PAGES)),
    st.integers(0, 4_000),
    st.integers(0, 60),
    st.sampled_from(["", "[", "](", "][9]", "\n"]),
)
def test_a_damaged_page_gives_papers_and_rejects(name: str, begin: int, size: int, instead: str) -> None:
    text = PAGES[name]
    try:
        rows = read(text[:begin] + instead + text[begin + size :])
    except SourceError:
        return
    assert all(isinstance(row, Paper | Reject) for row in rows)
