r"""Hostile LaTeX costs no more than itself: it is bounded, and one line says so."""

from __future__ import annotations

import io
import os
import tarfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, find_sources, read_source
from tests.sources.latex.documents import document, paper, read, tables
from tests.sources.latex.test_archives import FILES, tarred, unpacked, zipped


def remarks(found: object) -> str:
    assert isinstance(found, Paper)
    return "\n".join(found.remarks)


@pytest.mark.parametrize(
    "preamble",
    [
        r"\newcommand{\a}{\a}",
        r"\newcommand{\a}{\a\a}",
        r"\def\a{\dog\dog}\def\dog{\cat\cat}\def\cat{\a\a}",
        "".join(rf"\def\a{chr(98 + i)}{{\a{chr(99 + i)}\a{chr(99 + i)}}}" for i in range(24))
        + r"\def\a{\ab}\def\az{x}",
        r"\newenvironment{e}{\begin{e}}{\end{e}}\def\a{\begin{e}}",
    ],
    ids=["itself", "doubling", "circle", "exponential", "environment"],
)
def test_macros_that_do_not_end_are_ended(preamble: str) -> None:
    start = time.process_time()
    found = paper(r"Sheep. \a Goats.", preamble=preamble)
    assert "its macros make more text than any paper has" in remarks(found)
    assert time.process_time() - start < 20


def test_files_that_read_each_other_are_read_once() -> None:
    [found] = read(tarred({"main.tex": document(r"\input{a}"), "a.tex": r"Sheep. \input{b}", "b.tex": r"\input{a}"}))
    assert "leads in a circle" in remarks(found)


@pytest.mark.parametrize("name", ["../secret", "/etc/hostname", "a/../../secret", "link"])
def test_nothing_outside_of_the_papers_folder_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.tex").write_text("SECRET")
    inside = unpacked(tmp_path / "paper", {"main.tex": document(rf"Sheep. \input{{{name}}}")})
    (inside / "link.tex").symlink_to(tmp_path / "secret.tex")
    sources = [each for each in find_sources([str(inside / "main.tex")]) if isinstance(each, SourceFile)]
    [found] = read_source(sources[0])
    assert isinstance(found, Paper)
    assert "SECRET" not in found.body[0].text
    assert "is not read" in remarks(found)


def test_members_of_an_archive_that_lead_outside_or_elsewhere_are_left_out() -> None:
    packed = io.BytesIO(tarred({**FILES, "../up.tex": "x", "/etc/passwd.tex": "x"}, "w"))
    with tarfile.open(fileobj=packed, mode="a") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            member = tarfile.TarInfo("link.tex")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    [found] = read(packed.getvalue())
    assert remarks(found).count("it is not read") == 5


def test_an_archive_that_breaks_off_is_refused() -> None:
    whole = tarred({**FILES, "z.tex": os.urandom(20_000).hex()}, "w")
    with pytest.raises(SourceError, match="the archive is damaged"):
        read(whole[:12_000])


def test_a_member_that_swells_is_left_out() -> None:
    [found] = read(zipped({"main.tex": document(r"Sheep. \input{bomb}"), "bomb.tex": " " * 20_000_001}))
    assert "is longer than 20,000,000 bytes" in remarks(found)


def test_a_table_beyond_all_measure_is_cut() -> None:
    found = paper(r"\begin{tabular}{l}" + "1 & " * 10_000 + r"1 \\ 2 \end{tabular}")
    assert "more than 400 columns" in remarks(found)
    assert all(cell.column <= 400 for part in found.body if part.table for cell in part.table.cells)
    [spanning] = tables(
        r"\begin{tabular}{l}\multicolumn{999999999}{c}{a} & \multirow{999999999}{*}{b} \\ c\end{tabular}"
    )
    assert all(cell.rows <= 5_000 for cell in spanning.cells)


@pytest.mark.parametrize(
    "body",
    ["{" * 50_000 + "x" + "}" * 50_000, r"\textbf{" * 50_000, r"\begin{a}" * 20_000, "$" * 100_001, r"\frac" * 50_000,
     "{" * 100_000, "}" * 100_000, "[" * 100_000, r"\begin{tabular}{l}" * 5_000, r"\footnote{" * 10_000,
     r"\cite" * 50_000, r"\def\x" * 30_000, r"\verb|" * 30_000, r"\newcommand" * 30_000, r"x^" * 50_000,
     r"\begin{table}" * 5_000, r"\if" * 50_000, r"\iffalse" * 50_000, r"\begin{verbatim}" * 20_000, r"\[" * 20_000],
    ids=lambda body: body[:20],
)  # fmt: skip
def test_what_nests_or_repeats_is_read_in_linear_time(body: str) -> None:
    start = time.process_time()
    read(document(body))
    assert time.process_time() - start < 10


PIECES = (
    r"\section{One}~\begin{table}~\end{table}~\begin{tabular}{lc}~\end{tabular}~ & ~ \\ ~{~}~\caption{A}~"
    r"\label{a}~\ref{a}~"
    r"\multicolumn{2}{c}{~\multirow{-2}{*}{~$~^~_~%~#1~[~]~\def\a~\a~\newcommand{\b}[2][x]~\b~\footnote{~\item~"
    r"\begin{minipage}~\end{minipage}~\subfloat[~\iffalse~\fi~\else~\hline~Sheep~3.5~\par~\appendix~\endhead~\verb|~"
    r"\begin{longtable}{l}~\captionof{table}{~\numberwithin{section}{section}~\thesection~\'~\num{"
).split("~")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_document_gives_a_paper_or_a_reason(pieces: list[str]) -> None:
    for row in read(document("".join(pieces))):
        assert isinstance(row, (Paper, Reject))
