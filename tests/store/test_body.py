"""Full texts in the graph file: kept once, with the record that has them."""

from __future__ import annotations

from pathlib import Path

from kg.building import build_graph, remove_sources
from kg.model import Cell, Part, PassageKind, Table
from kg.store import GraphReader
from kg.store.body import body_digest, part_from, size_and_digest, stored_parts
from tests.samples import FULL_TEXTS, jsonl

TABLE = Table(
    (
        Cell(0, 1, "GSM8K", head=True),
        Cell(1, 0, "PPO", cited=True),
        Cell(1, 1, "72.4", source=r"\\textbf{72.4}", bold=True, asides=("\u00b1 0.3",)),
    ),
    caption="Accuracy.",
    label="tab:main",
    number="2",
    rules=(0, 1),
)
BODY = (
    Part(PassageKind.SECTION, "We evaluate on GSM8K.", ("Experiments", "Set-up")),
    Part(PassageKind.CAPTION, "Accuracy.", ("Experiments",), appendix=True),
    Part.of_table(TABLE, ("Experiments",)),
)


def test_a_body_comes_back_as_it_was_stored() -> None:
    rows = stored_parts(BODY)
    assert [row[0] for row in rows] == [2, 3, 4]
    assert rows[2][4] == "Table 2"
    kept = tuple(
        part_from((kind, text, heading, appendix, table)) for _, kind, heading, appendix, _, text, table in rows
    )
    assert kept == BODY
    assert size_and_digest(rows)[1] == body_digest(kept)


def test_what_has_no_body_is_stored_as_ever() -> None:
    assert size_and_digest(stored_parts(())) == (None, None)
    assert body_digest(()) == ""


def test_a_paper_has_the_full_text_of_whichever_record_has_one(tmp_path: Path) -> None:
    """However it came: before the record of a list, after it, or alone; and without it again when it is removed."""
    text, listed = tmp_path / "tidewater.md", tmp_path / "list.jsonl"
    text.write_text(FULL_TEXTS["tidewater.md"], encoding="utf-8")
    record = {"title": "Tidewater: Replay for Small Reasoners", "abstract": "We replay.", "arxiv": "2501.00011"}
    listed.write_text(jsonl([record]), encoding="utf-8")
    exports = []
    for name, order in (("one", (text, listed)), ("other", (listed, text))):
        for source in order:
            build_graph([str(source)], tmp_path / f"{name}.db")
        with GraphReader(tmp_path / f"{name}.db") as reader:
            assert reader.rows("SELECT count(*) FROM paper WHERE body_record IS NOT NULL") == [(1,)]
            assert reader.rows("SELECT count(*) FROM passage WHERE place > 1") == [(5,)]
            exports.append(
                reader.rows("SELECT paper_id, place, start, value, achieved_by_id FROM result ORDER BY 1, 2, 3")
            )
    assert exports[0] == exports[1] != []
    remove_sources([str(text)], tmp_path / "one.db")
    with GraphReader(tmp_path / "one.db") as reader:
        assert reader.rows("SELECT body_record FROM paper") == [(None,)]
        assert reader.rows("SELECT count(*) FROM part") == [(0,)]
        assert reader.rows("SELECT count(*) FROM result WHERE cell IS NOT NULL") == [(0,)]


def test_evidence_of_a_body_is_its_sentence_and_of_a_table_its_row(full_text_graph: Path) -> None:
    with GraphReader(full_text_graph) as reader:
        paper = reader.paper("arxiv/2501.00011")
        assert paper is not None
        assert paper.body == ()  # it is long, and proofs bring their sentences
        proofs = reader.evidence_of(paper)
        (stated,) = proofs["dataset/metamathqa"]
        assert (stated.passage, stated.sentence) == (
            PassageKind.SECTION,
            "We train our models on MetaMathQA with LoRA.",
        )
        rows = [each for each in proofs["method/grpo"] if each.passage is PassageKind.TABLE]
        assert [each.sentence for each in rows] == ["GRPO\t75.0\t81.5"]
        results = [each for each in reader.results_of(paper) if each.cell]
        assert results[0].sentence == "Qwen2.5-3B\t72.4\t80.1"
        own = next(each for each in results if each.value == "78.2")
        assert own.cell is not None
        assert (own.cell.row, own.cell.column, own.cell.text) == ("Tidewater (ours)", "GSM8K", "78.2")
        assert own.told["own"] is True
