r"""A document as one list of tokens: its files put together, its macros replaced, its conditionals decided.

What papers do with TeX is followed, not TeX: no boxes, no registers, no category codes. Commands that are read here
(``\section``, ``\caption``, ``\textbf`` ...) keep their meaning whatever a style makes of them.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from kg.sources.latex.arguments import TokenStream, TooMuchError
from kg.sources.latex.commands import KEPT, KEPT_ENVIRONMENTS
from kg.sources.latex.conditions import CHOOSING, Switches, skip_to_branch
from kg.sources.latex.files import PaperFiles
from kg.sources.latex.macros import DEFINING, Environment, Macro, alias, call
from kg.sources.latex.tokens import VERBATIM, Kind, Lexer, Token, command, source_of

__all__ = ["MOST_TOKENS", "Expander"]

MOST_TOKENS = 2_000_000
"""Of one paper: some 4,000 pages."""

_MOST_FILES = 2_000  # that are read into one paper
_DEEPEST = 30  # files within files
_COUNTED = frozenset(f"the{counter}" for counter in "table figure section subsection subsubsection chapter".split())
_MOST_STYLES = 50
# Styles of conferences and publishers, which define how a paper looks.
_CLASSES = ("acl", "neurips", "nips", "icml", "iclr", "cvpr", "iccv", "eccv", "aaai", "ijcai", "naacl", "emnlp", "IEEE")


class Expander:
    """Reads a document from its main file on; ``tokens`` is what it amounts to."""

    def __init__(self, files: PaperFiles, main: str) -> None:
        self.tokens: list[Token] = []
        self.remarks: list[str] = []
        self.contents: list[str] = []
        self._files, self._main = files, main
        self._stream = TokenStream()
        self._macros: dict[str, Macro] = {}
        self._environments: dict[str, Environment] = {}
        self._scopes: list[dict[str, Macro | None]] = []
        self._switches = Switches()
        self._verbatim = set(VERBATIM)
        self._open: list[tuple[str, Lexer]] = []
        self._folders: tuple[str, ...] = ("", posixpath.dirname(main))
        self._count = 0
        self._in_document = False
        self._handlers: dict[str, Callable[[Token], None]] = {
            **dict.fromkeys(
                ("input", "include", "subfile", "subfileinclude", "@input", "InputIfFileExists"), self._input
            ),
            **dict.fromkeys(("import", "subimport", "includefrom", "inputfrom", "subincludefrom"), self._import),
            **dict.fromkeys(("usepackage", "RequirePackage"), self._package),
            **dict.fromkeys(("newif", "newtoggle", "newbool", "provideboolean", "newboolean"), self._new_switch),
            **dict.fromkeys(("toggletrue", "togglefalse", "booltrue", "boolfalse"), self._toggle),
            **dict.fromkeys(("setboolean", "setbool", "settoggle"), self._set_switch),
            **dict.fromkeys(("else", "or"), self._else),
            **dict.fromkeys(("begin", "end"), self._computed),
            **dict.fromkeys(
                ("expandafter", "long", "global", "outer", "protected", "noexpand", "fi", "relax"), _nothing
            ),
            **dict.fromkeys(("excludecomment", "lstnewenvironment"), self._exclude),
            **dict.fromkeys(("newminted", "DefineVerbatimEnvironment", "newtcblisting"), self._exclude),
            "let": self._let,
            "csname": self._csname,
            "endinput": self._end_input,
            "bgroup": lambda token: self._opened(token._replace(kind=Kind.OPEN, text="{")),
            "egroup": lambda token: self._closed(token._replace(kind=Kind.CLOSE, text="}")),
            "documentclass": self._class,
            "documentstyle": self._class,
        }

    def run(self) -> None:
        """Read it all, or as much as there may be."""
        try:
            self._read(self._main)
            while (token := self._stream.next()) is not None:
                self._take(token)
        except TooMuchError as error:
            self.remarks.append(str(error))

    # Tokens

    def _take(self, token: Token) -> None:
        match token.kind:
            case Kind.COMMAND:
                self._command(token)
            case Kind.BEGIN:
                self._begin(token)
            case Kind.END:
                self._end(token)
            case Kind.OPEN:
                self._opened(token)
            case Kind.CLOSE:
                self._closed(token)
            case _:
                self._emit(token)

    def _emit(self, token: Token) -> None:
        if len(self.tokens) >= MOST_TOKENS:
            raise TooMuchError(f"has more than {MOST_TOKENS:,} words and signs; the rest is not read")
        self.tokens.append(token)

    def _opened(self, token: Token) -> None:
        self._scopes.append({})
        self._emit(token)

    def _closed(self, token: Token) -> None:
        self._leave()
        self._emit(token)

    def _leave(self) -> None:
        if self._scopes:
            for name, macro in self._scopes.pop().items():
                if macro is None:
                    self._macros.pop(name, None)
                else:
                    self._macros[name] = macro

    def _command(self, token: Token) -> None:
        name = token.text
        if macro := self._macros.get(name):
            found = call(macro, self._stream, token)
            if macro.primitive:
                self._primitive(found[0])
            else:
                self._stream.push(found)
            return
        self._primitive(token)

    def _primitive(self, token: Token) -> None:
        name = token.text
        if name in DEFINING:
            self._define(name)
        elif handler := self._handlers.get(name):
            handler(token)
        elif name in CHOOSING:
            self._stream.push(self._switches.choose(name, self._stream, self._macros.keys() | KEPT))
        elif self._switches.is_condition(name):
            if not self._switches.decide(name, self._stream):
                skip_to_branch(self._stream, self._switches, otherwise=True)
        elif setting := self._switches.setting(name):
            self._switches.put(*setting)
        else:
            self._emit(token)

    # Definitions

    def _define(self, how: str, *, in_style: bool = False) -> None:
        named = DEFINING[how](self._stream)
        if named is None:
            return
        name, meaning = named
        if in_style and _is_internal(name, meaning):
            return
        if isinstance(meaning, Environment):
            if name not in KEPT_ENVIRONMENTS:
                self._environments[name] = meaning
        elif name in _COUNTED:
            inner = [Token(Kind.OPEN, "{"), *meaning.body, Token(Kind.CLOSE, "}")]
            self.tokens += [command("thecounter"), Token(Kind.OPEN, "{"), Token(Kind.TEXT, name[3:]),
                            Token(Kind.CLOSE, "}"), *inner]  # fmt: skip
        elif not self._is_kept(name) and not (how.startswith(("provide", "Provide")) and name in self._macros):
            self._put(name, meaning, everywhere=how in ("gdef", "xdef"))

    def _is_kept(self, name: str) -> bool:
        return name in KEPT or name in self._handlers or name in DEFINING or name in CHOOSING

    def _put(self, name: str, macro: Macro, *, everywhere: bool = False) -> None:
        if everywhere:
            for scope in self._scopes:
                scope.pop(name, None)
        elif self._scopes:
            self._scopes[-1].setdefault(name, self._macros.get(name))
        self._macros[name] = macro

    def _let(self, token: Token) -> None:
        names = [self._stream.argument(), []]
        other = self._stream.peek(blanks=True)
        if other is not None and other.kind is Kind.TEXT and other.text.startswith("="):
            self._stream.next()
            if other.text != "=":
                self._stream.push([other._replace(text=other.text[1:])])
        names[1] = self._stream.argument()
        if len(names[0]) != 1 or len(names[1]) != 1 or names[0][0].kind is not Kind.COMMAND:
            return
        name, meaning = names[0][0].text, names[1][0]
        if self._is_kept(name):
            return
        if meaning.kind is not Kind.COMMAND:
            self._put(name, Macro((meaning,)))
        elif meaning.text != name:
            self._put(name, self._macros.get(meaning.text) or alias(meaning.text))

    def _csname(self, token: Token) -> None:
        name = source_of(self._stream.until((command("endcsname"),)))
        self._stream.push([token._replace(text=name or "relax")])

    def _exclude(self, token: Token) -> None:
        named = source_of(self._stream.argument())
        self._verbatim.add(f"{named}code" if token.text == "newminted" else named)

    # Conditionals

    def _new_switch(self, token: Token) -> None:
        named = source_of(self._stream.argument()).lstrip("\\")
        self._switches.declare(named.removeprefix("if") if token.text == "newif" else named)

    def _toggle(self, token: Token) -> None:
        self._switches.put(source_of(self._stream.argument()), token.text.endswith("true"))

    def _set_switch(self, token: Token) -> None:
        name, value = source_of(self._stream.argument()), source_of(self._stream.argument())
        self._switches.put(name, value == "true")

    def _else(self, token: Token) -> None:
        skip_to_branch(self._stream, self._switches, otherwise=False)

    # Environments

    def _begin(self, token: Token) -> None:
        if environment := self._environments.get(token.text):
            self._scopes.append({})
            self._stream.push(call(environment.begin, self._stream, token))
            return
        if token.text == "document":
            if self._in_document:  # a part that could be set by itself
                return
            self._in_document = True
            self._scopes.clear()
            self._emit(token)
            return
        self._opened(token)

    def _end(self, token: Token) -> None:
        if environment := self._environments.get(token.text):
            self._leave()
            self._stream.push(
                [each._replace(file=token.file, start=token.start, end=token.end) for each in environment.end]
            )
        elif token.text != "document":
            self._closed(token)
        elif len(self._open) > 1 and any(lexer.file == token.file for _, lexer in self._open[1:]):
            self._end_input(token)
        else:
            self._emit(token)
            self._stream = TokenStream()

    def _computed(self, token: Token) -> None:
        r"""``\begin{#1}``, whose name a macro gave."""
        name = self._named_by(self._stream.argument())
        self._take(token._replace(kind=Kind.BEGIN if token.text == "begin" else Kind.END, text=name))

    def _named_by(self, tokens: list[Token]) -> str:
        """A name, the macros within it replaced one time."""
        found: list[Token] = []
        for token in tokens:
            macro = self._macros.get(token.text) if token.kind is Kind.COMMAND else None
            found += macro.body if macro is not None and not macro.parameters else (token,)
        return source_of(found)

    # Files

    def _class(self, token: Token) -> None:
        self._stream.option()
        named = source_of(self._stream.argument())
        if len(self._open) > 1:  # a part that could be set by itself: its own preamble is none of this document's
            self._skip_preamble()
            return
        self.tokens += [token, Token(Kind.OPEN, "{"), Token(Kind.TEXT, named), Token(Kind.CLOSE, "}")]

    def _skip_preamble(self) -> None:
        while (token := self._stream.next()) is not None:
            if token.kind is Kind.BEGIN and token.text == "document":
                return
            if token.kind is Kind.COMMAND and token.text in DEFINING:
                self._define(token.text)

    def _input(self, token: Token) -> None:
        following = self._stream.peek(blanks=True)
        if following is not None and following.kind is Kind.TEXT:
            said = source_of(self._word())
        else:
            said = self._named_by(self._stream.argument())
        if token.text == "InputIfFileExists":
            yes, no = self._stream.argument(), self._stream.argument()
            found = self._files.find(said, self._folders)
            self._stream.push(yes if found else no)
            if not found:
                return
        self._enter(said, self._folders)

    def _word(self) -> list[Token]:
        r"""The name behind ``\input`` without braces, to the next blank."""
        found = []
        while (token := self._stream.next()) is not None:
            if token.kind in (Kind.SPACE, Kind.PARAGRAPH, Kind.COMMAND, Kind.OPEN, Kind.CLOSE):
                self._stream.push([token])
                break
            found.append(token)
        return found

    def _import(self, token: Token) -> None:
        self._stream.star()
        folder, said = (self._named_by(self._stream.argument()) for _ in range(2))
        here = tuple(posixpath.join(each, folder) for each in self._folders)
        self._folders = tuple(dict.fromkeys((*here, *self._folders)))
        self._enter(said, self._folders)

    def _package(self, token: Token) -> None:
        self._stream.option()
        for said in source_of(self._stream.argument()).split(","):
            name = self._files.find(said, self._folders, (".sty",))
            if name and not posixpath.basename(name).startswith(_CLASSES) and self._count < _MOST_STYLES:
                self._definitions(name)

    def _definitions(self, name: str) -> None:
        """What a style of the paper's own defines; nothing else of it is done."""
        self._count += 1
        content = self._files.read(name)
        self.contents.append(content)
        stream, self._stream = self._stream, TokenStream()
        self._stream.push_origin(Lexer(content, len(self.contents) - 1, self._verbatim, at_letter=True))
        while (token := self._stream.next()) is not None:
            if token.kind is Kind.COMMAND and token.text in DEFINING:
                self._define(token.text, in_style=True)
            elif token.kind is Kind.COMMAND and token.text in ("newif", "usepackage", "RequirePackage"):
                self._handlers[token.text](token)
        self._stream = stream

    def _enter(self, said: str, folders: tuple[str, ...]) -> None:
        name = self._files.find(said, folders)
        if name is None:
            outside = posixpath.normpath(said).startswith(("/", ".."))
            reason = "lies outside of the paper's own files" if outside else "is not there"
            self.remarks.append(f"\\input{{{said[:100]}}}: {reason}; what stands in it is not read")
        elif any(name == opened for opened, _ in self._open):
            self.remarks.append(f"\\input{{{said[:100]}}}: leads in a circle; it is read once")
        elif len(self._open) >= _DEEPEST or self._count >= _MOST_FILES:
            self.remarks.append(
                f"\\input{{{said[:100]}}}: is one of too many files, or too deep among them; it is not read"
            )
        else:
            self._read(name)

    def _read(self, name: str) -> None:
        self._count += 1
        content = self._files.read(name)
        self.contents.append(content)
        lexer = Lexer(content, len(self.contents) - 1, self._verbatim, at_letter=name.endswith((".sty", ".cls")))
        self._open.append((name, lexer))
        self._stream.push_origin(self._tokens_of(lexer))

    def _tokens_of(self, lexer: Lexer) -> Iterator[Token]:
        yield from lexer
        if not lexer.content.endswith("\n") and "%" not in lexer.content[lexer.content.rfind("\n") + 1 :]:
            yield Token(Kind.SPACE, " ")  # a line ends where a file does
        self._open = [each for each in self._open if each[1] is not lexer]

    def _end_input(self, token: Token) -> None:
        if self._open:
            self._open[-1][1].end()


def _nothing(token: Token) -> None:
    """What needs no doing."""


def _is_internal(name: str, meaning: Macro | Environment) -> bool:
    """Whether a style defines something out of what is not followed here, as those of packages do."""
    body = meaning.body if isinstance(meaning, Macro) else (*meaning.begin.body, *meaning.end)
    return "@" in name or any(token.kind is Kind.COMMAND and "@" in token.text for token in body)
