from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.text.reading import render

LATEX_PIECES = st.sampled_from(
    ["$", "{", "}", "\\", "^", "_", "*", "\\text", "\\textbf{", "\\mathcal{", "\\'", "\\c", '\\"{', "\\times", "\\%",
     "^{", "^2", "a", "é", " ", "\n", "2", "\\left(", "\\\\", "\\ss", "{\\it ",
     "~", "--", "``", "''", "\\cite{", "\\footnote", "[1]", "\\H{o}", "\\i", "\\href{a}", "{{", "}}", "\\(", "\\)"]
)  # fmt: skip
LATEX_LIKE = st.lists(LATEX_PIECES, max_size=40).map("".join)
ANY_TEXT = st.text(max_size=200) | LATEX_LIKE


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (r"$\mathcal{B}$-Coder", "B-Coder"),
        (r"\textsc{Ferret} eats", "Ferret eats"),
        (r"\textbf{bold \emph{and} slanted}", "bold and slanted"),
        (r"gains 40.0\%", "gains 40.0%"),
        (r"R\&D \#1 a\_b", "R&D #1 a_b"),
        (r"MedS$^3$", "MedS³"),
        (r"$2^{10}$ steps", "2¹⁰ steps"),
        (r"$\tau^2$-Bench", "τ²-Bench"),
        (r"$10\times$ faster", "10× faster"),
        (r"$\alpha$-NLI and $\pi_0$", "α-NLI and π0"),
        (r"ReST-MCTS$^*$", "ReST-MCTS*"),
        (r"ReST-MCTS^*", "ReST-MCTS*"),
        (r"$x_{i}$", "xi"),
        (r"caf\'e and na\"{i}ve", "café and naïve"),
        (r"Fran\c{c}ois and Nov\'{a}k", "François and Novák"),
        (r"{\it word} and {Word}", "word and Word"),
        (r"$\text{pass@}k$", "pass@k"),
        (r"A$\,$B and C\ D", "A B and C D"),
        (r"$a \leq b$", "a ≤ b"),
        (r"\operatorname{softmax}", "softmax"),
        (r"\url{https://example.org/a}", "https://example.org/a"),
        (r"\href{https://example.org/a}{our page}", "our page"),
        (r"Unique {{Aspects}} of {{LLM}}s", "Unique Aspects of LLMs"),
        (r"{M}achine {T}ranslation of {3D} {F}oo{N}et", "Machine Translation of 3D FooNet"),
        (r"{{Schr\"odinger}} and Schr{\"o}dinger", "Schrödinger and Schrödinger"),
        (r"Erd{\H{o}}s, P{\'{o}}lya, {\L}ukasz, {\AA}ngstr{\"o}m", "Erdős, Pólya, Łukasz, Ångström"),
        (r"{\v S}koda, \v{C}esky, Fran{\c c}ois, Erdo{\u g}an", "Škoda, Česky, François, Erdoğan"),
        (r"na{\"\i}ve, na\"{\i}ve, \'\i, fa\c cade, stra\ss e, \L{}od\'z", "naïve, naïve, í, façade, straße, Łodź"),
        (r"don\'t", "don't"),
        (r"plans~\cite{a, b}, as \citet[p.~3]{c} says", "plans, as says"),
        (r"It plans\footnote{With {care}.}. It wins.", "It plans. It wins."),
        (r"\textcolor{red}{plans} and \mine{more}", "plans and more"),
        (r"Stage~1 of Claude~Sonnet~4.5", "Stage 1 of Claude Sonnet 4.5"),
        (r"GPT-4~gpt4 and 7B--70B -- ``both''", "GPT-4 and 7B–70B – “both”"),
        (r"\(x_i\) is 10^{-3}, F_{beta}", "xi is 10⁻³, Fbeta"),
        (r"\modelname{} wins", r"\modelname wins"),
        (r"plans.\nWe win", "plans. We win"),
    ],
)
def test_latex_is_shown_as_people_read_it(stored: str, shown: str) -> None:
    assert render(stored).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plain words.",
        "costs $5 and $10",
        "a set {1, 2}",
        "snake_case",
        "x_1 and f(x)",
        "50% of 3 * 4",
        "{0, 1}^n = S",
        '{"key": 1}',
        "Qwen2.5-{7B,14B}-Instruct, {Llama,Qwen}-7B",
        "0.12~0.14, x~N(0,1), ~50, example.org/~home",
        "run with --help",
        "T^{-2/3}",
        "é ß 漢字",
    ],
)
def test_text_stays_as_it_is_when_it_holds_no_latex(text: str) -> None:
    assert render(text).text == text


