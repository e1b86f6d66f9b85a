import gzip
import json
from pathlib import Path

from kg.model import EntityType
from kg.training.corpora import read_crossner, read_scirex, read_tdmsci


def corpus(path: Path, text: str, spans: list[tuple[int, int, str]]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": "1", "text": text, "spans": spans}) + "\n")
    return path


def test_coarse_labels_allow_several_of_ours(tmp_path: Path) -> None:
    text = "We train ZorpNet on the ZorpSet collection of mazes."
    (read,) = read_scirex(corpus(tmp_path / "c.gz", text, [(9, 16, "Method"), (24, 31, "Material")]))
    assert read.spans[0].types == (EntityType.METHOD, EntityType.MODEL)
    assert read.spans[1].types == (EntityType.DATASET, EntityType.BENCHMARK)


def test_generic_mentions_are_left_open(tmp_path: Path) -> None:
    text = "We compare our model with ZorpNet on all of the mazes."
    (read,) = read_scirex(corpus(tmp_path / "c.gz", text, [(11, 20, "Method"), (26, 33, "Method")]))
    assert [span.optional for span in read.spans] == [True, False]


def test_what_a_corpus_does_not_annotate_is_silent(tmp_path: Path) -> None:
    (read,) = read_tdmsci(corpus(tmp_path / "c.gz", "We parse with ZorpNet.", [(3, 8, "TASK")]))
    assert EntityType.METHOD in read.silent


def test_people_are_examples_of_no_name(tmp_path: Path) -> None:
    (read,) = read_crossner(corpus(tmp_path / "c.gz", "Ada used ZorpNet.", [(0, 3, "person"), (9, 16, "algorithm")]))
    assert [(span.start, span.types) for span in read.spans] == [(9, (EntityType.METHOD,))]
