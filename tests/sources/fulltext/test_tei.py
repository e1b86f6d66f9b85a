"""Papers in TEI, as old and new versions of GROBID write them."""

from __future__ import annotations

import pytest

from kg.model import Paper, Part, PassageKind, Reject, Table
from kg.sources import SourceFile, read_source

HEADER = """<teiHeader><fileDesc><titleStmt><title level="a" type="main">Shepherd: Herding Sums</title></titleStmt>
<publicationStmt><date type="published" when="2024-02-05">2024</date></publicationStmt><sourceDesc><biblStruct>
<analytic>
<author><persName><forename type="first">Ann</forename><surname>Fold</surname></persName></author><author><affiliation/>
</author></analytic><monogr><title level="j">Barn</title></monogr><idno type="DOI">10.1234/wool</idno><idno
type="arXiv">arXiv:2402.01234v2[cs.CL]</idno></biblStruct></sourceDesc></fileDesc><profileDesc><textClass><keywords>
<term>sheep</term><term>sums</term></keywords></textClass><abstract><p>We herd sums.</p></abstract></profileDesc>
</teiHeader>"""


def read(body: str, back: str = "", name: str = "x.tei.xml", header: str = HEADER) -> Paper:
    text = (
        f'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body>'
        f"<back>{back}</back></text></TEI>"
    )
    (row,) = read_source(SourceFile("key", name, None, text.encode()))
    assert isinstance(row, Paper), row
    return row


def table_of(figure: str) -> Table:
    (table,) = (part.table for part in read(figure).body if part.table)
    return table


def rows_of(table: Table) -> list[list[str]]:
    rows: list[list[str]] = []
    for cell in table.cells:
        rows += [[] for _ in range(cell.row + 1 - len(rows))]
        rows[cell.row].append(cell.text)
    return rows


def test_the_header_is_the_record() -> None:
    paper = read("")
    assert (paper.title, paper.abstract, paper.date) == ("Shepherd: Herding Sums", "We herd sums.", "2024-02-05")
    assert (paper.arxiv, paper.doi, paper.venue) == ("2402.01234", "10.1234/wool", "Barn")
    assert ([author.name for author in paper.authors], paper.keywords) == (["Ann Fold"], ("sheep", "sums"))
    assert paper.body == ()


def test_a_file_that_is_named_after_an_id_says_which_paper_it_is() -> None:
    bare = HEADER.replace("<idno", "<note").replace("</idno>", "</note>")
    assert read("", name="2401.00007v3.tei.xml", header=bare).arxiv == "2401.00007"


def test_sections_follow_their_numbers_and_references_are_no_part() -> None:
    body = (
        '<div><head n="1">Flocks</head><p>Sheep stand <ref type="bibr">(Fold, 2020)</ref> in flocks, as <ref '
        'type="bibr">'
        'Fold (2020)</ref> says, see Table <ref type="table">1</ref>.</p></div>'
        '<div><head n="1.1">Pens</head><p>One pen.</p><formula>a = b</formula></div>'
        '<note place="foot">Of ten.</note>'
    )
    back = (
        '<div type="annex"><div><head>Dogs</head><p>Dogs help.</p></div></div>'
        '<div type="references"><listBibl><biblStruct><analytic><title>Wolves</title></analytic></biblStruct>'
        "</listBibl></div>"
    )
    assert read(body, back).body == (
        Part(PassageKind.SECTION, "Sheep stand in flocks, as Fold (2020) says, see Table 1.", ("Flocks",)),
        Part(PassageKind.SECTION, "One pen.\n\na = b", ("Flocks", "Pens")),
        Part(PassageKind.FOOTNOTE, "Of ten.", ("Flocks", "Pens")),
        Part(PassageKind.SECTION, "Dogs help.", ("Dogs",), appendix=True),
    )


