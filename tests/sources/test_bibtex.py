"""What only BibTeX has: keys, abbreviations, inheritance, TeX in names, and what people get wrong about braces."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Author, Paper, Reject
from kg.sources import SourceFile, read_source


def read(text: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "a.bib", None, text.encode())))


def papers(text: str) -> list[Paper]:
    rows = read(text)
    assert all(isinstance(row, Paper) for row in rows), rows
    return [row for row in rows if isinstance(row, Paper)]


ENTRY = """@article{a,
  title = {On {Sheep}},
  abstract = "We count.",
  doi = {10.1234/x},
  eprint = {2402.01234},
  archiveprefix = {arXiv},
  year = {2024}
}
"""


def test_an_entry_is_read_in_full_when_its_key_was_there_before() -> None:
    first, second, third = papers(ENTRY + ENTRY.replace("2402.01234", "2402.05678") + ENTRY)
    assert (second.title, second.abstract, second.doi) == (first.title, first.abstract, first.doi)
    assert (second.arxiv, second.date) == ("2402.05678", "2024")
    assert [third.title, third.arxiv] == [first.title, first.arxiv]
    assert third.sources == ("a.bib:17",)


@pytest.mark.parametrize("again", ["title = {Another}", 'year = "1999"', "note = {n},\n  note = {m}"])
def test_an_entry_is_read_in_full_when_a_field_is_there_twice_and_its_first_value_counts(again: str) -> None:
    [once], [twice] = papers(ENTRY), papers(ENTRY.replace("year = {2024}", f"year = {{2024}},\n  {again}"))
    assert once == twice


@pytest.mark.parametrize("padding", ["", "@comment{" + "x" * 150_000 + "}\n" * 2])
def test_abbreviations_are_put_in_wherever_an_entry_stands(padding: str) -> None:
    entry = "@article{a, title = {T}, eprint = paper, month = feb, year = now}\n"
    text = '@string{paper = "2402.01234"}\n@string(NOW = {2024})\n' + (entry + padding) * 4
    assert [(paper.arxiv, paper.date) for paper in papers(text)] == [("2402.01234", "2024-02")] * 4


def test_an_entry_without_a_title_is_set_aside_by_its_key_when_that_was_there_before() -> None:
    row = read(ENTRY + "@misc{a, year = {2024}}\n")[1]
    assert isinstance(row, Reject)
    assert "'a' has no title" in row.reason


def one(text: str) -> Paper:
    (paper,) = papers(text)
    return paper


@pytest.mark.parametrize(
    "head",
    [
        "@article{ HAY:0001,",
        "@article{Ewe 2021,",
        "@article{,",
        "@article{",
        "@article{\n",
        "@article{ewe\n",
        '@article{"ewe",',
        "@article\n{ewe,",
        "@ARTICLE {ewe,",
    ],
)
def test_an_entry_is_read_whatever_its_key(head: str) -> None:
    paper = one(f"{head}\n  Title = {{{{On Hay}}}},\n  Year = {{{{2021}}}}\n}}\n")
    assert (paper.title, paper.date, paper.sources) == ("On Hay", "2021", ("a.bib:1",))


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ("{{On Hay}}", "On Hay"),
        ("{{On} {Hay}}", "{On} {Hay}"),
        ("{{{Hay}} and {{Straw}}}", "{{Hay}} and {{Straw}}"),
        ('"On {"}Hay{"}"', 'On {"}Hay{"}'),
        ('"On " # hay # { and Straw}', "On Hay and Straw"),
        ("{On Hay}\n  volume = {3}", "On Hay"),
        ("{Mail us\n@hay (the bot) or @ {straw}}", "Mail us @hay (the bot) or @ {straw}"),
    ],
)
def test_a_value_loses_what_encloses_it_and_nothing_else(value: str, title: str) -> None:
    assert one(f"@string{{hay = {{Hay}}}}\n@article{{a, title = {value}, year = 2021}}").title == title


def test_a_missing_comma_between_fields_costs_nothing() -> None:
    paper = one("@article{a, title = {On Hay}\n  year = 2021\n  journal = {Hay Today}\n}")
    assert (paper.title, paper.date, paper.venue) == ("On Hay", "2021", "Hay Today")


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("month = mar # {~5}", "2021-03-05"),
        ('month = "5~" # mar', "2021-03-05"),
        ("month = {MAR-APR}", "2021"),
        ("month = {3--4}", "2021"),
        ("month = {June 2-4}", "2021-06"),
        ("month = 3, day = 5", "2021-03-05"),
        ("issue_date = {March 2021}, month = mar", "2021-03"),
        ("date = {2021-03-05/2021-03-09}", "2021-03"),
    ],
)
def test_a_month_is_read_in_all_its_forms(fields: str, date: str) -> None:
    assert one(f"@misc{{a, title = {{On Hay}}, year = {{2021}}, {fields}}}").date == date


@pytest.mark.parametrize(
    ("names", "authors", "count"),
    [
        (r"M{\"u}ller, J{\"o}rg and Ann Ewe", (("Jörg Müller", "Müller"), ("Ann Ewe", "Ewe")), 2),
        ("Ludwig van der Wiese", (("Ludwig van der Wiese", "van der Wiese"),), 1),
        ("Ewe, Ann and others", (("Ann Ewe", "Ewe"),), None),
        ("{Hay, Straw and Sons} and Ewe, Ann", (("Hay, Straw and Sons", None), ("Ann Ewe", "Ewe")), 2),
        ("{{OpenHay}}", (("OpenHay", None),), 1),
        ("family=Wiese, given=Ann, prefix=von", (("Ann von Wiese", "von Wiese"),), 1),
        ("Ewe, Ann and\n   Lamb, Jr., Bo", (("Ann Ewe", "Ewe"), ("Bo Lamb Jr.", "Lamb Jr.")), 2),
        ("Ewe, Ann; Lamb, Bo", (("Ann Ewe", "Ewe"), ("Bo Lamb", "Lamb")), 2),
        ("A. Ewe, B. Ram, C. Cow, D. Kid", (("A. Ewe", None), ("B. Ram", None), ("C. Cow", None), ("D. Kid", None)), 4),
    ],
)  # fmt: skip
def test_names_are_divided_as_bibtex_divides_them(names: str, authors: object, count: int | None) -> None:
    paper = one(f"@article{{a, title = {{On Hay}}, author = {{{names}}}}}")
    assert tuple((author.name, author.family) for author in paper.authors) == authors
    assert paper.author_count == count


def test_an_entry_is_read_in_full() -> None:
    paper = one(
        "@inproceedings{a, title = {On Hay}, subtitle = {A Study}, booktitle = {Proc.~of Hay \\& Straw}, "
        "keywords = {hay, straw,\n    long grass}, eprint = {1911.00001}, archiveprefix = {arXiv}, "
        "primaryclass = {cs.CL}, url = {https://example.org/a\\_b}, doi = {10.1234/a{\\_}b}, "
        "howpublished = {\\url{https://github.com/farm/hay}}, note = {Data: \\url{https://example.org/data}.}}"
    )
    assert (paper.title, paper.venue, paper.type) == ("On Hay: A Study", "Proc. of Hay & Straw", "conference-paper")
    assert paper.keywords == ("hay", "straw", "long grass")
    assert (paper.arxiv, paper.doi, paper.categories) == ("1911.00001", "10.1234/a_b", ("cs.CL",))
    assert paper.urls == ("https://example.org/a_b", "https://example.org/data")
    assert paper.repositories == ("https://github.com/farm/hay",)


def test_an_entry_of_the_web_of_science_is_read_in_full() -> None:
    paper = one(
        "@article{ WOS:0001,\nAuthor = {Ewe, Ann and Lamb, Bo},\nTitle = {{On Hay}},\nJournal = {{HAY}},\n"
        "Year = {{2021}},\nMonth = {{MAR}},\nType = {{Article; Retracted Publication}},\nKeywords = {{hay; straw}},\n"
        "Keywords-Plus = {{GRASS}},\nWeb-of-Science-Categories  = {{Agronomy; Computer Science, Theory}},\n"
        "ORCID-Numbers = {{Lamb, Bo/0000-0002-1825-0097}},\nUnique-ID = {{WOS:0001}},\n}\n"
    )
    assert (paper.date, paper.type, paper.status) == ("2021-03", "article", "retracted")
    assert (paper.keywords, paper.categories) == (("hay", "straw", "GRASS"), ("Agronomy", "Computer Science, Theory"))
    assert paper.authors == (Author("Ann Ewe", "Ann", "Ewe"), Author("Bo Lamb", "Bo", "Lamb", "0000-0002-1825-0097"))


@pytest.mark.parametrize(
    ("entry", "kind", "venue"),
    [
        ("@proceedings{a, title = {Proc. of Hay}}", "proceedings", None),
        ("@misc{a, title = {T}, eprint = {1911.00001}, archiveprefix = {arXiv}}", "preprint", None),
        ("@article{a, title = {T}, journal = {arXiv preprint arXiv:1911.00001}}", "preprint", "arXiv"),
        ("@article{a, title = {T}, journal = {Hay}, eprint = {1911.00001}, eprinttype = {arxiv}}", "article", "Hay"),
        ("@phdthesis{a, title = {T}, school = {Universit{\\'e} du Foin}}", "thesis", "Université du Foin"),
        ("@collection{a, title = {T}}", "book", None),
        ("@online{a, title = {T}}", "other", None),
    ],
)
def test_volumes_preprints_and_theses_are_told_apart(entry: str, kind: str, venue: str | None) -> None:
    paper = one(entry)
    assert (paper.type, paper.venue) == (kind, venue)


CHILD = "@inproceedings{c, crossref = {Conf}, title = {On Hay}}\n"
PARENT = "@proceedings{conf, title = {Proc. of Hay}, year = 2021, month = mar, doi = {10.1234/conf}, url = {http://a.example}}\n"


@pytest.mark.parametrize("text", [CHILD + PARENT, PARENT + CHILD, CHILD + "@misc{x, title = {X}}\n" * 9_000 + PARENT])
def test_an_entry_inherits_what_holds_of_its_volume_wherever_that_stands(text: str) -> None:
    (child,) = [paper for paper in papers(text) if paper.title == "On Hay"]
    assert (child.date, child.venue) == ("2021-03", "Proc. of Hay")
    assert (child.doi, child.urls, child.remarks) == (None, (), ())


def test_its_own_date_keeps_that_of_the_volume_out() -> None:
    assert papers(PARENT + CHILD.replace("title", "year = 2020, title"))[1].date == "2020"


def test_data_that_entries_share_is_no_paper() -> None:
    paper = one("@article{a, xdata = {shared}, title = {On Hay}}\n@xdata{shared, journal = {Hay Today}, year = 2021}\n")
    assert (paper.venue, paper.date) == ("Hay Today", "2021")


def test_a_parent_that_is_not_there_is_told() -> None:
    assert one(CHILD).remarks == ("'crossref' is not in the file: 'conf'",)


def test_parents_in_a_circle_come_to_an_end() -> None:
    loop = [f"@book{{k{n}, title = {{T{n}}}, crossref = {{k{(n + 1) % 3}}}}}\n" for n in range(3)]
    assert sorted(paper.title for paper in papers("".join(loop))) == ["T0", "T1", "T2"]


def test_braces_that_do_not_match_cost_their_entry_only() -> None:
    rows = read(
        "@misc{a, title={A}}\n@misc{b, title={B {C}, year={2021}}\n@misc{c, title={C}}, note={D}\n@misc{d, title={D}}\n"
    )
    assert [row.line if isinstance(row, Reject) else row.title for row in rows] == ["A", 2, "C", 3, "D"]


def test_a_bad_byte_costs_its_field() -> None:
    data = b"@misc{a, title={A},\n note={\xff\xfe\xfa}, year={2021}}\n% " + "é".encode() * 400 + b"\n"
    (paper,) = read_source(SourceFile("key", "a.bib", None, data))
    assert isinstance(paper, Paper)
    assert (paper.title, paper.date) == ("A", "2021")


LIBRARY = (
    "@string{hay = {Hay}}\n" + ENTRY + CHILD + PARENT + '@misc(m, title = hay # " and more", author = {Ewe, Ann})\n'
)
PIECES = ["{", "}", '"', "#", ",", "=", "(", ")", "@", "@a{", "\n@", "\\", " and ", "crossref = {a},", "%"]


@given(st.integers(0, 10**9), st.integers(1, 6))
def test_damage_of_any_kind_gives_papers_and_rejects(seed: int, times: int) -> None:
    draw = random.Random(seed)
    text = LIBRARY
    for _ in range(times):
        place = draw.randrange(len(text) + 1)
        end = place + draw.randint(0, 30)
        text = draw.choice([text[:place], text[:place] + text[end:], text[:place] + draw.choice(PIECES) + text[place:]])
    try:
        rows = read(text)
    except SourceError:
        return
    assert all(isinstance(row, Paper | Reject) for row in rows)
