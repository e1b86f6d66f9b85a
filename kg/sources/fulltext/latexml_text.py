"""What the elements of LaTeXML's pages are in a text, by their classes."""

from __future__ import annotations

import re
from typing import Any

from kg.sources.fulltext.inline import PLAIN, Lift, Role, read_inline
from kg.sources.fulltext.mathml import math_role

__all__ = ["classes", "role_of", "text_of"]

_SKIPPED = frozenset(
    "ltx_tag ltx_tag_note ltx_eqn_eqno ltx_phantom ltx_pagination ltx_rule ltx_picture ltx_graphics ltx_listing "
    "ltx_lstlisting ltx_bibliography ltx_note_type ltx_tag_item ltx_tag_equation".split()
)
_UNREAD = frozenset("script style img svg button nav noscript object iframe video".split())
_BLOCKS = frozenset("p div li tr td th br table section figure dt dd ul ol".split())
_BLOCK_CLASSES = frozenset(("ltx_p", "ltx_tr", "ltx_td", "ltx_item", "ltx_para", "ltx_break"))
_TEXTUAL = frozenset(("ltx_citemacro_citet", "ltx_citemacro_citeauthor", "ltx_citemacro_textcite"))
_SIZE = re.compile(r"font-size:\s{0,3}(\d{1,3}(?:\.\d{1,3})?)%")
_RAISED = {"sup": Lift.UP, "ltx_sup": Lift.UP, "sub": Lift.DOWN, "ltx_sub": Lift.DOWN}


def classes(element: Any) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()


def text_of(element: Any) -> str:
    """The text of an element; none of none."""
    return "" if element is None else read_inline(element, role_of).text


def role_of(element: Any, parent: Any, number: int) -> Role:
    """What an element of a page is in a text."""
    if (role := math_role(element, parent, number)) is not None:
        return role
    names, tag = classes(element), element.tag
    if tag in _UNREAD or (names & _SKIPPED and not ("ltx_tag_item" in names and parent.tag == "dt")):
        return Role(skip=True)
    if "ltx_note_outer" in names:
        return Role(note=True)
    if "ltx_note_mark" in names and "ltx_note" not in classes(parent):
        return Role(skip=True)  # said again inside of the note
    if "ltx_note_mark" in names:
        return Role(mark=True, lift=Lift.UP)
    if tag == "cite" or "ltx_cite" in names:
        return PLAIN if names & _TEXTUAL and parent.tag not in ("td", "th") else Role(cited=True)
    lift = next((_RAISED[each] for each in (tag, *sorted(names)) if each in _RAISED), Lift.NONE)
    bold = True if "ltx_font_bold" in names or tag in ("b", "strong") else None
    bold = False if "ltx_font_medium" in names else bold
    size = _SIZE.search(element.get("style") or "")
    return Role(
        block=tag in _BLOCKS or bool(names & _BLOCK_CLASSES),
        bold=bold,
        lift=lift,
        size=max(0.01, float(size.group(1)) / 100) if size else 1.0,
    )
