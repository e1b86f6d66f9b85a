"""The text of articles in JATS."""

from __future__ import annotations

from kg.model import Paper, Part, PassageKind, Table
from kg.sources import SourceFile, read_source


def read(rest: str) -> Paper:
    text = (
        '<article xmlns:mml="http://www.w3.org/1998/Math/MathML" '
        'xmlns:oasis="http://www.niso.org/oasis"><front><article-meta>'
        "<title-group><article-title>Shepherd</article-title></title-group><abstract><p>We herd sums.</p></abstract>"
        f"</article-meta></front>{rest}</article>"
    )
    (row,) = read_source(SourceFile("key", "x.xml", None, text.encode()))
    assert isinstance(row, Paper), row
    return row


def table_of(wrap: str) -> Table:
    (table,) = (part.table for part in read(f"<body>{wrap}</body>").body if part.table)
    return table


def test_sections_notes_and_appendices_are_parts_and_references_are_none() -> None:
    paper = read(
        "<body><p>Sheep graze.</p><sec><label>1</label><title>Flocks</title><p>Sheep stand in flocks <xref "
        'ref-type="bibr">[1]</xref>, of <xref ref-type="fig">Fig. 1</xref><xref ref-type="fn"><sup>a</sup></xref>.'
        "<list><list-item><p>One pen.</p></list-item></list></p><sec><title>Pens</title><p>Ten "
        "<inline-formula><mml:math>"
        "<mml:msup><mml:mi>n</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></inline-formula> "
        "pens.</p></sec></sec></body>"
        "<back><fn-group><fn><label>a</label><p>Of ten.</p></fn></fn-group><ref-list><ref>Fold, "
        "Wolves.</ref></ref-list>"
        "<app-group><app><title>Dogs</title><p>Dogs help.</p></app></app-group></back>"
        "<sub-article><front-stub/><body><p>Another.</p></body></sub-article>"
    )
    assert paper.body == (
        Part(PassageKind.SECTION, "Sheep graze."),
        Part(PassageKind.SECTION, "Sheep stand in flocks, of Fig. 1.\n\nOne pen.", ("Flocks",)),
        Part(PassageKind.SECTION, "Ten n² pens.", ("Flocks", "Pens")),
        Part(PassageKind.FOOTNOTE, "Of ten."),
        Part(PassageKind.SECTION, "Dogs help.", ("Dogs",), appendix=True),
    )


def test_an_article_without_a_body_is_its_head() -> None:
    assert read("").body == ()


WRAP = """<table-wrap id="T2"><label>Table 2</label><caption><title>Counts.</title><p>Per dog.</p></caption>{}
<table-wrap-foot><fn><label>*</label><p>Both farms.</p></fn></table-wrap-foot></table-wrap>"""


def test_a_table_of_xhtml_has_its_spans_heads_groups_and_notes() -> None:
    table = table_of(
        WRAP.format(
            "<table><thead><tr><th rowspan='2'>Dog</th><th "
            "colspan='2'>Sheep</th></tr><tr><th>Ewes</th><th>Rams</th></tr>"
            "</thead><tbody><tr><td>Rex<xref "
            "ref-type='bibr'>[12]</xref></td><td><bold>3</bold></td><td>4<sup>*</sup></td>"
            "</tr><tr><td colspan='3'><hr/></td></tr><tr><td>\u2003Fido</td><td>5</td><td/></tr></tbody></table>"
        )
    )
    cells = [(cell.row, cell.column, cell.text) for cell in table.cells]
    assert cells[:4] == [(0, 0, "Dog"), (0, 1, "Sheep"), (1, 1, "Ewes"), (1, 2, "Rams")]
    rex, three, four, fido = table.cells[4:8]
    assert (rex.text, rex.cited, three.bold, four.text, four.asides) == ("Rex", True, True, "4", ("*",))
    assert (fido.row, fido.text, fido.indent) == (3, "Fido", 1)
    assert (table.number, table.caption, table.label, table.notes) == (
        "2",
        "Counts. Per dog.",
        "T2",
        ("* Both farms.",),
    )
    assert table.rules == (2, 3)


def test_a_table_of_cals_has_its_spans_by_names_and_by_more_rows() -> None:
    table = table_of(
        WRAP.format(
            '<oasis:table><oasis:tgroup cols="3"><oasis:colspec colname="a"/><oasis:colspec '
            'colname="b"/><oasis:colspec '
            'colname="c"/><oasis:thead><oasis:row><oasis:entry morerows="1">Dog</oasis:entry><oasis:entry namest="b" '
            'nameend="c">Sheep</oasis:entry></oasis:row><oasis:row><oasis:entry '
            'colname="b">Ewes</oasis:entry><oasis:entry>'
            "Rams</oasis:entry></oasis:row></oasis:thead><oasis:tbody><oasis:row><oasis:entry>Rex</oasis:entry>"
            "<oasis:entry "
            'colname="c">4</oasis:entry></oasis:row></oasis:tbody></oasis:tgroup></oasis:table>'
        )
    )
    assert [(cell.row, cell.column, cell.text, cell.head) for cell in table.cells] == [
        (0, 0, "Dog", True), (0, 1, "Sheep", True), (1, 1, "Ewes", True), (1, 2, "Rams", True),
        (2, 0, "Rex", False), (2, 2, "4", False),
    ]  # fmt: skip
    assert (table.cells[0].rows, table.cells[1].columns, table.rules) == (2, 2, (2,))


def test_tables_that_float_apart_are_read_and_images_are_told() -> None:
    paper = read(
        f"<body/><floats-group>{WRAP.format('<table><tr><td>Rex</td><td>3</td></tr></table>')}"
        f"{WRAP.format('<graphic/>')}</floats-group>"
    )
    assert [part.table.number for part in paper.body if part.table] == ["2"]
    assert paper.remarks == ("leaves out 1 table of which there is only an image",)


def test_of_a_formula_that_is_there_twice_one_is_read() -> None:
    tex = "<alternatives><graphic/><tex-math>$$\\alpha = 1$$</tex-math></alternatives>"
    paper = read(f"<body><p>With <inline-formula>{tex}</inline-formula>.</p></body>")
    assert [part.text for part in paper.body] == ["With α = 1."]