@pytest.mark.parametrize("text", [r"\foobar here", "open {brace", "ends in \\"])
def test_what_is_not_known_stays_as_it_is_outside_of_formulas(text: str) -> None:
    assert render(text).text == text


@given(ANY_TEXT)
@example("$\\mathcal{{{$")
@example("\\text{" * 30 + "}" * 30)
@example("$^$ ^{ \\'")
@example("\\")
def test_rendering_never_fails(text: str) -> None:
    rendered = render(text)
    assert render(text) == rendered


@given(ANY_TEXT, st.data())
@example("\\^a}", None)
def test_offsets_stay_within_the_stored_text(text: str, data: st.DataObject | None) -> None:
    rendered = render(text)
    length = len(rendered.text)
    start = data.draw(st.integers(0, max(0, length - 1))) if data else 0
    end = data.draw(st.integers(start, length)) if data else length
    if start < end:
        low, high = rendered.to_stored(start, end)
        assert 0 <= low < high <= len(text)


@given(ANY_TEXT)
def test_each_character_comes_from_a_place_in_the_stored_text_in_order(text: str) -> None:
    rendered = render(text)
    starts = [rendered.to_stored(i, i + 1)[0] for i in range(len(rendered.text))]
    if rendered.starts is not None:
        assert list(rendered.starts) == sorted(rendered.starts)
        assert len(rendered.starts) == len(rendered.ends or ()) == len(rendered.text)
    assert all(0 <= start < len(text) for start in starts)


@pytest.mark.parametrize(
    ("stored", "shown", "cut"),
    [
        (r"the $\mathcal{B}$-Coder model", "B-Coder", r"$\mathcal{B}$-Coder"),
        (r"on MedS$^3$ now", "MedS³", r"MedS$^3$"),
        (r"on MedS$^3$ now", "MedS", "MedS"),
        (r"we call \textsc{Ferret} so", "Ferret", r"\textsc{Ferret}"),
        (r"by 40.0\% more", "40.0%", r"40.0\%"),
        (r"plain PPO here", "PPO", "PPO"),
        (r"\textbf{We use PPO} here", "PPO", "PPO"),
    ],
)
def test_a_shown_span_leads_back_to_what_stands_in_the_stored_text(stored: str, shown: str, cut: str) -> None:
    rendered = render(stored)
    start = rendered.text.index(shown)
    low, high = rendered.to_stored(start, start + len(shown))
    assert stored[low:high] == cut


@given(LATEX_LIKE)
def test_the_cut_of_a_span_without_latex_is_the_span_itself(noise: str) -> None:
    rendered = render(f"{noise} \u2603name\u2603 {noise}")
    start = rendered.text.find("\u2603name\u2603")
    if start >= 0:  # it is not where it became the key of a citation
        low, high = rendered.to_stored(start, start + 6)
        assert f"{noise} \u2603name\u2603 {noise}"[low:high] == "\u2603name\u2603"


@pytest.mark.parametrize("piece", ["{", "\\text{", "$", "^{", "$^{", "\\'{", "}", "\\", "\\(", "\\cite[", "a~", "{a,"])
def test_rendering_ends_when_braces_nest_without_end(piece: str) -> None:
    assert isinstance(render(piece * 20_000).text, str)
