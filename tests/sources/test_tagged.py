"""What is particular to formats of tagged lines: RIS, Web of Science, MEDLINE, EndNote, RefWorks."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Author, Paper, Reject
from kg.sources import SourceFile, read_source
from tests.sources.formats import ENDNOTE, MEDLINE, REFWORKS, RIS, WEB_OF_SCIENCE


def read(text: str) -> list[Paper | Reject]:
    return list(read_source(SourceFile("key", "refs", None, text.encode())))


def one(text: str) -> Paper:
    (row,) = read(text)
    assert isinstance(row, Paper), row
    return row


def ris(*lines: str) -> Paper:
    return one("\n".join(("TY  - JOUR", "TI  - On Hay", *lines, "ER  - ", "")))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("  - ", " - "),
        lambda text: text.replace("  - ", "  -"),
        lambda text: text.replace("  - ", "- "),
        lambda text: text.replace("ER  - ", "ER -"),
        lambda text: text.replace("ER  - ", "ER  -"),
        lambda text: text.replace("\n", "\r\r\n"),
        lambda text: text.replace("\n\n", "\n\n\r"),
        lambda text: "\n".join(f"  {line}" for line in text.split("\n")),
        lambda text: re.sub("^..(?=  -)", lambda tag: tag.group().lower(), text, flags=re.MULTILINE),
        lambda text: text.rstrip().removesuffix("ER  -"),
    ],
    ids=["one blank", "no blank", "none before", "end", "bare end", "doubled", "stray", "indent", "small", "no end"],
)
def test_ris_is_read_however_its_exporter_counts_blanks_and_capitals(change: object) -> None:
    assert callable(change)
    text = RIS.replace("\x20\n", "\n").replace("ER  -\n", "ER  - \n")
    assert [(row.title, row.abstract, row.doi) for row in read(change(text)) if isinstance(row, Paper)] == [
        (row.title, row.abstract, row.doi) for row in read(RIS) if isinstance(row, Paper)
    ]


def test_a_line_of_an_abstract_is_no_tag_for_looking_like_one() -> None:
    paper = ris("AB  - We count hay in", "AI - that is by machines", "er - and mow it")
    assert paper.abstract == "We count hay in AI - that is by machines er - and mow it"


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PY  - 2021", "DA  - 2021/06/03/"], "2021-06-03"),
        (["PY  - 2021///"], "2021"),
        (["Y1  - 2021/06//"], "2021-06"),
        (["PY  - 2021", "Y1  - 1-6 June 2021"], "2021-06"),
        (["PY  - 2021", "DA  - June 3"], "2021-06-03"),
        (["PY  - forthcoming"], None),
    ],
)
def test_the_most_exact_date_of_a_record_counts(lines: list[str], date: str | None) -> None:
    assert ris(*lines).date == date


def test_a_record_of_ris_is_read_in_full() -> None:
    paper = ris(
        "AU  - Ewe, Ann", "AU  - OpenHay", "T2  - Journal of Hay", "JO  - J. Hay", "M3  - Review", "DO  - 10.1234/hay",
        "KW  - hay", "KW  - straw; grass", "UR  - https://example.org/hay", "L1  - https://github.com/farm/hay",
        "N1  - Export Date: 1 May 2022",
    )  # fmt: skip
    assert paper.authors == (Author("Ann Ewe", "Ann", "Ewe"), Author("OpenHay"))
    assert (paper.venue, paper.type, paper.doi) == ("Journal of Hay", "review", "10.1234/hay")
    assert paper.keywords == ("hay", "straw", "grass")
    assert (paper.urls, paper.repositories) == (("https://example.org/hay",), ("https://github.com/farm/hay",))


@pytest.mark.parametrize(
    ("lines", "venue", "kind"),
    [
        (["JO  - arXiv preprint arXiv:1911.00001"], "arXiv", "preprint"),
        (["TY  - THES", "TI  - On Straw", "PB  - University of Rootville"], "University of Rootville", "thesis"),
        (["TY  - BOOK", "BT  - On Straw"], None, "book"),
    ],
)
def test_where_something_was_published_is_told_by_what_it_is(lines: list[str], venue: str | None, kind: str) -> None:
    lines = lines if lines[0].startswith("TY") else ["TY  - JOUR", "TI  - On Hay", *lines]
    paper = one("\n".join([*lines, "ER  - "]))
    assert (paper.venue, paper.type) == (venue, kind)


def test_a_doi_that_is_none_is_told_and_costs_nothing_else() -> None:
    paper = ris("DO  - 10.1234/hay and straw")
    assert (paper.doi, paper.remarks) == (None, ("'doi' is not understood: '10.1234/hay and straw'",))


def wos(*lines: str) -> Paper:
    return one("\n".join(("PT J", "TI On Hay", *lines, "ER", "")))


def test_a_record_of_the_web_of_science_is_read_in_full() -> None:
    paper = wos(
        "AU Ewe, A", "AF Ewe, Ann", "   Lamb, Bo", "DT Article; Retracted Publication", "DE hay; straw", "ID GRASS",
        "WC Computer Science, Artificial Intelligence; Agronomy", "OI Lamb, Bo/0000-0002-1825-0097", "SO HAY", "PD MAR",
        "PY 2021", "D2 10.1234/book", "DI 10.1234/hay",
    )  # fmt: skip
    assert paper.authors == (Author("Ann Ewe", "Ann", "Ewe"), Author("Bo Lamb", "Bo", "Lamb", "0000-0002-1825-0097"))
    assert (paper.doi, paper.date, paper.type, paper.status) == ("10.1234/hay", "2021-03", "article", "retracted")
    assert paper.keywords == ("hay", "straw", "GRASS")
    assert paper.categories == ("Computer Science, Artificial Intelligence", "Agronomy")


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        (["PD MAR 5", "PY 2021"], "2021-03-05"),
        (["PD MAR-APR", "PY 2021"], "2021"),
        (["PD SPR", "PY 2021"], "2021"),
        (["EA JUN 2021"], "2021-06"),
    ],
)
def test_the_date_of_an_issue_is_put_together(lines: list[str], date: str) -> None:
    assert wos(*lines).date == date


def pubmed(*lines: str) -> Paper:
    return one("\n".join(("PMID- 12345678", "TI  - On Hay.", *lines, "")))


def test_a_record_of_pubmed_is_read_in_full() -> None:
    paper = pubmed(
        "FAU - Ewe, Ann", "AU  - Ewe A", "AUID- ORCID: 0000-0002-1825-0097", "CN  - Hay, Straw and Grass Group",
        "FAU - Lamb, Bo", "AU  - Lamb B", "PT  - Journal Article", "PT  - Systematic Review", "JT  - Journal of hay",
        "TA  - J Hay", "MH  - Poaceae/*growth & development", "OT  - hay", "DP  - 2021 Mar", "DEP - 20210305",
        "LID - e12 [pii]", "AID - 10.1234/hay [doi]",
    )  # fmt: skip
    assert paper.authors == (
        Author("Ann Ewe", "Ann", "Ewe", "0000-0002-1825-0097"),
        Author("Hay, Straw and Grass Group"),
        Author("Bo Lamb", "Bo", "Lamb"),
    )
    assert (paper.venue, paper.type, paper.date, paper.doi) == ("Journal of hay", "review", "2021-03-05", "10.1234/hay")
    assert paper.keywords == ("hay", "Poaceae/growth & development")
    assert paper.urls == ("https://pubmed.ncbi.nlm.nih.gov/12345678/",)


@pytest.mark.parametrize(
    ("line", "status", "kind"),
    [
        ("PT  - Retracted Publication", "retracted", "article"),
        ("RIN - J Hay. 2022;3:1", "retracted", "article"),
        ("PT  - Retraction of Publication", None, "retraction"),
        ("ROF - J Hay. 2020;1:1", None, "retraction"),
        ("PT  - Published Erratum", None, "erratum"),
        ("DEP - 20191224", None, "article"),
    ],
)
def test_what_became_of_a_paper_is_no_type_of_it(line: str, status: str | None, kind: str) -> None:
    paper = pubmed("PT  - Journal Article", line, "DP  - 2021 Mar")
    assert (paper.status, paper.type, paper.date) == (status, kind, "2021-03")


def test_records_of_ovid_begin_as_the_first_does() -> None:
    record = "<{0}>\nVN  - Ovid Technologies\nDB  - Ovid MEDLINE(R)\nUI  - 1234567{0}\nTI  - On Hay {0}\nYR  - 2021\n\n"
    assert [row.title for row in read(record.format(1) + record.format(2)) if isinstance(row, Paper)] == [
        "On Hay 1", "On Hay 2",
    ]  # fmt: skip


def test_records_of_endnote_without_a_type_are_parted_by_blank_lines() -> None:
    rows = read("%A Ewe, Ann\n%T On Hay\n%D 2021\n\n%A Lamb, Bo\n%T On Straw\n%D 2022\n")
    assert [(row.title, row.date) for row in rows if isinstance(row, Paper)] == [
        ("On Hay", "2021"),
        ("On Straw", "2022"),
    ]


def test_a_blank_line_in_an_abstract_of_endnote_begins_a_paragraph() -> None:
    paper = one("%0 Journal Article\n%T On Hay\n%X We mow.\n\nWe dry.\n%K hay\nstraw\n%8 March 5\n%D 2021\n")
    assert (paper.abstract, paper.keywords, paper.date) == ("We mow.\nWe dry.", ("hay", "straw"), "2021-03-05")


def test_a_bad_byte_costs_its_field() -> None:
    data = b"PT J\nAU Ewe, A\nTI On Hay\nDE \xff\xfe\xfa hay\n   straw\nPY 2021\nER\n" + "é".encode() * 400
    (paper,) = read_source(SourceFile("key", "refs", None, data))
    assert isinstance(paper, Paper)
    assert (paper.title, paper.date) == ("On Hay", "2021")


TEXTS = {"ris": RIS, "wos": WEB_OF_SCIENCE, "medline": MEDLINE, "endnote": ENDNOTE, "refworks": REFWORKS}


@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 10**9), st.integers(1, 6))
def test_lines_dropped_doubled_or_out_of_order_give_papers_and_rejects(name: str, seed: int, times: int) -> None:
    draw = random.Random(seed)
    lines = TEXTS[name].splitlines(keepends=True)
    for _ in range(times):
        place, other = draw.randrange(len(lines)), draw.randrange(len(lines))
        match draw.randrange(4):
            case 0:
                del lines[place]
            case 1:
                lines.insert(place, lines[other])
            case 2:
                lines[place], lines[other] = lines[other], lines[place]
            case 3:
                lines[place] = lines[place][: draw.randrange(len(lines[place]) + 1)]
    try:
        rows = read("".join(lines))
    except SourceError:
        return
    places = [row.line if isinstance(row, Reject) else int(row.sources[0].rpartition(":")[2]) for row in rows]
    assert places == sorted(set(places))
