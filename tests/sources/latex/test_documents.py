r"""Papers in LaTeX: what stands where, in the words that people read."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.building import build_graph
from kg.errors import SourceError
from kg.model import Paper, Part, PassageKind, Reject, Table
from kg.sources import SourceFile, find_sources, read_source
from kg.sources.latex.document import Document, read_document
from kg.sources.latex.files import PaperFiles

MAIN = r"""
% A paper about sheep
\documentclass[11pt]{article}
\usepackage{booktabs,multirow}
\newcommand{\ours}{\textsc{Flock}\xspace}
\newcommand{\best}[1]{\textbf{#1}}
\title{\ours: Counting Sheep\thanks{Wool Fund.} \\ in the Dark}
\author{Ada Apple$^{1}$ \and Bo Berry \\ University of Wool}
\begin{document}
\maketitle
\begin{abstract}
We count sheep~\cite{dolly} with \ours.
\end{abstract}
\section{Introduction}
Sheep are many.\footnote{Not all of them.} % said nobody
\input{parts/experiments}
\appendix
\section{Proofs}
Nothing to prove.
\bibliography{sheep}
\end{document}
Nobody reads this.
"""
EXPERIMENTS = r"""
\section*{Experiments}
Table~\ref{tab:main} and \cref{fig:wool} show it. \iffalse Never this. \fi
\begin{figure} \includegraphics{wool.pdf} \caption{The wool.} \label{fig:wool} \end{figure}
\begin{table*}[t]
\caption{Accuracy (\%) of \ours.}\label{tab:main}
\resizebox{\textwidth}{!}{
\begin{tabular}{@{}l|cc@{}}
\toprule
\multirow{2}{*}{Model} & \multicolumn{2}{c}{Night} \\
\cmidrule(lr){2-3}
 & GSM8K & MATH$\uparrow$ \\
\midrule
GPT-2~\citep{gpt} & 1{,}234.5 & $3.1_{\pm 0.2}$ \\
\quad + wool & 40.0$^\dagger$ & -- \\
%\rowcolor{gray} Hidden & 1 & 2 \\
\rowcolor{blue!10} \ours & \best{70.5} & 45.1 \\
\bottomrule
\end{tabular}}
\end{table*}
"""
FILES = {"main.tex": MAIN, "parts/experiments.tex": EXPERIMENTS}


def document(files: Mapping[str, str] | str, main: str = "main.tex") -> Document:
    texts = {main: files} if isinstance(files, str) else files
    return read_document(PaperFiles({name: text.encode() for name, text in texts.items()}), main)


def body(text: str) -> tuple[Part, ...]:
    return document("\\documentclass{article}\\begin{document}" + text + "\\end{document}").body


def table(text: str) -> Table:
    (found,) = (part.table for part in body(text) if part.table)
    return found


def tabular(columns: str, rows: str) -> Table:
    return table(f"\\begin{{table}}\\begin{{tabular}}{{{columns}}}{rows}\\end{{tabular}}\\end{{table}}")


def texts(found: Table) -> list[list[str]]:
    rows = {cell.row for cell in found.cells}
    return [[cell.text for cell in found.cells if cell.row == row] for row in sorted(rows)]


def test_a_paper_has_title_authors_abstract_and_its_parts_in_order() -> None:
    found = document(FILES)
    assert found.title == "Flock: Counting Sheep in the Dark"
    assert found.authors == ("Ada Apple", "Bo Berry")
    assert found.abstract == "We count sheep with Flock."
    assert [(part.kind, part.heading, part.appendix) for part in found.body] == [
        (PassageKind.SECTION, ("Introduction",), False),
        (PassageKind.FOOTNOTE, ("Introduction",), False),
        (PassageKind.SECTION, ("Experiments",), False),
        (PassageKind.CAPTION, ("Experiments",), False),
        (PassageKind.CAPTION, ("Experiments",), False),
        (PassageKind.TABLE, ("Experiments",), False),
        (PassageKind.SECTION, ("Proofs",), True),
    ]
    assert found.body[0].text == "Sheep are many."
    assert found.body[2].text == "Table 1 and Figure 1 show it."
    assert not any("Never" in part.text or "Nobody" in part.text for part in found.body)


def test_a_table_has_its_cells_rules_and_names() -> None:
    (found,) = (part.table for part in document(FILES).body if part.table)
    assert (found.number, found.label, found.caption) == ("1", "tab:main", "Accuracy (%) of Flock.")
    assert texts(found) == [
        ["Model", "Night"],
        ["GSM8K", "MATH↑"],
        ["GPT-2", "1,234.5", "3.1"],
        ["+ wool", "40.0", "--"],
        ["Flock", "70.5", "45.1"],
    ] or texts(found)[3] == ["+ wool", "40.0", "–"]
    assert found.rules == (0, 2, 5)
    by_text = {cell.text: cell for cell in found.cells}
    assert (by_text["Model"].rows, by_text["Night"].columns) == (2, 2)
    assert by_text["GPT-2"].cited
    assert by_text["3.1"].asides == ("±0.2",) or by_text["3.1"].asides == ("± 0.2",)
    assert by_text["40.0"].asides == ("†",)
    assert by_text["+ wool"].indent == 1
    assert by_text["70.5"].bold
    assert by_text["70.5"].verbatim == r"\best{70.5}"


def test_panels_have_a_caption_of_their_own() -> None:
    rows = r"A & 1 \\ B & 2 \\"
    found = [
        part.table
        for part in body(
            r"\begin{table}\caption{Both.}\begin{subtable}{.5\textwidth}\begin{tabular}{lc}"
            + rows
            + r"\end{tabular}\caption{Day.}\end{subtable}\subfloat[Night.]{\begin{tabular}{lc}"
            + rows
            + r"\end{tabular}}\end{table}"
        )
        if part.table
    ]
    assert [(each.caption, each.panel, each.number) for each in found] == [
        ("Both.", "Day.", "1"),
        ("Both.", "Night.", "1"),
    ]


@pytest.mark.parametrize(
    ("columns", "rows", "wanted"),
    [
        ("lc", r"A & \makecell{1\\2} \\ B & \textcolor{red}{3} \\ C & 4 \\", [["A", "1 2"], ["B", "3"], ["C", "4"]]),
        (
            "lS",
            r"A & 12345.6 \\ B & \num{0.5} \\ C & \SI{3}{\percent} \\",
            [["A", "12345.6"], ["B", "0.5"], ["C", "3%"]],
        ),
        ("ll", r"A & \checkmark \\ B & \ding{55} \\ C & $\approx$5 \\", [["A", "✓"], ["B", "✗"], ["C", "≈5"]]),
    ],
)
def test_cells_are_what_people_read(columns: str, rows: str, wanted: list[list[str]]) -> None:
    found = [[cell.replace("3 %", "3%").replace("≈ 5", "≈5") for cell in row] for row in texts(tabular(columns, rows))]
    assert found == wanted


def test_macros_with_arguments_and_conditionals_are_followed() -> None:
    found = document(
        r"\documentclass{article}\newcommand{\pair}[2][x]{#1 and #2}\def\swap#1#2{#2#1}\newif\ifdraft\draftfalse"
        r"\begin{document}\pair{y}, \pair[a]{b}, \swap{1}{2}. \ifdraft Draft. \else Final. \fi\end{document}"
    )
    assert found.body[0].text == "x and y, a and b, 21. Final."


def test_the_names_of_typefaces_are_no_text() -> None:
    text = r"{\fontfamily{lmtt}\fontseries{b}\selectfont EvoMo} and {\usefont{T1}{phv}{m}{n} Flock} count."
    assert body(text)[0].text == "EvoMo and Flock count."


def test_a_macro_that_ends_with_xspace_is_parted_from_the_next_word() -> None:
    text = r"\newcommand{\flock}{\textsc{Flock~2}\xspace}\flock 7B, \flock. (\flock) \flock{} x"
    assert body(text)[0].text == "Flock 2 7B, Flock 2. (Flock 2) Flock 2 x"


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\a}{\a\a}\a",
        r"\numberwithin{section}{section}\section{A}",
        r"\numberwithin{section}{table}\numberwithin{table}{section}\section{A}\ref{a}",
        r"\renewcommand{\thesection}{\thesection}\section{A}\label{a}\ref{a}",
        r"\def\a{\b}\def\b{\a}\a",
        r"\newcommand{\a}[1]{\a{#1#1}}\a{x}",
        r"\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\def\d{\c\c\c\c\c\c\c\c\c\c}"
        r"\def\e{\d\d\d\d\d\d\d\d\d\d}\def\f{\e\e\e\e\e\e\e\e\e\e}\def\g{\f\f\f\f\f\f\f\f\f\f}\g\g\g",
        "{" * 50_000,
        r"\begin{tabular}{" + "c" * 10_000 + "}" + " & " * 10_000 + r"\\ 1 \\ 2 \\\end{tabular}",
        r"\multicolumn{999999999}{c}{x}",
        r"\begin{tabular}{lc}\multicolumn{999999999}{c}{x} & \multirow{999999999}{*}{y}\\ a & b\\ c & d\\\end{tabular}",
        r"\textbf{" * 5_000,
        r"$" * 9_999,
        r"\begin{itemize}" * 5_000,
    ],
)
def test_what_never_ends_is_bounded(text: str) -> None:
    assert document(r"\documentclass{article}\title{T}\begin{document}" + text + r" Sheep.\end{document}").title == "T"


def test_files_outside_and_circles_are_told(tmp_path: Path) -> None:
    (tmp_path / "secret.tex").write_text("Secret.")
    paper = tmp_path / "paper"
    paper.mkdir()
    (paper / "main.tex").write_text(
        r"\documentclass{article}\title{Sheep}\begin{document}\input{../secret}\input{/etc/passwd}\input{main}"
        r"\input{link}\input{nowhere} Wool.\end{document}"
    )
    (paper / "link.tex").symlink_to(tmp_path / "secret.tex")
    (source,) = find_sources([str(paper)])
    assert isinstance(source, SourceFile)
    (found,) = read_source(source)
    assert isinstance(found, Paper)
    assert [part.text for part in found.body] == ["Wool."]
    assert len(found.remarks) == 5
    assert sum("lies outside" in remark for remark in found.remarks) == 2


def packed(kind: str, files: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(held, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        return held.getvalue()
    with tarfile.open(fileobj=held, mode="w") as tarred:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            tarred.addfile(entry, io.BytesIO(text.encode()))
    return gzip.compress(held.getvalue())


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_is_one_paper_with_the_id_that_it_is_named_after(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"2401.01234v2.{kind}"
    path.write_bytes(packed(kind, {"figure.tex": r"\documentclass{standalone}", "../evil.tex": "Evil.", **FILES}))
    (source,) = find_sources([str(path)])
    assert isinstance(source, SourceFile)
    (found,) = read_source(source)
    assert isinstance(found, Paper)
    assert (found.title, found.arxiv) == ("Flock: Counting Sheep in the Dark", "2401.01234")
    assert any(part.table for part in found.body)
    assert not (tmp_path.parent / "evil.tex").exists()


def test_a_single_compressed_file_is_a_paper(tmp_path: Path) -> None:
    path = tmp_path / "2401.01234.gz"
    path.write_bytes(gzip.compress(MAIN.encode()))
    (source,) = find_sources([str(path)])
    assert isinstance(source, SourceFile)
    (found,) = read_source(source)
    assert isinstance(found, Paper)
    assert found.arxiv == "2401.01234"
    assert any("is not there" in remark for remark in found.remarks)


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_an_archive_without_a_paper_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"x.{kind}"
    path.write_bytes(packed(kind, {"data.jsonl": "{}"}))
    (source,) = find_sources([str(path)])
    assert isinstance(source, SourceFile)
    with pytest.raises(SourceError, match="archive; unpack it and name its files"):
        list(read_source(source))


def test_a_folder_of_a_paper_is_one_source_and_is_read_again_when_a_part_changes(tmp_path: Path) -> None:
    beside = {
        "sheep.bib": "@article{dolly, title={Dolly}}",
        "README.md": "# Flock",
        "main.pdf": "%PDF",
        "f/wool.pdf": "%PDF",
    }
    for name, text in {**FILES, **beside}.items():
        (tmp_path / "flock" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "flock" / name).write_text(text)
    db = tmp_path / "kg.db"
    assert build_graph([str(tmp_path / "flock")], db).papers == 1
    assert build_graph([str(tmp_path / "flock")], db).sources_unchanged == 1
    (tmp_path / "flock" / "parts" / "experiments.tex").write_text(EXPERIMENTS.replace("70.5", "71.5"))
    assert build_graph([str(tmp_path / "flock")], db).sources_read == 1


def test_a_document_without_a_title_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(r"\documentclass{article}\begin{document}Sheep.\end{document}")
    (source,) = find_sources([str(tmp_path / "main.tex")])
    assert isinstance(source, SourceFile)
    (found,) = read_source(source)
    assert isinstance(found, Reject)
    assert "title" in found.reason
