from __future__ import annotations

from kg.extraction.tables.grid import Grid, blocks_of
from kg.extraction.tables.reading import read_tables
from kg.model import Cell, Extraction, Table
from tests.extraction.tables.papers import paper, table


def _heads(text: str) -> list[tuple[tuple[int, ...], list[int]]]:
    return [(block.heads, [line.row for line in block.lines]) for block in blocks_of(Grid(table(text)))]


def test_heads_stand_above_the_first_line() -> None:
    assert _heads("Model | 2019 | 2020 \n --- \n A | 1.5 | 2.5 \n --- \n B | 3.5 | 4.5") == [((0,), [1, 2])]


def test_heads_are_told_by_their_words_without_lines() -> None:
    assert _heads("Model | GSM8K | MATH \n | Acc. | Acc. \n A | 1.5 | 2.5") == [((0, 1), [2])]


def test_a_row_with_one_heading_is_a_panel() -> None:
    (block,) = blocks_of(
        Grid(table("Model | A | B \n --- \n >>Zero-shot \n X | 1.0 | 2.0 \n >>Fine-tuned \n X | 3.0 | 4.0"))
    )
    assert [[cell.text for cell in line.panels] for line in block.lines] == [["Zero-shot"], ["Fine-tuned"]]


def test_heads_may_come_again_below() -> None:
    text = "Model | GSM8K | MATH \n --- \n A | 1.5 | 2.5 \n --- \n Model | MBPP | APPS \n --- \n A | 3.5 | 4.5"
    assert _heads(text) == [((0,), [1]), ((2,), [3])]


def test_a_line_of_missing_numbers_is_no_head() -> None:
    assert _heads("Model | GSM8K | MATH \n --- \n A | -- | -- \n B | 1.5 | 2.5") == [((0,), [1, 2])]


def test_a_title_within_the_table_is_no_head_alone() -> None:
    (block,) = blocks_of(Grid(table(">>Mathematics \n --- \n Model | GSM8K | MATH \n --- \n A | 1.5 | 2.5")))
    assert block.heads == (0, 1)


def test_spans_cover_their_places() -> None:
    grid = Grid(Table((Cell(0, 0, "a", rows=2), Cell(0, 1, "b", columns=2), Cell(1, 1, "c"))))
    assert [[grid.text(row, column) for column in range(3)] for row in range(2)] == [["a", "b", "b"], ["a", "c", ""]]


def test_a_table_too_large_to_be_one_gives_nothing() -> None:
    wide = Table(tuple(Cell(row, column, "1.5") for row in range(2) for column in range(10_000)), "Accuracy on GSM8K.")
    spanning = Table((Cell(0, 0, "x", rows=10**9, columns=10**9),), "Accuracy on GSM8K.")
    assert not list(read_tables(paper(wide, spanning), Extraction()))
