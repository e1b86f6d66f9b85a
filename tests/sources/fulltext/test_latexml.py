"""Papers in HTML as LaTeXML writes them."""

from __future__ import annotations

import pytest

from kg.model import Cell, Paper, Part, PassageKind, Table
from kg.sources import SourceFile, read_source


def page(content: str, head: str = "<title>Shepherd</title>") -> str:
    return (
        f"<!DOCTYPE html><html><head>{head}</head><body><div class='ltx_page_main'><div class='ltx_page_content'>"
        "<article class='ltx_document'><h1 class='ltx_title ltx_title_document'>Shepherd: Herding Sums</h1>"
        "<div class='ltx_authors'><span class='ltx_creator ltx_role_author'><span class='ltx_personname'>Ann Fold"
        "<sup class='ltx_sup'>1</sup><br class='ltx_break'/>Farm University</span></span></div>"
        "<div class='ltx_abstract'><h6 class='ltx_title ltx_title_abstract'>Abstract</h6>"
        f"<p class='ltx_p'>We herd sums.</p></div>{content}</article></div></div></body></html>"
    )


def read(content: str, name: str = "x.html", head: str = "<title>Shepherd</title>") -> Paper:
    (row,) = read_source(SourceFile("key", name, None, page(content, head).encode()))
    assert isinstance(row, Paper), row
    return row


def table_of(rows: str, around: str = "<figure class='ltx_table' id='S1.T2'>{}</figure>") -> Table:
    parts = read(around.format(f"<table class='ltx_tabular'>{rows}</table>")).body
    (table,) = (part.table for part in parts if part.table)
    return table


def cell_of(content: str) -> Cell:
    (cell,) = table_of(f"<tr class='ltx_tr'><td class='ltx_td'>{content}</td></tr>").cells
    return cell


SECTIONS = """
<section class='ltx_section' id='S1'><h2 class='ltx_title ltx_title_section'><span class='ltx_tag'>1 </span>Flocks</h2>
<div class='ltx_para'><p class='ltx_p'>Sheep stand <cite class='ltx_cite ltx_citemacro_citep'>(Fold, <a>2020</a>)</cite>
in flocks<span class='ltx_note ltx_role_footnote'><sup class='ltx_note_mark'>1</sup><span class='ltx_note_outer'><span
class='ltx_note_content'><sup class='ltx_note_mark'>1</sup><span class='ltx_tag ltx_tag_note'>1</span>Of ten.
</span></span></span>.</p></div><div class='ltx_para'><p class='ltx_p'>Some stray.</p></div>
<section class='ltx_subsection'><h3 class='ltx_title ltx_title_subsection'><span class='ltx_tag'>1.1 </span>Pens</h3>
<div class='ltx_para'><ul class='ltx_itemize'><li class='ltx_item'><span class='ltx_tag ltx_tag_item'>•</span><div
class='ltx_para'><p class='ltx_p'>One pen.</p></div></li></ul></div></section></section>
<section class='ltx_bibliography'><h2 class='ltx_title'>References</h2><ul><li>Fold. Sheep.</li></ul></section>
<section class='ltx_appendix'><h2 class='ltx_title ltx_title_appendix'><span class='ltx_tag'>Appendix A </span>Dogs</h2>
<div class='ltx_para'><p class='ltx_p'>Dogs help.</p></div></section>"""


def test_sections_have_their_text_their_titles_and_their_footnotes() -> None:
    assert read(SECTIONS).body == (
        Part(PassageKind.SECTION, "Sheep stand in flocks.\n\nSome stray.", ("Flocks",)),
        Part(PassageKind.FOOTNOTE, "Of ten.", ("Flocks",)),
        Part(PassageKind.SECTION, "One pen.", ("Flocks", "Pens")),
        Part(PassageKind.SECTION, "Dogs help.", ("Dogs",), appendix=True),
    )


