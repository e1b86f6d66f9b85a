r"""LaTeX in titles and abstracts, rendered as people read it, with a map back to the stored text.

Only what occurs in titles and abstracts is handled (inline maths, font commands, accents, escapes); anything else is
left as it stands. Rendering never fails and never changes text that holds no LaTeX.

>>> render(r"$\mathcal{B}$-Coder gains 40.0\% on MedS$^3$").text
'B-Coder gains 40.0% on MedS³'
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Rendered", "render"]

_SYMBOLS = {
    "times": "×", "cdot": "·", "pm": "±", "sim": "~", "approx": "≈", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "infty": "∞", "to": "→", "rightarrow": "→", "star": "*", "ast": "*", "ldots": "…", "dots": "…", "neq": "≠",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "textasciitilde": "~", "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "l": "ł", "textbackslash": "\\",
}  # fmt: skip
_WRAPPERS = frozenset(
    "mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol bm operatorname text textbf textit "
    "textsc textsf texttt textrm textnormal textsl emph underline uppercase mbox hbox textsuperscript textsubscript "
    "url mathnormal ensuremath tt bf it em sc sf rm".split()
)
_SPACES = frozenset(("quad", "qquad", "xspace", "thinspace", ",", ";", ":", " ", "!", "\\", "/", "left", "right"))
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327", "v": "\u030c"}
_SUPERSCRIPTS = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")

# An opening dollar touches its formula, and no digit follows the closing one ("$5 and $10" is money): pandoc's rule.
_MATH = re.compile(r"\$(?!\s)([^$\n]{1,200}?)(?<![\s\\])\$(?!\d)")
_COMMAND = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_HINT = re.compile(r"[\\$^]|\{[^{}]*\}")
_LONGEST_GROUP = 2000  # characters; a brace that is not closed by then is an ordinary character
_DEEPEST_GROUP = 12


@dataclass(frozen=True, slots=True)
class Rendered:
    """Rendered text with the way back.

    ``starts[i]`` and ``ends[i]`` are the stored-text offsets that character ``i`` of ``text`` came from; ``groups``
    are pieces of LaTeX, each as (rendered start, rendered end, stored start, stored end).
    """

    text: str
    starts: tuple[int, ...] | None = None
    ends: tuple[int, ...] | None = None
    groups: tuple[tuple[int, int, int, int], ...] = ()

    def to_stored(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the stored text for a span of the rendered text; whole LaTeX groups stay whole.

        >>> rendered = render(r"the $\\mathcal{B}$-Coder model")
        >>> rendered.text[4:11], rendered.to_stored(4, 11)
        ('B-Coder', (4, 23))
        """
        if self.starts is None or self.ends is None or end <= start:
            return start, end
        low, high = self.starts[start], self.ends[end - 1]
        for group_start, group_end, stored_start, stored_end in self.groups:
            if start <= group_start and group_end <= end:
                low, high = min(low, stored_start), max(high, stored_end)
        return low, high


def render(text: str) -> Rendered:
    """Render the LaTeX in a title or abstract, keeping for each character where it came from."""
    if not _HINT.search(text):
        return Rendered(text)
    renderer = _Renderer(text)
    renderer.run()
    if renderer.out == list(text):
        return Rendered(text)
    return Rendered("".join(renderer.out), tuple(renderer.starts), tuple(renderer.ends), tuple(renderer.groups))


