r"""Documents of LaTeX: what they are called, their text as people read it, macros, numbers, what is no text."""

from __future__ import annotations

import pytest

from kg.model import Paper
from tests.sources.latex.documents import document, paper, read, text


def names(found: object) -> list[str]:
    assert isinstance(found, Paper)
    return [author.name for author in found.authors]


def test_a_document_says_what_it_is_called() -> None:
    found = paper("", title=r"Shepherd:\\ Counting \textbf{Sheep}\thanks{By dogs.}", abstract="We count $n$ sheep.")
    assert (found.title, found.abstract, names(found)) == (
        "Shepherd: Counting Sheep", "We count n sheep.", ["Ann Shepherd", "Bo Lamb"],
    )  # fmt: skip
    assert found.sources == ("paper:1",)


@pytest.mark.parametrize(
    "authors",
    [
        r"\author{Ann Shepherd$^{1}$\thanks{Equal.} \\ Farm University \\ \texttt{ann@farm.org} \And Bo Lamb \\ Hill}",
        r"\author{Ann Shepherd\textsuperscript{1}, Bo Lamb\footnotemark[2]}",
        r"\author{\IEEEauthorblockN{Ann Shepherd} \IEEEauthorblockA{Farm} \and \IEEEauthorblockN{Bo Lamb}}",
        r"\author[1]{Ann Shepherd}\author[2]{Bo Lamb}\affil[1]{Farm University}",
        r"\author{Ann Shepherd}\affiliation{\institution{Farm}\country{UK}}\author{Bo Lamb}\email{bo@hill.org}",
        r"\begin{icmlauthorlist}\icmlauthor{Ann Shepherd}{a}\icmlauthor{Bo Lamb}{b}\end{icmlauthorlist}",
    ],
)
def test_authors_are_found_in_the_styles_of_venues(authors: str) -> None:
    [found] = read(rf"\documentclass{{a}}\begin{{document}}\title{{Shepherd}}{authors}\maketitle Text.\end{{document}}")
    assert names(found) == ["Ann Shepherd", "Bo Lamb"]


@pytest.mark.parametrize(
    "abstract",
    [r"\begin{abstract}We count.\end{abstract}", r"\abstract{We count.}", r"\section*{Abstract}We count."],
)
def test_abstracts_are_found_in_the_styles_of_venues(abstract: str) -> None:
    [found] = read(
        rf"\documentclass{{a}}\begin{{document}}\icmltitle{{Shepherd}}{abstract}\section{{One}}Text.\end{{document}}"
    )
    assert isinstance(found, Paper)
    assert (found.title, found.abstract, found.body[0].text) == ("Shepherd", "We count.", "Text.")


def test_keywords_and_a_doi_are_read() -> None:
    found = paper("", preamble=r"\keywords{sheep, dogs}\acmDOI{10.1234/Wool.7}")
    assert (found.keywords, found.doi) == (("sheep", "dogs"), "10.1234/wool.7")


def test_sections_have_their_headings_and_appendices_say_so() -> None:
    found = paper(
        r"\section{One}A.\subsection*{Two}B.\paragraph{Three.} C.\section{Four}D.\bibliography{x}"
        r"\appendix\section{Five}E."
    )
    assert [(part.text, part.heading, part.appendix) for part in found.body] == [
        ("A.", ("One",), False), ("B.", ("One", "Two"), False), ("C.", ("One", "Two", "Three"), False),
        ("D.", ("Four",), False), ("E.", ("Five",), True),
    ]  # fmt: skip


def test_captions_and_footnotes_are_parts_of_their_own() -> None:
    found = paper(r"\section{One}Sheep\footnote{White ones.} eat.\begin{figure}\caption{A sheep.}\end{figure}")
    assert [(str(part.kind), part.text) for part in found.body] == [
        ("section", "Sheep eat."), ("footnote", "White ones."), ("caption", "A sheep."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"Table~\ref{t}", "Table 2"),
        (r"\autoref{t}", "Table 2"),
        (r"\cref{t}", "Table 2"),
        (r"Section~\ref{s}", "Section 1.1"),
        (r"\Cref{s}", "Section 1.1"),
        (r"\nameref{s}", "Two"),
        (r"\eqref{e}", "(1)"),
        (r"Appendix~\ref{a}", "Appendix A"),
        (r"\cref{t,u}", "Tables 2 and 3"),
        (r"see \ref{nothing}there", "see there"),
    ],
)
def test_references_print_what_the_document_does(written: str, printed: str) -> None:
    floats = r"\begin{table}\caption{A}\end{table}\begin{table}\caption{B}\label{t}\end{table}"
    floats += r"\begin{table}\caption{C}\label{u}\end{table}\begin{equation}x\label{e}\end{equation}"
    found = text(
        rf"{written}.\section{{One}}\subsection{{Two}}\label{{s}}{floats}\appendix\section{{Three}}\label{{a}}"
    )
    assert found.split("\n")[0] == f"{printed}."


