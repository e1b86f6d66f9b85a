r"""Tables of LaTeX: cells as people read them, what they span, what stands beside their text."""

from __future__ import annotations

import pytest

from kg.model import Cell
from kg.model.fulltext import Table
from tests.sources.latex.documents import cells, paper, table, tables


def cell(written: str, **said: str) -> Cell:
    """The cell behind a head cell, so written."""
    return table(rf"Dog & Score \\ \hline Rex & {written} \\", **said).cells[3]


def place(found: Table, text: str) -> tuple[int, int, int, int]:
    [each] = [each for each in found.cells if each.text == text]
    return each.row, each.column, each.rows, each.columns


def test_cells_stand_in_rows_and_columns() -> None:
    assert cells(table(r"Dog & Ewes & Rams \\ Rex & 3.5 & 4.5 \\ Fido & & 2.0 \\")) == [
        ["Dog", "Ewes", "Rams"], ["Rex", "3.5", "4.5"], ["Fido", "2.0"],
    ]  # fmt: skip
    assert table(r"Dog & Ewes & Rams \\ Fido & & 2.0 \\").cells[-1].column == 2


def test_rules_are_the_rows_before_which_a_line_is_drawn_across() -> None:
    rows = r"\toprule Dog & Ewes & Rams \\ \cmidrule(lr){2-3} A & 1 & 2 \\ \midrule B & 1 & 2 \\ \bottomrule"
    assert table(rows).rules == (0, 2, 3)
    assert table(r"\hline Dog & Ewes & Rams \\ \cline{1-3} A & 1 & 2 \\ \hline\hline").rules == (0, 1, 2)


def test_a_cell_may_span_columns_and_rows() -> None:
    found = table(
        r"\multirow{2}{*}{Dog} & \multicolumn{2}{c}{\textbf{Sheep}} \\ \cmidrule{2-3} & Ewes & Rams \\ Rex & 1 & 2 \\"
    )
    assert place(found, "Dog") == (0, 0, 2, 1)
    assert place(found, "Sheep") == (0, 1, 1, 2)
    assert place(found, "Ewes") == (1, 1, 1, 1)


def test_a_cell_that_spans_upwards_begins_where_it_reaches() -> None:
    found = table(r"Dog & Ewes & Rams \\ & 1 & 2 \\ \multirow{-2}{*}{Rex} & 3 & 4 \\")
    assert place(found, "Rex") == (1, 0, 2, 1)


@pytest.mark.parametrize(
    ("written", "text", "asides"),
    [
        (r"72.4$_{\pm 0.3}$", "72.4", ("±0.3",)),
        (r"72.4 $\pm$ 0.3", "72.4 ± 0.3", ()),
        (r"72.4$^{\dagger}$", "72.4", ("†",)),
        (r"72.4\textsuperscript{a}", "72.4", ("a",)),
        (r"72.4 {\scriptsize (+1.2)}", "72.4", ("(+1.2)",)),
        (r"{\tiny 72.4}", "72.4", ()),
        (r"$\mathbf{72.4}$", "72.4", ()),
        (r"72.4\%", "72.4%", ()),
        (r"\num{11693}", "11693", ()),
        (r"\SI{3.5}{\percent}", "3.5%", ()),
        (r"\checkmark", "✓", ()),
        (r"\xmark", "✗", ()),
        (r"\textcolor{red}{72.4}", "72.4", ()),
        (r"\cellcolor{gray!20}72.4", "72.4", ()),
        (r"\makecell{Ewes\\and rams}", "Ewes and rams", ()),
        (r"\begin{tabular}{@{}c@{}}Ewes\\and rams\end{tabular}", "Ewes and rams", ()),
        (r"72.4 % which is odd", "72.4", ()),
        (r"$3\times10^{-4}$", "3×10⁻⁴", ()),
        (r"F$_1$ $\uparrow$", "F ↑", ("1",)),
    ],
)
def test_a_cell_is_what_people_read(written: str, text: str, asides: tuple[str, ...]) -> None:
    found = cell(written + "\n")
    assert (found.text, found.asides) == (text, asides)


@pytest.mark.parametrize(
    "written",
    [r"\textbf{72.4}", r"\bf 72.4", r"{\bfseries 72.4}", r"$\mathbf{72.4}$", r"\best{72.4}", r"\boldmath$72.4$"],
)
def test_bold_is_bold_however_it_is_set(written: str) -> None:
    assert cell(written, preamble=r"\newcommand{\best}[1]{\textbf{#1}}").bold
    assert not cell(r"\underline{72.4}").bold


def test_citations_are_no_text_and_are_told() -> None:
    found = cell(r"Shep~\citep{lamb2024}")
    assert (found.text, found.cited) == ("Shep", True)
    assert found.verbatim == r"Shep~\citep{lamb2024}"


def test_cells_that_are_moved_in_say_so() -> None:
    assert cell(r"\quad young").indent == 1
    assert cell(r"\hspace{1em} young").indent == 1
    assert cell("young").indent == 0


def test_columns_of_siunitx_are_read_as_they_are_printed() -> None:
    found = table(r"{Dog} & {Ewes} \\ Rex & 3.5 +- 0.2 \\", "lS[table-format=2.1]")
    assert cells(found) == [["Dog", "Ewes"], ["Rex", "3.5 ± 0.2"]]