class _Renderer:
    """One pass over the stored text; recursion only into braces and formulas."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.groups: list[tuple[int, int, int, int]] = []
        self.depth = 0

    def run(self) -> None:
        position = 0
        for match in _MATH.finditer(self.text):
            self._span(position, match.start(), in_math=False)
            mark = len(self.out)
            self._span(match.start(1), match.end(1), in_math=True)
            self._group(mark, match.start(), match.end())
            position = match.end()
        self._span(position, len(self.text), in_math=False)

    def _emit(self, characters: str, start: int, end: int) -> None:
        for character in characters:
            self.out.append(character)
            self.starts.append(start)
            self.ends.append(end)

    def _group(self, mark: int, start: int, end: int) -> None:
        if len(self.out) > mark:
            self.groups.append((mark, len(self.out), start, end))

    def _span(self, start: int, end: int, *, in_math: bool) -> None:
        position = start
        while position < end:
            character = self.text[position]
            if character == "\\":
                position = self._command(position, end, in_math=in_math)
            elif character == "^" and (in_math or self.text[position + 1 : position + 2] == "*"):
                position = self._superscript(position, end)
            elif (character in "{}" and (in_math or self._is_font_group(position))) or (character == "_" and in_math):
                position += 1
            else:
                self._emit(character, position, position + 1)
                position += 1

    def _is_font_group(self, position: int) -> bool:
        """Whether a bare brace of running text belongs to ``{\\it word}`` or ``{Word}``, not to a set or a code."""
        if self.text[position] == "}":
            position = self.text.rfind("{", max(0, position - _LONGEST_GROUP), position)
            if position < 0:
                return False
        return bool(re.match(r"\{\\?[A-Za-z]", self.text[position : position + 3])) and (
            position == 0 or self.text[position - 1] not in "_^"
        )

    def _command(self, position: int, end: int, *, in_math: bool) -> int:
        match = _COMMAND.match(self.text, position, end)
        if match is None:
            self._emit("\\", position, position + 1)
            return position + 1
        name, after = match.group(1), match.end()
        if name in _WRAPPERS:
            return self._wrapper(position, after, end, in_math=in_math)
        if name in _ACCENTS and re.match(r"\{?[A-Za-z]\}?", self.text[after : after + 3]):
            return self._accent(position, after, _ACCENTS[name])
        if name in _SYMBOLS:
            self._emit(_SYMBOLS[name], position, after)
        elif name in _SPACES:
            if name not in "!/" and name not in ("left", "right", "xspace"):
                self._emit(" ", position, after)
        elif len(name) == 1 and not name.isalnum():
            self._emit(name, position, after)
        else:
            self._emit(name if in_math else self.text[position:after], position, after)
        return after

    def _wrapper(self, position: int, after: int, end: int, *, in_math: bool) -> int:
        close = self._closing_brace(after, end)
        if close:
            mark = len(self.out)
            self._nested(after + 1, close, in_math=in_math)
            self._group(mark, position, close + 1)
            return close + 1
        while after < end and self.text[after] == " ":
            after += 1
        return after

    def _accent(self, position: int, after: int, mark: str) -> int:
        braced = self.text[after] == "{"
        letter = self.text[after + 1] if braced else self.text[after]
        stop = after + (3 if braced and self.text[after + 2 : after + 3] == "}" else 2 if braced else 1)
        self._emit(unicodedata.normalize("NFC", letter + mark), position, stop)
        return stop

    def _superscript(self, position: int, end: int) -> int:
        after = position + 1
        close = self._closing_brace(after, end)
        inner, stop = (after + 1, close + 1) if close else (after, min(after + 1, end))
        content = self.text[inner : close or stop]
        if re.fullmatch(r"[0-9n+-]+", content):
            self._emit(content.translate(_SUPERSCRIPTS), position, stop)
            return stop
        if content.startswith("\\") and stop == after + 1:
            return after
        mark = len(self.out)
        self._nested(inner, inner + len(content), in_math=True)
        self._group(mark, position, stop)
        return stop

    def _nested(self, start: int, end: int, *, in_math: bool) -> None:
        """Render what stands inside a group; beyond any sane depth, as plain characters."""
        if self.depth >= _DEEPEST_GROUP:
            for position in range(start, end):
                self._emit(self.text[position], position, position + 1)
            return
        self.depth += 1
        self._span(start, end, in_math=in_math)
        self.depth -= 1

    def _closing_brace(self, opening: int, end: int) -> int:
        """Where the brace that opens at ``opening`` closes; 0 where none opens or it stays open."""
        close = self._braces.get(opening, 0)
        return close if close < min(end, opening + _LONGEST_GROUP) else 0

    @cached_property
    def _braces(self) -> dict[int, int]:
        """Where each opening brace closes, found in one pass: looking ahead from each would be quadratic."""
        closes: dict[int, int] = {}
        waiting: list[int] = []
        for match in _BRACE.finditer(self.text):
            if match.group() == "{":
                waiting.append(match.start())
            elif waiting:
                closes[waiting.pop()] = match.start()
        return closes