def test_numbers_of_tables_follow_what_the_document_says() -> None:
    first = r"Tables \ref{t} and \ref{u}.\begin{table}\caption{A}\label{t}\end{table}\setcounter{table}{6}"
    second = r"\begin{table}\caption{B}\label{u}\end{table}"
    assert text(first + second) == "Tables 1 and 7."
    assert text(first + second, preamble=r"\renewcommand{\thetable}{S\arabic{table}}") == "Tables S1 and S7."
    assert text(rf"\section{{One}}{first}{second}", preamble=r"\numberwithin{table}{section}") == "Tables 1.1 and 1.7."
    [found] = read(document(first + second).replace("{article}", "{IEEEtran}"))
    assert isinstance(found, Paper)
    assert found.body[0].text == "Tables I and VII."


@pytest.mark.parametrize(
    ("preamble", "written", "said"),
    [
        (r"\newcommand{\ours}{Shepherd}", r"\ours{} counts", "Shepherd counts"),
        (r"\newcommand{\ours}{Shepherd\xspace}", r"\ours counts, \ours.", "Shepherd counts, Shepherd."),
        (r"\newcommand*\ours[2][big]{#1 #2}", r"\ours{dog} \ours[small]{cat}", "big dog small cat"),
        (r"\def\ours#1{the #1}", r"\ours{dog}", "the dog"),
        (r"\def\pair(#1,#2){#1 and #2}", r"\pair(dog,cat)", "dog and cat"),
        (r"\newcommand{\a@b}{x}\let\ours\emph", r"\ours{dog}", "dog"),
        (r"\NewDocumentCommand{\ours}{O{big} m}{#1 #2}", r"\ours{dog}", "big dog"),
        (r"\DeclareMathOperator{\dogs}{dogs}", r"$\dogs x$", "dogs x"),
        (r"\newif\ifdraft\draftfalse", r"\ifdraft a\else b\fi c", "bc"),
        (r"\newif\ifdraft\drafttrue", r"\ifdraft a\else b\fi c", "ac"),
        ("", r"a\iffalse b \ifx x \fi c\fi d", "ad"),
        ("", "a\\begin{comment}b\\end{comment}c", "a\n\nc"),
        ("", "a % b\nc", "a c"),
        ("", "a\\begin{verbatim}$x_1 & \\end{table}\\end{verbatim}c", "a\n\nc"),
        ("", r"a \verb|x_1| b", "a x_1 b"),
        ("", r"G\"odel, na\"{\i}ve, {\AA}ngstr\"om, \c{c}a", "Gödel, naïve, Ångström, ça"),
        ("", r"``dogs'' --- 3--4~\% \& $\alpha$", "“dogs” — 3–4 % & α"),
        ("", r"as~\citep[see][]{lamb} say (\cite{a,b}).", "as say."),
        ("", r"\url{https://a.org/x_1%20y}", "https://a.org/x_1%20y"),
        ("", r"\href{https://a.org}{here} \textcolor{red}{now}", "here now"),
        ("", r"a\begin{itemize}\item b \item c\end{itemize}d", "a\n\nb\n\nc\n\nd"),
    ],
)
def test_text_is_as_people_read_it(preamble: str, written: str, said: str) -> None:
    assert text(written, preamble=preamble) == said


def test_what_stands_behind_the_end_is_not_read() -> None:
    [found] = read(document("Sheep.") + r"\section{Goats}Goats.")
    assert isinstance(found, Paper)
    assert [part.text for part in found.body] == ["Sheep."]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_documents_are_read_in_their_encoding(encoding: str) -> None:
    long = "Schäfer zählen Schafe für den König, und Hunde hören auf Flöten über Hügel. "
    [found] = read(document(long * 3).encode(encoding))
    assert isinstance(found, Paper)
    assert found.body[0].text == (long * 3).strip()


def test_a_document_without_a_title_is_set_aside() -> None:
    [found] = read("\\documentclass{article}\n\\begin{document}\nSheep.\n\\end{document}\n")
    assert str(found) == "paper:1: has no title"
