r"""From stored text to the text that people read, with the way back.

What is stored is what a source says, letter for letter. Extraction, the folding of titles, and everything that is shown
go through ``render``: mark-up first, for it may hide all else; then letters, lines, and LaTeX.

>>> render(r"R&amp;D with <i>$\mathcal{B}$-Coder</i>").text
'R&D with B-Coder'
"""

from __future__ import annotations

from kg.text.latex import without_latex
from kg.text.letters import plain_letters
from kg.text.lines import joined_lines
from kg.text.markdown import unemphasised
from kg.text.markup import unescaped, untagged
from kg.text.rendered import Rendered, Stage

__all__ = ["STAGES", "Rendered", "render"]

STAGES: tuple[Stage, ...] = (
    unescaped,
    untagged,
    unemphasised,
    plain_letters,
    joined_lines,
    without_latex,
    joined_lines,
)
"""How stored text becomes read text. The last joins the blanks around what LaTeX sets elsewhere, such as footnotes."""


def render(text: str) -> Rendered:
    r"""A title, an abstract or a piece of one as people read it, and for each character where it came from.

    >>> rendered = render("with Proximal Policy\nOptimization")
    >>> rendered.text, rendered.to_stored(5, 33)
    ('with Proximal Policy Optimization', (5, 33))
    """
    rendered = Rendered(text)
    for stage in STAGES:
        rendered = rendered.then(stage)
    return rendered