def test_what_heads_a_page_is_the_paper() -> None:
    paper = read(SECTIONS)
    assert (paper.title, paper.abstract) == ("Shepherd: Herding Sums", "We herd sums.")
    assert [author.name for author in paper.authors] == ["Ann Fold"]


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("2401.01234v2.html", "<title>Shepherd</title>"),
        ("x.html", "<base href='/html/2401.01234v2/'>"),
        ("x.html", "<title>[2401.01234] Shepherd</title>"),
        ("x.html", "<link rel='canonical' href='https://ar5iv.labs.arxiv.org/html/2401.01234'>"),
    ],
)
def test_the_id_is_in_the_page_or_in_its_name(name: str, head: str) -> None:
    assert read(SECTIONS, name, head).arxiv == "2401.01234"


def test_a_caption_has_its_number_apart_and_is_a_part_before_its_table() -> None:
    caption, part = read(
        "<figure class='ltx_table' id='S1.T2'><figcaption class='ltx_caption'><span class='ltx_tag'>Table 2: "
        "</span>Sheep counted.</figcaption><table class='ltx_tabular'><tr class='ltx_tr'><td class='ltx_td'>a</td></tr>"
        "</table><p class='ltx_p'>Of two farms.</p></figure>"
    ).body
    assert (caption.kind, caption.text) == (PassageKind.CAPTION, "Sheep counted.")
    assert part.table is not None
    assert (part.table.number, part.table.caption, part.table.label) == ("2", "Sheep counted.", "S1.T2")
    assert part.table.notes == ("Of two farms.",)


def test_panels_share_the_caption_of_their_float() -> None:
    panel = (
        "<figure class='ltx_table ltx_figure_panel'><figcaption><span class='ltx_tag'>({0}) </span>{1}"
        "</figcaption><table class='ltx_tabular'><tr><td>{1}</td></tr></table></figure>"
    )
    parts = read(
        "<figure class='ltx_table'><figcaption><span class='ltx_tag'>Table 2: </span>Both.</figcaption>"
        f"<div class='ltx_flex_figure'>{panel.format('a', 'Ewes')}{panel.format('b', 'Rams')}</div></figure>"
    ).body
    tables = [part.table for part in parts if part.table]
    assert [(table.caption, table.number, table.panel) for table in tables] == [
        ("Both.", "2", "Ewes"),
        ("Both.", "2", "Rams"),
    ]


SPANS = """<thead class='ltx_thead'><tr class='ltx_tr'><th class='ltx_td ltx_th ltx_border_tt' rowspan='2'>Dog</th>
<th class='ltx_td ltx_th ltx_border_tt' colspan='2'>Sheep</th></tr><tr class='ltx_tr'>
<td class='ltx_td ltx_border_t'>Ewes</td><td class='ltx_td ltx_border_t'>Rams</td></tr></thead>
<tbody class='ltx_tbody'><tr class='ltx_tr'><td class='ltx_td ltx_border_t ltx_border_bb'>Rex</td>
<td class='ltx_td ltx_border_t ltx_border_bb'>3</td><td class='ltx_td ltx_border_t ltx_border_bb'>4</td></tr></tbody>"""


def test_cells_stand_where_spans_leave_room_and_lines_across_are_rules() -> None:
    table = table_of(SPANS)
    assert [(cell.row, cell.column, cell.text, cell.head) for cell in table.cells] == [
        (0, 0, "Dog", True), (0, 1, "Sheep", True), (1, 1, "Ewes", True), (1, 2, "Rams", True),
        (2, 0, "Rex", False), (2, 1, "3", False), (2, 2, "4", False),
    ]  # fmt: skip
    assert (table.cells[0].rows, table.cells[1].columns) == (2, 2)
    assert table.rules == (0, 2, 3)


def test_tables_may_be_made_of_spans() -> None:
    (part,) = read(
        "<figure class='ltx_table'><div><span class='ltx_p'><span class='ltx_tabular'><span class='ltx_thead'>"
        "<span class='ltx_tr'><span class='ltx_td ltx_th ltx_colspan ltx_colspan_2'>Sheep</span></span></span>"
        "<span class='ltx_tbody'><span class='ltx_tr'><span class='ltx_td'>a</span><span class='ltx_td'>b</span></span>"
        "</span></span></span></div></figure>"
    ).body
    assert part.text == "Sheep\na\tb"
    assert part.table is not None
    assert [(cell.columns, cell.head) for cell in part.table.cells] == [(2, True), (1, False), (1, False)]


def math(content: str) -> str:
    return f"<math alttext='x'><semantics><mrow>{content}</mrow><annotation>x</annotation></semantics></math>"


