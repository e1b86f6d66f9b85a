r"""LaTeX in titles and abstracts, as people read it.

Only what occurs there is handled: inline maths, font commands, accents and letters, quotes and dashes, the braces of
bibliographies, and commands that set nothing or something else (``\cite``, ``\footnote``). A command that is not known
stays as it stands, for it may be an author's name for a thing; with an argument, only the argument is read.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property

from kg.text.markup import SUPERSCRIPTS
from kg.text.rendered import Rendered

__all__ = ["ACCENTS", "SYMBOLS", "without_latex"]

SYMBOLS = {
    "times": "×", "cdot": "·", "pm": "±", "sim": "~", "approx": "≈", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "infty": "∞", "to": "→", "rightarrow": "→", "star": "*", "ast": "*", "ldots": "…", "dots": "…", "neq": "≠",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε", "zeta": "ζ", "eta": "η",
    "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ",
    "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "leftarrow": "←", "leftrightarrow": "↔", "Rightarrow": "⇒", "uparrow": "↑", "downarrow": "↓", "ll": "≪", "gg": "≫",
    "ne": "≠", "equiv": "≡", "propto": "∝", "in": "∈", "subseteq": "⊆", "cup": "∪", "cap": "∩", "nabla": "∇",
    "partial": "∂", "sum": "∑", "circ": "∘", "mid": "|", "cdots": "⋯", "langle": "⟨", "rangle": "⟩", "bullet": "•",
    "textasciitilde": "~", "textbackslash": "\\", "textunderscore": "_", "textasciicircum": "^", "textbar": "|",
    "textless": "<", "textgreater": ">", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "textellipsis": "…", "textdegree": "°",
    "textmu": "µ", "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©", "pounds": "£",
    "dag": "†", "ddag": "‡", "S": "§", "P": "¶", "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "oe": "œ",
    "OE": "Œ", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ",
    "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
}  # fmt: skip
"""Commands that stand for a character, and which."""

_WRAPPERS = frozenset(
    "mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol bm operatorname text textbf textit "
    "textsc textsf texttt textrm textnormal textsl emph underline uppercase mbox hbox textsuperscript textsubscript "
    "url mathnormal ensuremath tt bf it em sc sf rm bfseries itshape scshape".split()
)
_SPACES = frozenset(
    ("quad", "qquad", "xspace", "thinspace", "par", "item", "newline", ",", ";", ":", " ", "!", "\\", "/", "-", "@",
     "left", "right", "noindent", "small", "footnotesize", "centering", "limits", "displaystyle", "textcompwordmark")
)  # fmt: skip
_NOTHING = frozenset("! / - @ left right xspace noindent small footnotesize centering limits displaystyle "
    "textcompwordmark".split())  # fmt: skip
# Commands whose arguments are no part of the sentence; and those of which only the last argument is.
_UNREAD = re.compile(
    r"(?:no)?cite\w{0,12}|footnote(?:text|mark)?|thanks|label|(?:eq|page|auto|[cC])?ref|[vh]space|begin|end|color|"
    r"includegraphics|documentclass|usepackage|newcommand|setlength"
)
_LAST_READ = frozenset(("href", "textcolor", "colorbox", "hyperref", "texorpdfstring"))
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "H": "\u030b", "b": "\u0331", "c": "\u0327", "d": "\u0323", "k": "\u0328", "r": "\u030a", "u": "\u0306",
    "v": "\u030c",
}  # fmt: skip
"""Commands that set an accent over or under a letter, and the combining character of it."""

_DOTLESS = {"\\i": "i", "\\j": "j"}

# An opening dollar touches its formula, and no digit follows the closing one ("$5 and $10" is money): pandoc's rule.
_MATH = re.compile(
    r"\$(?<!\\\$)(?:\$([^$\n]{1,200})\$\$|(?!\s)([^$\n]{1,200}?)(?<![\s\\])\$(?!\d))"
    r"|\\\(([^$\n\\]{0,200}(?:\\(?!\))[^$\n\\]{0,200}){0,40})\\\)"
)
_COMMAND = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
_ACCENTED = re.compile(r"\{?(\\[ij](?![A-Za-z])|[A-Za-z])\}?")
_ACCENTED_APART = re.compile(
    r"\{ {0,3}(\\[ij]|[A-Za-z]) {0,3}\}| {1,3}(\\[ij](?![A-Za-z])|[A-Za-z])|()(\\[ij])(?![A-Za-z])"
)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_OPTIONS = re.compile(r"(?:\[[^\[\]{}]{0,200}\]){1,2}(?=\{)")
_ESCAPED_BREAK = re.compile(r"n[A-Z]")  # the line break of JSON that was escaped twice
_CHARACTER = re.compile(r"\{\s?(?:x|\")?(?P<hex>[0-9A-Fa-f]{2,6})\}")
_SCRIPT = re.compile(r"\{(?:\w{1,20}|[+-]?\d{1,4})\}")
# What may be the source of something else; all between is read as it stands.
_SOURCE = re.compile(r"[\\{}^_~`'-](?:(?<=[\\{}^_~])|(?<=`)`|(?<=')'|(?<=\w-)-{1,2}(?=\w)|(?<= -)-{1,2}(?= ))")
_SOURCE_IN_MATH = re.compile(r"[\\{}^_~]")
_SIGNS = ("\\", "$", "{", "}", "^", "~", "--", "``")
"""One of them stands wherever there is LaTeX."""
# "Stage~1" and "Claude~Sonnet" are tied; "0.12~0.14", "x~N(0,1)" and "/~home" are not.
_TIE = re.compile(r"(?:(?<=[^\W\d])|(?<=[.,:;)\]}]))~(?=[\w\\(\[{$])(?![A-Z]\()|(?<=\d)~(?=[^\W\d]|[\\(\[])")
# A key of the bibliography whose command got lost: "GPT-4~gpt4".
_KEY = re.compile(r"~[a-z]{2,30}\d{1,4}[a-z\d]{0,30}(?![\w-])")
_LISTED = re.compile(r"[^{}\s]{1,200},")
_GROUP_OPENS = re.compile(r"\\?[A-Za-z]|\\[^\w\s{}]|\d[\w.-]{0,60}[A-Za-z][\w.-]{0,60}\}|\$")
_LONGEST_GROUP = 2000  # characters; a brace that is not closed by then is an ordinary character
_DEEPEST_GROUP = 12


def without_latex(text: str) -> Rendered:
    r"""A text with its LaTeX as people read it.

    >>> without_latex(r"$\mathcal{B}$-Coder gains 40.0\% on MedS$^3$").text
    'B-Coder gains 40.0% on MedS³'
    >>> without_latex(r"the {LLM}s of P{\'{o}}lya~\cite{polya21} -- ``bounds''").text
    'the LLMs of Pólya – “bounds”'
    """
    if not any(sign in text for sign in _SIGNS):
        return Rendered(text)
    renderer = _Renderer(text)
    renderer.run()
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
        self.quoted = False

    def run(self) -> None:
        position = 0
        for match in _MATH.finditer(self.text):
            number = match.lastindex or 0
            self._span(position, match.start(), in_math=False)
            mark = len(self.out)
            self._span(match.start(number), match.end(number), in_math=True)
            self._group(mark, match.start(), match.end())
            position = match.end()
        self._span(position, len(self.text), in_math=False)

    def _emit(self, characters: str, start: int, end: int) -> None:
        """Read some characters in place of a piece of the source."""
        self.out += characters
        self.starts += [start] * len(characters)
        self.ends += [end] * len(characters)

    def _copy(self, start: int, end: int) -> None:
        """Read a piece as it stands."""
        self.out += self.text[start:end]
        self.starts += range(start, end)
        self.ends += range(start + 1, end + 1)

    def _group(self, mark: int, start: int, end: int) -> None:
        if len(self.out) > mark:
            self.groups.append((mark, len(self.out), start, end))

    def _span(self, start: int, end: int, *, in_math: bool) -> None:
        source = _SOURCE_IN_MATH if in_math else _SOURCE
        position = start
        while match := source.search(self.text, position, end):
            self._copy(position, match.start())
            position = self._source(match, end, in_math=in_math)
        self._copy(position, end)

    def _source(self, match: re.Match[str], end: int, *, in_math: bool) -> int:
        """Read what begins at a place; give the place behind it."""
        position, found = match.start(), match.group()
        if found == "\\":
            return self._command(position, end, in_math=in_math)
        if found == "^" and (in_math or self.text[position + 1 : position + 2] == "*" or self._is_script(position)):
            return self._superscript(position, end)
        if found in "{}" and (in_math or position in self._grouping):
            return position + 1
        if found == "_" and (in_math or self._is_script(position)):
            return self._subscript(position, end)
        if found == "~" and (in_math or _TIE.match(self.text, position)):
            return self._tie(position, end)
        if found in ("--", "---"):
            self._emit("–" if found == "--" else "—", position, match.end())
        elif found == "``" or (found == "''" and self.quoted):
            self.quoted = found == "``"
            self._emit("“" if self.quoted else "”", position, match.end())
        else:
            self._copy(position, match.end())
        return match.end()

    def _tie(self, position: int, end: int) -> int:
        if key := _KEY.match(self.text, position, end):
            return key.end()
        self._emit(" ", position, position + 1)
        return position + 1

    def _command(self, position: int, end: int, *, in_math: bool) -> int:
        match = _COMMAND.match(self.text, position, end)
        if match is None:
            self._copy(position, position + 1)
            return position + 1
        name, after = match.group(1), match.end()
        if name in _WRAPPERS:
            return self._wrapper(position, after, end, in_math=in_math)
        if name in ACCENTS and (stop := self._accent(position, after, end, name)):
            return stop
        if not in_math and len(name) > 2 and _UNREAD.fullmatch(name):
            return self._unread(after, end)
        if name in _LAST_READ:
            return self._last_read(position, after, end, in_math=in_math)
        if name in SYMBOLS:
            return self._symbol(position, after, end, SYMBOLS[name])
        if name in _SPACES:
            self._emit("" if name in _NOTHING else " ", position, after)
            return after
        if name == "unicode" and (code := _CHARACTER.match(self.text, after, end)):
            self._emit(_character(int(code["hex"], 16)), position, code.end())
            return code.end()
        if len(name) == 1 and not name.isalnum():
            self._emit(name, position, after)
            return after
        if not in_math and (name == "n" or _ESCAPED_BREAK.match(name)):
            self._emit(" ", position, position + 2)
            return position + 2
        return self._unknown(position, after, end, in_math=in_math)

    def _unknown(self, position: int, after: int, end: int, *, in_math: bool) -> int:
        """A command that is not known: its argument, or the command itself."""
        close = self._closing_brace(after, end)
        if close > after + 1 and not in_math:
            return self._wrapper(position, after, end, in_math=in_math)
        self._copy(position + in_math, after)
        return close + 1 if close and not in_math else after

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

    def _unread(self, after: int, end: int) -> int:
        """Behind the arguments of a command that sets nothing here, with the blank before it gone."""
        if self.out and self.out[-1] == " " and (len(self.out) < 2 or self.out[-2] != "\n"):
            self._take_back()
        for _ in range(3):
            if options := _OPTIONS.match(self.text, after, end):
                after = options.end()
            close = self._closing_brace(after, end)
            if not close:
                return after
            after = close + 1
        return after

    def _take_back(self) -> None:
        for kept in (self.out, self.starts, self.ends):
            kept.pop()
        while self.groups and self.groups[-1][1] > len(self.out):
            self.groups.pop()

    def _last_read(self, position: int, after: int, end: int, *, in_math: bool) -> int:
        """``\\href{address}{text}`` is its text; with one argument alone, that."""
        if options := _OPTIONS.match(self.text, after, end):
            after = options.end()
        first = self._closing_brace(after, end)
        if first and self._closing_brace(first + 1, end):
            after = first + 1
        return self._wrapper(position, after, end, in_math=in_math)

    def _symbol(self, position: int, after: int, end: int, symbol: str) -> int:
        """A symbol, with the blank or the empty braces that end a command of letters: ``\\L{}odz``, ``\\ss enberg``."""
        if self.text.startswith("{}", after, end):
            after += 2
        elif (
            symbol.isalpha()
            and self.text[after - 1].isascii()
            and self.text[after : after + 1] == " "
            and _is_letter(symbol)
        ):
            after += 1
        self._emit(symbol, position, after)
        return after

    def _accent(self, position: int, after: int, end: int, name: str) -> int:
        """Where an accented letter ends; 0 if there is none. Commands that are letters need a brace or a blank."""
        pattern = _ACCENTED_APART if name.isalpha() else _ACCENTED
        match = pattern.match(self.text, after, end) or (
            None if name.isalpha() else _ACCENTED_APART.match(self.text, after, end)
        )
        if match is None:
            return 0
        base = next(filter(None, match.groups()))
        letter = unicodedata.normalize("NFC", _DOTLESS.get(base, base) + ACCENTS[name])
        if len(letter) > 1:
            return 0
        stop = match.end()
        if match.group().endswith("}") and not match.group().lstrip().startswith("{"):
            stop -= 1
        if match.group().startswith("{") and not match.group().endswith("}"):
            return 0
        self._emit(letter, position, stop)
        return stop

    def _is_script(self, position: int) -> bool:
        """Whether a sign outside of formulas opens a script of a word or number behind such: "F_{beta}", "10^{-3}"."""
        before = self.text[position - 1 : position] if position else ""
        return before.isalnum() and _SCRIPT.match(self.text, position + 1) is not None

    def _subscript(self, position: int, end: int) -> int:
        close = self._closing_brace(position + 1, end)
        if not close:
            return position + 1
        mark = len(self.out)
        self._nested(position + 2, close, in_math=True)
        self._group(mark, position, close + 1)
        return close + 1

    def _superscript(self, position: int, end: int) -> int:
        after = position + 1
        close = self._closing_brace(after, end)
        inner, stop = (after + 1, close + 1) if close else (after, min(after + 1, end))
        content = self.text[inner : close or stop]
        if re.fullmatch(r"[0-9n+-]+", content):
            self._emit(content.translate(SUPERSCRIPTS), position, stop)
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
            self._copy(start, end)
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
            elif match.group() == "}" and waiting:
                closes[waiting.pop()] = match.start()
        return closes

    @cached_property
    def _grouping(self) -> frozenset[int]:
        """The places of braces of running text that only keep together, as in ``{\\it word}`` and ``{{Word}}``; those
        of sets and of code are read."""
        found: set[int] = set()
        for opening, close in self._braces.items():  # inner braces come first
            if close - opening <= _LONGEST_GROUP and self._only_groups(opening, close, found):
                found.update((opening, close))
        return frozenset(found)

    def _only_groups(self, opening: int, close: int, found: set[int]) -> bool:
        text = self.text
        before, behind = text[max(0, opening - 1) : opening], text[close + 1 : close + 2]
        if before in ("_", "^") and before:
            return False
        if text[opening + 1] == "{":
            return opening + 1 in found
        if not _GROUP_OPENS.match(text, opening + 1, close + 1):
            return False
        # "{Llama,Qwen}-7B" lists names that have a part in common.
        alternatives = (before.isalnum() or before == "-" or behind.isalnum() or behind == "-") and bool(
            before or behind
        )
        return not (alternatives and _LISTED.match(text, opening + 1, close))


def _is_letter(symbol: str) -> bool:
    """Whether a symbol is a letter of words ("ß"), not of formulas ("α")."""
    return symbol in "ßøØæÆœŒåÅłŁıȷðÐđĐþÞŋŊ"


def _character(code: int) -> str:
    """The character of a code point; a blank where there is none that text can hold."""
    character = chr(code) if code < 0x110000 else " "
    return character if character.isprintable() else " "