def test_cells_that_a_macro_writes_are_read() -> None:
    preamble = r"\newcommand{\row}[3]{#1 & #2 & \textbf{#3} \\}\newcommand{\ours}{Shepherd\xspace}"
    assert cells(table(r"\row{Rex}{1}{2} \row{\ours}{3}{4}", preamble=preamble)) == [
        ["Rex", "1", "2"], ["Shepherd", "3", "4"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (r"\begin{tabular}{lc}", r"\end{tabular}"),
        (r"\begin{tabular*}{\textwidth}{lc}", r"\end{tabular*}"),
        (r"\begin{tabularx}{\linewidth}{lX}", r"\end{tabularx}"),
        (r"\begin{tabulary}{\linewidth}{lL}", r"\end{tabulary}"),
        (r"\begin{NiceTabular}{lc}[hvlines]", r"\end{NiceTabular}"),
        (r"\begin{tblr}{colspec={lc}}", r"\end{tblr}"),
        (r"\resizebox{\textwidth}{!}{\begin{tabular}{@{}lp{2cm}@{}}", r"\end{tabular}}"),
        (r"\begin{adjustbox}{width=\textwidth}\begin{tabular}{lc}", r"\end{tabular}\end{adjustbox}"),
        (r"\scalebox{0.8}{\begin{tabular}{*{2}{c}}", r"\end{tabular}}"),
    ],
)
@pytest.mark.parametrize("around", ["table", "table*", "sidewaystable", "margintable"])
def test_tabulars_of_all_packages_are_read(begin: str, end: str, around: str) -> None:
    [found] = tables(
        rf"\begin{{{around}}}\caption{{Sheep.}}\label{{t}}{begin}Dog & Ewes \\ Rex & 3 \\{end}"
        rf"\end{{{around}}}"
    )
    assert cells(found) == [["Dog", "Ewes"], ["Rex", "3"]]
    assert (found.caption, found.label, found.number) == ("Sheep.", "t", "1")


def test_a_long_table_has_its_own_caption_and_one_head() -> None:
    [found] = tables(
        r"\begin{longtable}{lc}\caption{Sheep.}\label{t}\\ \toprule Dog & Ewes \\ \midrule \endfirsthead"
        r"\caption{(continued)}\\ Dog & Ewes \\ \endhead \bottomrule \endlastfoot Rex & 3 \\ Fido & 4 \\"
        r"\end{longtable}"
    )
    assert cells(found) == [["Dog", "Ewes"], ["Rex", "3"], ["Fido", "4"]]
    assert (found.caption, found.number, found.rules) == ("Sheep.", "1", (0, 1, 3))


@pytest.mark.parametrize(
    "panels",
    [
        r"\begin{subtable}{.5\textwidth}\caption{Ewes}\label{a}%s\end{subtable}\begin{subtable}{.5\textwidth}%s"
        r"\caption{Rams}\end{subtable}",
        r"\subfloat[Ewes\label{a}]{%s}\subfloat[Rams]{%s}",
        r"\subcaptionbox{Ewes\label{a}}{%s}\hfill\subcaptionbox{Rams}{%s}",
    ],
)
def test_panels_share_a_caption_and_have_their_own(panels: str) -> None:
    rows = r"\begin{tabular}{lc}Dog & n \\ Rex & 3 \\\end{tabular}"
    found = paper(
        rf"\begin{{table}}\caption{{Sheep.}}\label{{t}}{panels % (rows, rows)}\end{{table}}"
        r"See Tables~\ref{t} and \ref{a}."
    )
    both = [part.table for part in found.body if part.table]
    assert [(each.caption, each.number, each.panel) for each in both] == [
        ("Sheep.", "1", "Ewes"), ("Sheep.", "1", "Rams"),
    ]  # fmt: skip
    assert found.body[0].text == "See Tables 1 and 1a."


def test_tables_side_by_side_have_their_own_captions() -> None:
    rows = r"\begin{tabular}{lc}Dog & n \\ Rex & 3 \\\end{tabular}"
    found = tables(
        rf"\begin{{table}}\begin{{minipage}}{{.5\textwidth}}\caption{{Ewes.}}{rows}\end{{minipage}}"
        rf"\begin{{minipage}}{{.5\textwidth}}{rows}\captionof{{table}}{{Rams.}}\end{{minipage}}\end{{table}}"
    )
    assert [(each.caption, each.number) for each in found] == [("Ewes.", "1"), ("Rams.", "2")]


def test_what_stands_below_a_table_are_its_notes() -> None:
    [found] = tables(
        r"\begin{table}\begin{threeparttable}\caption{Sheep.}"
        r"\begin{tabular}{lc}Dog & n\tnote{a} \\ Rex & 3 \\\end{tabular}"
        r"\begin{tablenotes}\item[a] In May.\item[b] In June.\end{tablenotes}\end{threeparttable}\end{table}"
    )
    assert found.notes == ("a In May.", "b In June.")
    assert found.cells[1].asides == ("a",)


def test_a_caption_without_rows_is_told() -> None:
    found = paper(r"\begin{table}\includegraphics{sheep}\caption{Sheep.}\end{table}")
    assert [part.text for part in found.body] == ["Sheep."]
    assert found.remarks == ("leaves out 1 table without rows in LaTeX (an image perhaps)",)
