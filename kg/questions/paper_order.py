"""How pages of papers are ordered."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["NEWEST_FIRST", "ORDERS", "PaperOrder"]


class PaperOrder(StrEnum):
    """By date, by title, or by how sure the link is that made each match."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    SUREST = "surest"


NEWEST_FIRST = "paper.date IS NULL, paper.date DESC, paper.title, paper.id"

ORDERS = {
    PaperOrder.NEWEST: NEWEST_FIRST,
    PaperOrder.OLDEST: "paper.date IS NULL, paper.date, paper.title, paper.id",
    PaperOrder.TITLE: "paper.title COLLATE NOCASE, paper.id",
    PaperOrder.SUREST: f"confidence DESC, {NEWEST_FIRST}",
}
"""Each in SQL."""
