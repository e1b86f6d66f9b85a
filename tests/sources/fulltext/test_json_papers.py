"""Papers in full in JSON: S2ORC in its forms, BioC, SciREX."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from kg.model import Paper, Part, PassageKind
from kg.sources import SourceFile, read_source

TABLE = "<table><tr><td>Dog</td><td>Ewes</td></tr><tr><td>Rex</td><td>3.5</td></tr></table>"


def read(value: object) -> Paper:
    (row,) = read_source(SourceFile("key", "x.json", None, json.dumps(value).encode()))
    assert isinstance(row, Paper), row
    return row


PARAGRAPHS: dict[str, object] = {
    "abstract": [{"text": "We herd sums.", "section": "Abstract"}],
    "body_text": [
        {"text": "Sheep graze [1].", "cite_spans": [{"start": 12, "end": 15}], "section": "Flocks", "sec_num": "1"},
        {"text": "One pen.", "section": "Pens", "sec_num": "1.1"},
    ],
    "back_matter": [{"text": "Dogs help.", "section": "Appendix", "sec_num": None}],
    "ref_entries": {
        "TABREF0": {"text": "Table 2: Counts.", "type_str": "table", "content": TABLE, "num": "2"},
        "FIGREF0": {"text": "A sheep.", "type_str": "figure", "num": "1"},
    },
    "bib_entries": {"BIBREF0": {"title": "Wolves"}},
}
HEAD: dict[str, object] = {
    "paper_id": "x",
    "title": "Shepherd",
    "authors": [{"first": "Ann", "middle": ["B"], "last": "Fold"}],
}
SECTIONS = [
    (("Flocks",), "Sheep graze."),
    (("Flocks", "Pens"), "One pen."),
    (("Appendix",), "Dogs help."),
]


@pytest.mark.parametrize(
    "value",
    [
        {**HEAD, "abstract": "We herd sums.", "pdf_parse": PARAGRAPHS},
        {"paper_id": "x", "metadata": {"title": "Shepherd", "authors": HEAD["authors"]}, **PARAGRAPHS},
        {**HEAD, "pdf_parse": {"body_text": []}, "latex_parse": PARAGRAPHS},
    ],
)
def test_paragraphs_of_s2orc_are_sections_and_its_references_are_tables(value: object) -> None:
    paper = read(value)
    assert (paper.title, paper.abstract, paper.authors[0].name) == ("Shepherd", "We herd sums.", "Ann B Fold")
    parts = [(part.heading, part.text) for part in paper.body if part.kind is PassageKind.SECTION]
    assert parts == SECTIONS
    (table,) = (part.table for part in paper.body if part.table)
    assert (table.caption, table.number, [cell.text for cell in table.cells]) == (
        "Counts.", "2", ["Dog", "Ewes", "Rex", "3.5"],
    )  # fmt: skip


def test_a_table_that_is_only_named_is_told() -> None:
    entries = {"TABREF0": {"text": "Counts.", "type": "table"}}
    paper = read({**HEAD, "pdf_parse": {**PARAGRAPHS, "ref_entries": entries}})
    assert paper.remarks == ("leaves out 1 table of which there is only the caption",)


@pytest.mark.parametrize("nested", [True, False])
def test_annotations_say_what_is_where_in_a_text(nested: bool) -> None:
    text = "Shepherd\nWe herd sums.\nFlocks\nSheep graze [1].\nThey sleep."

    def span(said: str) -> list[dict[str, object]]:
        return [{"start": text.index(said), "end": text.index(said) + len(said)}]

    annotations = {
        "title": span("Shepherd"),
        "abstract": span("We herd sums."),
        "sectionheader": span("Flocks"),
        "paragraph": [*span("Sheep graze [1]."), *span("They sleep.")],
        "bibref": span("[1]"),
    }
    said = {name: json.dumps(value) if nested else value for name, value in annotations.items()}
    paper = read(
        {"corpusid": 7, "externalids": {"arxiv": "2402.01234"}, "content": {"text": text, "annotations": said}}
    )
    assert (paper.title, paper.abstract, paper.arxiv) == ("Shepherd", "We herd sums.", "2402.01234")
    assert paper.body == (Part(PassageKind.SECTION, "Sheep graze.\n\nThey sleep.", ("Flocks",)),)


def passage(text: str, part: str, kind: str, **said: str) -> dict[str, object]:
    return {"offset": 0, "infons": {"section_type": part, "type": kind, **said}, "text": text}


def test_passages_of_bioc_are_parts() -> None:
    document = {
        "id": "1",
        "passages": [
            passage(
                "Shepherd", "TITLE", "front", name_0="surname:Fold;given-names:Ann", **{"article-id_doi": "10.1234/w"}
            ),
            passage("We herd sums.", "ABSTRACT", "abstract"),
            passage("Flocks", "INTRO", "title_1"),
            passage("Sheep graze.", "INTRO", "paragraph"),
            passage("Table 2 Counts.", "TABLE", "table_caption", id="T2"),
            passage("Dog Ewes Rex 3.5", "TABLE", "table", id="T2", xml=TABLE),
            passage("Wolves", "REF", "ref"),
        ],
    }
    paper = read([{"source": "PMC", "date": "2024", "documents": [document]}])
    assert (paper.title, paper.abstract, paper.doi, paper.authors[0].name) == (
        "Shepherd", "We herd sums.", "10.1234/w", "Ann Fold",
    )  # fmt: skip
    assert [part.text for part in paper.body] == ["Sheep graze.", "Counts.", "Dog\tEwes\nRex\t3.5"]


def test_words_of_scirex_are_sentences_again() -> None:
    words = "Shepherd : Herding Sums abstract : We herd sums ( slowly ) . section : Flocks Sheep - dogs help .".split()
    ends = [0, 4, 13, 16, 21]
    sentences = [[start, end] for start, end in pairwise(ends)]
    paper = read({"doc_id": "x", "words": words, "sections": [[0, 13], [13, 21]], "sentences": sentences, "ner": []})
    assert (paper.title, paper.abstract) == ("Shepherd: Herding Sums", "We herd sums (slowly).")
    assert paper.body == (Part(PassageKind.SECTION, "Sheep-dogs help.", ("Flocks",)),)