@pytest.mark.parametrize(
    ("content", "text", "asides"),
    [
        ("62.0<sup>3</sup>", "62.0", ("3",)),
        (math("<mn>41.2</mn><mo>±</mo><mn>0.3</mn>"), "41.2 ± 0.3", ()),
        (math("<msub><mn>41.2</mn><mrow><mo>±</mo><mn>0.3</mn></mrow></msub>"), "41.2", ("± 0.3",)),
        (math("<mn>1{,}377</mn>"), "1,377", ()),
        (math("<msub><mi>F</mi><mn>1</mn></msub>"), "F1", ()),
        ("AP" + math("<msub><mi></mi><mn>50</mn></msub>"), "AP50", ()),
        ("AP" + math("<msup><mi></mi><mtext>box</mtext></msup>"), "AP", ("box",)),
        ("<span style='font-size:90%'>45.2</span> <span style='font-size:63%'>(+0.3)</span>", "45.2", ("(+0.3)",)),
        ("<span style='font-size:70%'>45.2</span>", "45.2", ()),
        ("<table class='ltx_tabular'><tr class='ltx_tr'><td class='ltx_td'>Big</td></tr><tr class='ltx_tr'><td "
         "class='ltx_td'>Dog</td></tr></table>", "Big Dog", ()),
    ],
)  # fmt: skip
def test_a_cell_has_on_its_line_what_is_no_aside(content: str, text: str, asides: tuple[str, ...]) -> None:
    cell = cell_of(content)
    assert (cell.text, cell.asides) == (text, asides)


def test_a_cell_is_bold_where_its_text_is() -> None:
    assert cell_of("<span class='ltx_text ltx_font_bold'>84.5</span>").bold
    assert cell_of(math("<mn mathvariant='bold'>84.5</mn><mo>±</mo><mn>1</mn>")).bold
    assert not cell_of("84.5<span class='ltx_text ltx_font_bold'>*</span>").bold


def test_a_cell_that_cites_has_no_citation_in_its_text_unless_it_is_all_there_is() -> None:
    cite = "<cite class='ltx_cite ltx_citemacro_citep'>(Fold, <a>2020</a>)</cite>"
    assert (cell_of(f"Rex {cite}").text, cell_of(f"Rex {cite}").cited) == ("Rex", True)
    assert cell_of("<cite class='ltx_cite ltx_citemacro_citet'>Fold (2020)</cite>").text == "Fold (2020)"


def test_a_cell_is_kept_verbatim_where_that_says_more() -> None:
    assert cell_of("<span class='ltx_font_bold'>84.5</span>").verbatim == '<span class="ltx_font_bold">84.5</span>'
    assert cell_of("84.5").source == ""


def test_a_cell_that_spans_a_billion_columns_costs_no_more_than_a_table_may_have() -> None:
    table = table_of("<tr><td colspan='1000000000' rowspan='999999999'>a</td></tr><tr><td>b</td></tr>")
    assert [(cell.columns, cell.rows) for cell in table.cells] == [(400, 2)]


def test_columns_beyond_all_measure_are_left_out_and_told() -> None:
    paper = read(
        f"<figure class='ltx_table'><table class='ltx_tabular'><tr>{'<td>1</td>' * 10_000}</tr></table></figure>"
    )
    assert len(paper.body[0].table.cells) == 400
    assert paper.remarks == ("leaves out columns from 401 on of a table",)


def test_a_page_that_is_nested_too_deeply_is_read_as_far_as_it_goes_and_told() -> None:
    deep = "<div class='ltx_para'><p class='ltx_p'>Sheep.</p></div>" + "<div>" * 400 + "deep" + "</div>" * 400
    paper = read(deep)
    assert paper.body[0].text == "Sheep."
    assert "breaks off" in paper.remarks[0]


def test_notes_without_number_are_read_in_time_that_grows_with_their_number() -> None:
    note = "<span class='ltx_note'><span class='ltx_note_outer'>Of ten.</span></span>sheep "
    paper = read(f"<p class='ltx_p'>{note * 20_000}</p>")
    assert sum(part.kind is PassageKind.FOOTNOTE for part in paper.body) == 20_000