def test_cells_of_new_versions_span_columns() -> None:
    table = table_of(
        '<figure type="table" xml:id="tab_0"><head>Table 1 :</head><label>1</label><figDesc>Table 1: '
        "Counts.</figDesc><table>"
        '<row><cell>Dog</cell><cell cols="2">Sheep</cell></row><row><cell>Rex</cell><cell>3</cell><cell>4</cell></row>'
        "</table><note>Both farms.</note></figure>"
    )
    assert rows_of(table) == [["Dog", "Sheep"], ["Rex", "3", "4"]]
    assert (table.cells[1].columns, table.number, table.caption, table.label) == (2, "1", "Counts.", "tab_0")
    assert (table.notes, table.guessed) == (("Both farms.",), False)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "Dog Ewes Rams\nRex 3.5 4.5\nFido 1.0 2.0",
            [["Dog", "Ewes", "Rams"], ["Rex", "3.5", "4.5"], ["Fido", "1.0", "2.0"]],
        ),
        (
            "Ewes \nRams \nDog \nDay \nNight \nDay \nNight \n\nRex \n3.5 \n4.5 \n2.1 \n1.1 \nFido (Fold, 2019) \n1.0 \n"
            "2.0 \n-\n4.0 \n",
            [
                ["", "Ewes", "Rams"],
                ["Dog", "Day", "Night", "Day", "Night"],
                ["Rex", "3.5", "4.5", "2.1", "1.1"],
                ["Fido (Fold, 2019)", "1.0", "2.0", "-", "4.0"],
            ],
        ),
    ],
)
def test_tables_of_old_versions_are_taken_apart_and_marked_as_guessed(text: str, rows: list[list[str]]) -> None:
    table = table_of(
        f'<figure type="table"><head>Table 2 :</head><label>2</label><figDesc/><table>{text}</table></figure>'
    )
    assert (rows_of(table), table.number, table.guessed) == (rows, "2", True)


def test_a_table_may_stand_behind_its_caption() -> None:
    table = table_of(
        '<figure type="table"><head>Table 2 :</head><label>2</label><figDesc>Table 2: Counts of dogs. Dog Ewes 1.1 '
        "Rams Rex 3.5 "
        "4.5 Fido 1.0 2.0 Big Tom 7.5 8.5</figDesc><table/></figure>"
    )
    assert rows_of(table) == [
        ["Dog", "Ewes 1.1", "Rams"],
        ["Rex", "3.5", "4.5"],
        ["Fido", "1.0", "2.0"],
        ["Big Tom", "7.5", "8.5"],
    ]
    assert table.caption == "Counts of dogs."


def test_prose_before_the_numbers_is_the_rest_of_the_caption() -> None:
    table = table_of(
        '<figure type="table"><head>Table 2 :</head><figDesc/><table>How many sheep a dog herds in the two hours '
        "before its "
        "din-\nner, on both of the farms.\n\nDog Ewes Rams\nRex 3.5 4.5\nFido 1.0 2.0</table></figure>"
    )
    assert table.caption == "How many sheep a dog herds in the two hours before its dinner, on both of the farms."
    assert rows_of(table)[0] == ["Dog", "Ewes", "Rams"]


def test_a_table_that_shows_no_rows_is_told() -> None:
    paper = read('<figure type="table"><head>Table 1 :</head><figDesc/><table>Big \ndogs \nbark</table></figure>')
    assert paper.remarks == ("leaves out 1 table whose text shows no rows and columns",)


def test_tei_without_a_title_is_set_aside() -> None:
    text = b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>'
    (row,) = read_source(SourceFile("key", "x.xml", None, text))
    assert row == Reject("x.xml", 1, "is TEI without a 'teiHeader', which says what it is")


def test_entities_are_never_expanded() -> None:
    text = '<!DOCTYPE TEI [<!ENTITY a "aaaa">]><TEI xmlns="http://www.tei-c.org/ns/1.0"><text>&a;</text></TEI>'
    with pytest.raises(Exception, match="document type"):
        list(read_source(SourceFile("key", "x.xml", None, text.encode())))


def test_a_body_that_is_nested_deeply_is_read_without_recursion() -> None:
    paper = read("<div>" * 900 + "<p>" + "<hi>" * 50 + "Sheep." + "</hi>" * 50 + "</p>" + "</div>" * 900)
    assert [part.text for part in paper.body] == ["Sheep."]
