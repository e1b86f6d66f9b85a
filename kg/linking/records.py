"""What records are grouped by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kg.linking.people import People
from kg.model import Author, Paper
from kg.text.folding import spell_title, title_hash

__all__ = ["RecordKeys"]


@dataclass(frozen=True)
class RecordKeys:
    """What identifies a record: its number, and what it may share with other records of the same paper.

    ``title`` is the hash of the folded title; ``wording`` the title itself, ``authors`` and ``year`` what else tells
    papers apart: they may be left out of records that share no key with another.
    """

    record: int
    arxiv: str | None
    doi: str | None
    title: str
    wording: str = ""
    authors: tuple[Author, ...] = ()
    year: int | None = None

    @classmethod
    def of(cls, record: int, paper: Paper) -> RecordKeys:
        """The keys of one record."""
        year = paper.date[:4] if paper.date and not paper.date.startswith("--") else None
        key = title_hash(paper.title)
        return cls(record, paper.arxiv, paper.doi, key, paper.title, paper.authors, int(year) if year else None)

    @property
    def ids(self) -> list[str]:
        """The ids that a paper of this record could have, the best first."""
        known = (self.arxiv and f"arxiv/{self.arxiv}", self.doi and f"doi/{self.doi}", f"title/{self.title}")
        return [each for each in known if each]

    @property
    def own_ids(self) -> list[str]:
        """The identifiers that it has; the title's where it has none."""
        return self.ids[:-1] or self.ids

    @cached_property
    def people(self) -> People | None:
        """Who wrote it, as far as that is told."""
        return People.of(self.authors)

    @cached_property
    def spelling(self) -> str:
        """What tells its title from others of the same folding."""
        return spell_title(self.wording) if self.wording else ""

    @property
    def weight(self) -> tuple[int, str, str]:
        """How much it tells of who wrote the paper; no two records that differ weigh the same."""
        return len(self.people.keys) if self.people else 0, self.wording, repr(self.authors)
