"""What stands on a page, as an HTML parser finds it."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["Seen"]

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Seen(HTMLParser):
    """The elements of a page with their attributes, and its text; what is opened and never closed is ``unclosed``."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.unclosed: list[str] = []
        self.misplaced: list[str] = []
        self._words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if self.unclosed and self.unclosed[-1] == tag:
            self.unclosed.pop()
        else:
            self.misplaced.append(tag)

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    @property
    def text(self) -> str:
        """All text, with single blanks."""
        return " ".join("".join(self._words).split())

    def values(self, tag: str, attribute: str) -> list[str]:
        """An attribute of all elements of a kind that have it."""
        return [attrs[attribute] or "" for name, attrs in self.elements if name == tag and attribute in attrs]

    def ids(self) -> list[str]:
        """The ids of elements."""
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]
