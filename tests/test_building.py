from __future__ import annotations

import io
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.building import BuildSummary, Reporter, build_graph, remove_sources
from kg.digests import code_digest
from kg.engines import Processes
from kg.errors import GraphError, KgError, SourceError
from kg.exporting import write_export
from kg.extraction.recipe import Recipe
from kg.iris import DEFAULT_BASE
from kg.store import GraphReader, open_database
from kg.store.lock import build_lock
from kg.store.writer import GraphWriter
from kg.vocabulary import Vocabulary, load_vocabulary
from tests.conftest import KG, environment, run_python
from tests.samples import BLANK_LINES, COMPACT, METADATA, SMALL_PAPERS, TITLES, jsonl


def build(db: Path, *sources: str | Path) -> BuildSummary:
    return build_graph([str(source) for source in sources], db)


def export(db: Path, output_format: str = "jsonl") -> bytes:
    stream = io.BytesIO()
    with GraphReader(db) as reader:
        write_export(reader, output_format, stream, DEFAULT_BASE)
    return stream.getvalue()


def titles(db: Path) -> list[str]:
    with GraphReader(db) as reader:
        return sorted(paper.title for paper in reader.papers())


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "kg.db"


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.jsonl").write_text(jsonl(SMALL_PAPERS))
    (folder / "b.txt").write_text(METADATA)
    (folder / "c.txt").write_text(COMPACT)
    return folder


@pytest.fixture
def no_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever would extract, fails."""

    def refuse(*_: object) -> None:
        raise AssertionError("nothing was to be extracted")

    monkeypatch.setattr("kg.building.extract._extractor", refuse)


def test_a_build_says_what_it_did(db: Path, sources: Path) -> None:
    summary = build(db, sources)
    assert (summary.entries, summary.papers, summary.new, summary.sources_read) == (10, 7, 7, 3)
    assert (summary.sources_unchanged, summary.rejects, summary.errors) == (0, (), ())


def test_a_second_build_reads_and_extracts_nothing(db: Path, sources: Path, request: pytest.FixtureRequest) -> None:
    build(db, sources)
    request.getfixturevalue("no_extraction")
    summary = build(db, sources)
    assert (summary.new, summary.sources_read, summary.sources_unchanged) == (0, 0, 3)
    assert (summary.entries, summary.papers) == (10, 7)


def test_a_second_build_leaves_the_graph_as_it_is(db: Path, sources: Path) -> None:
    build(db, sources)
    first = export(db)
    build(db, sources)
    assert export(db) == first


def test_rejects_are_told_by_every_build(db: Path, tmp_path: Path) -> None:
    (tmp_path / "torn.jsonl").write_text(jsonl(SMALL_PAPERS) + "torn\n")
    summaries = [build(db, tmp_path / "torn.jsonl") for _ in range(2)]
    assert [[reject.line for reject in summary.rejects] for summary in summaries] == [[5], [5]]


def test_a_second_build_never_imports_spacy(db: Path, sources: Path) -> None:
    build(db, sources)
    program = "import sys; from kg.building import build_graph; from pathlib import Path; "
    program += f"build_graph([{str(sources)!r}], Path({str(db)!r})); print('spacy' in sys.modules)"
    assert run_python("-c", program).stdout == "False\n"


def test_only_what_changed_is_read_again(db: Path, sources: Path) -> None:
    build(db, sources)
    (sources / "a.jsonl").write_text(jsonl(SMALL_PAPERS[1:]) + jsonl([{"title": "New One", "abstract": "We use DPO."}]))
    summary = build(db, sources)
    assert (summary.sources_read, summary.sources_unchanged, summary.new) == (1, 2, 1)
    assert "New One" in titles(db)
    assert SMALL_PAPERS[0]["title"] not in titles(db)


def test_a_changed_source_ends_in_the_graph_of_a_fresh_build(db: Path, sources: Path, tmp_path: Path) -> None:
    build(db, sources)
    (sources / "b.txt").write_text(METADATA.replace("FARM AI Lab", "Other Lab").replace("2024", "2022"))
    (sources / "c.txt").write_text(COMPACT.replace("sheep", "sheep and goats"))
    build(db, sources)
    build(tmp_path / "fresh.db", sources)
    assert export(db) == export(tmp_path / "fresh.db")


def test_a_paper_loses_what_only_its_old_text_named(db: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(jsonl([{"title": "Old", "abstract": "We evaluate on GSM8K."}]))
    build(db, source)
    source.write_text(jsonl([{"title": "Old", "abstract": "We evaluate on HumanEval."}]))
    build(db, source)
    exported = export(db).decode()
    assert "HumanEval" in exported
    assert "GSM8K" not in exported


def test_sources_added_one_by_one_end_in_the_graph_of_all_at_once(db: Path, sources: Path, tmp_path: Path) -> None:
    for name in ("c.txt", "a.jsonl", "b.txt"):
        build(db, sources / name)
    build(tmp_path / "once.db", *sorted(sources.iterdir()))
    assert export(db) == export(tmp_path / "once.db")


@pytest.mark.parametrize("output_format", ["jsonl", "turtle", "graphml"])
def test_the_order_of_sources_does_not_matter(db: Path, sources: Path, tmp_path: Path, output_format: str) -> None:
    files = sorted(sources.iterdir())
    build(db, *files)
    build(tmp_path / "other.db", *reversed(files))
    assert export(db, output_format) == export(tmp_path / "other.db", output_format)


def test_two_builds_in_two_folders_are_the_same_bytes(tmp_path: Path, sample_source: Path, sample_graph: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    copy = tmp_path / "elsewhere" / sample_source.name
    copy.write_bytes(sample_source.read_bytes())
    build(tmp_path / "elsewhere" / "kg.db", copy)
    assert export(tmp_path / "elsewhere" / "kg.db") == export(sample_graph)


def test_two_builds_in_two_processes_are_the_same_bytes(
    tmp_path: Path, sample_source: Path, sample_graph: Path
) -> None:
    run = subprocess.run(
        [sys.executable, "-c", KG, "build", str(sample_source), "--db", "kg.db", "-q"],
        cwd=tmp_path, env=environment(PYTHONHASHSEED="7"), check=True, timeout=120,
    )  # fmt: skip
    assert run.returncode == 0
    assert export(tmp_path / "kg.db") == export(sample_graph)


def test_a_build_in_two_processes_is_the_same_bytes(db: Path, sample_source: Path, tmp_path: Path) -> None:
    copies = tmp_path / "many.jsonl"
    rows = [{"title": f"Paper {n}", "abstract": f"We tune Foo{n}Net with PPO on GSM8K: {n}.5%."} for n in range(150)]
    copies.write_text(jsonl(rows))
    build_graph([str(sample_source), str(copies)], db, jobs=2)
    build_graph([str(sample_source), str(copies)], tmp_path / "one.db", jobs=1)
    assert export(db) == export(tmp_path / "one.db")


def test_a_small_build_starts_no_process(db: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("no process was to be started")

    monkeypatch.setattr(Processes, "map_in_order", refuse)
    assert build_graph([str(sources)], db, jobs=8).new == 7


def test_a_reporter_hears_how_far_the_extraction_is(db: Path, sources: Path) -> None:
    heard = []

    class Ear(Reporter):
        def progress(self, step: str, done: int, total: int) -> None:
            heard.append((step, done, total))

    build_graph([str(sources)], db, Ear())
    assert [each for each in heard if each[0] == "extracting"] == [("extracting", 0, 7), ("extracting", 7, 7)]


def test_entries_of_one_paper_in_several_sources_are_one_paper(db: Path, sources: Path) -> None:
    build(db, sources / "b.txt", sources / "c.txt")
    assert titles(db) == sorted(TITLES)
    with GraphReader(db) as reader:
        assert all(len(paper.sources) == 2 for paper in reader.papers())


def test_a_paper_is_kept_once_for_each_folder_that_holds_a_file_of_the_same_name(db: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_text(BLANK_LINES)
    summary = build(db, tmp_path / "one" / "page.txt", tmp_path / "two" / "page.txt")
    assert (summary.entries, summary.papers) == (6, 3)


def test_a_bad_source_among_good_ones_is_reported_and_skipped(db: Path, sources: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    summary = build(
        db, tmp_path / "empty.txt", sources, tmp_path / "binary.txt", "missing.txt", "https://example.org/x"
    )
    said = ("is empty", "is a binary file", "no such file", "is an address")
    assert all(text in str(error) for text, error in zip(said, summary.errors, strict=True))
    assert summary.papers == 7


def test_a_build_with_bad_sources_only_is_an_error(db: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        build(db, "missing.txt")


# Graphs that grow and shrink


def test_adding_and_removing_a_source_gives_the_graph_from_before(db: Path, sources: Path, sample_source: Path) -> None:
    build(db, sample_source, sources / "b.txt")
    before = {kind: export(db, kind) for kind in ("jsonl", "turtle", "graphml")}
    longer = METADATA.replace("Black wool", "Black wool, dyed or not,")
    (sources / "b2.txt").write_text(longer)
    build_graph([str(sources / "a.jsonl"), str(sources / "b2.txt")], db, create=False)
    assert export(db) != before["jsonl"]
    summary = remove_sources([str(sources / "a.jsonl"), str(sources / "b2.txt")], db)
    assert summary.sources_removed == 2
    after = {kind: export(db, kind) for kind in before}
    assert {**after, "turtle": b""} == {**before, "turtle": b""}
    # Redirects are the only thing that history adds.
    told = rdflib.Graph().parse(data=after["turtle"], format="turtle")
    told.remove((None, rdflib.DCTERMS.isReplacedBy, None))
    told.remove((None, rdflib.OWL.deprecated, None))
    assert isomorphic(told, rdflib.Graph().parse(data=before["turtle"], format="turtle"))


def test_removing_takes_only_what_no_other_source_contributed(db: Path, sources: Path) -> None:
    build(db, sources)
    assert remove_sources([str(sources / "b.txt")], db).papers == 7
    with GraphReader(db) as reader:
        assert {source.partition(":")[0] for paper in reader.papers() for source in paper.sources} == {
            "a.jsonl", "c.txt",
        }  # fmt: skip


def test_a_source_is_removed_by_name_folder_or_pattern_even_when_its_file_is_gone(db: Path, sources: Path) -> None:
    def left(*names: str) -> int:
        build(db, sources)
        remove_sources(names, db)
        return len(titles(db))

    assert left("a.jsonl") == 3
    assert left(str(sources)) == 0
    assert left(str(sources / "*.txt")) == 4
    build(db, sources)
    (sources / "a.jsonl").unlink()
    remove_sources([str(sources / "a.jsonl")], db)
    assert len(titles(db)) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="file names are UTF-8 elsewhere")
def test_a_source_whose_name_is_no_text_is_removed_too(db: Path, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/torn\xff.jsonl")
    Path(path).write_text(jsonl(SMALL_PAPERS))
    assert build(db, path).papers == 4
    assert remove_sources([path], db).papers == 0


def test_nothing_is_removed_when_a_name_is_no_source_of_the_graph(db: Path, sources: Path) -> None:
    build(db, sources)
    with pytest.raises(SourceError, match=r"other.txt: is no source of this graph; it was built from a.jsonl, b.txt"):
        remove_sources([str(sources / "a.jsonl"), "other.txt"], db)
    assert len(titles(db)) == 7


def test_a_graph_that_is_not_there_is_not_grown(db: Path, sources: Path) -> None:
    with pytest.raises(GraphError, match="no such graph"):
        build_graph([str(sources)], db, create=False)
    with pytest.raises(GraphError, match="no such graph"):
        remove_sources([str(sources)], db)
    assert list(db.parent.glob("kg.db*")) == []


def test_since_takes_in_only_what_dates_from_then_on(db: Path, sources: Path) -> None:
    summary = build_graph([str(sources / "a.jsonl")], db, since="2024")
    assert titles(db) == ["Arithmetic With Patience", "Slow Sums"]
    assert (summary.entries, summary.papers, summary.older, summary.undated) == (4, 2, 1, 1)


def test_since_holds_for_the_sources_of_that_build_alone(db: Path, sources: Path) -> None:
    build(db, sources / "b.txt")
    build_graph([str(sources / "a.jsonl")], db, since="2025")
    assert len(titles(db)) == 4
    assert build(db, sources).papers == 7


def test_since_completes_dates_without_a_year_first(db: Path, sources: Path) -> None:
    build_graph([str(sources / "b.txt")], db, since="2025-01-01")
    assert titles(db) == [TITLES[2]]


def test_since_must_be_a_date(db: Path, sources: Path) -> None:
    with pytest.raises(KgError, match="'June' is no date"):
        build_graph([str(sources)], db, since="June")


def said_by_a_build(db: Path, sources: Path) -> list[str]:
    said: list[str] = []

    class Ear(Reporter):
        def say(self, line: str) -> None:
            said.append(line)

    build_graph([str(sources)], db, Ear())
    return said


def test_a_new_vocabulary_extracts_anew_and_says_so(db: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(db, sources)
    code, _, *rest = Recipe.shipped().version.split("+")
    monkeypatch.setattr(Recipe, "version", "+".join((code, "other", *rest)))
    assert said_by_a_build(db, sources) == ["extracting 7 papers anew: vocabulary changed"]
    assert said_by_a_build(db, sources) == []


def test_new_parents_in_the_vocabulary_link_anew_and_extract_nothing(
    db: Path, sources: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    build(db, sources)
    request.getfixturevalue("no_extraction")
    concepts = load_vocabulary().concepts
    gsm8k = replace(concepts["benchmark/gsm8k"], broader=("benchmark/math",))
    changed = Vocabulary.of(concepts | {gsm8k.id: gsm8k})
    assert changed.version == load_vocabulary().version
    monkeypatch.setattr("kg.building.link.load_vocabulary", lambda: changed)
    build(db, sources)
    with GraphReader(db) as reader:
        entity = reader.entity("benchmark/gsm8k")
    assert entity is not None
    assert entity.broader == ("benchmark/math",)


# Builds that are cut short


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, sample_graph: Path) -> Path:
    """Enough papers for a build of some seconds."""
    with GraphReader(sample_graph) as reader:
        papers = list(reader.papers())
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    rows = ({"title": f"{n}: {paper.title}", "abstract": paper.abstract} for n in range(4) for paper in papers)
    path.write_text(jsonl(rows))
    return path


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, many: Path) -> bytes:
    db = tmp_path_factory.mktemp("undisturbed") / "kg.db"
    build(db, many)
    return export(db)


def count(db: Path, table: str) -> int:
    try:
        connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        try:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.OperationalError:  # not there yet
        return 0


def test_a_build_that_was_killed_goes_on_and_ends_in_the_same_graph(db: Path, many: Path, undisturbed: bytes) -> None:
    process = subprocess.Popen([sys.executable, "-c", KG, "build", str(many), "--db", str(db), "-q"], env=environment())
    while count(db, "extraction") == 0 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    done, papers = count(db, "extraction"), count(db, "paper")
    assert 0 < done < papers
    summary = build(db, many)
    assert summary.new == papers - done
    assert export(db) == undisturbed


@pytest.mark.parametrize("step", ["unifying", "store_extractions", "relinking"])
def test_a_build_that_stopped_before_any_step_ends_in_the_same_graph(
    db: Path, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    class StopError(Exception):
        pass

    def stop(*_: object, **__: object) -> None:
        raise StopError

    with monkeypatch.context() as patch:
        patch.setattr(GraphWriter, step, stop)
        with pytest.raises(StopError):
            build(db, sources)
    build(db, sources)
    build(tmp_path / "fresh.db", sources)
    assert export(db) == export(tmp_path / "fresh.db")


def test_a_graph_can_be_read_after_a_build_that_was_killed(db: Path, many: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KG, "build", str(many), "--db", str(db), "-q"], env=environment())
    while count(db, "paper") == 0 and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.wait()
    assert len(titles(db)) == count(db, "paper") > 0
    connection = open_database(db)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_kills_at_random_moments_leave_a_sound_graph_that_ends_the_same(
    db: Path, many: Path, undisturbed: bytes, jobs: int
) -> None:
    command = [sys.executable, "-c", KG, "build", str(many), "--db", str(db), "-q", "--jobs", str(jobs)]
    moments = random.Random(jobs)
    for _ in range(3):
        process = subprocess.Popen(command, env=environment())
        time.sleep(moments.uniform(0.1, 3.5))
        process.kill()
        process.wait()
        with closing(open_database(db, create=True)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    build(db, many)
    assert export(db) == undisturbed


def test_two_builds_at_once_wait_for_each_other_and_lose_nothing(
    db: Path, many: Path, sample_source: Path, tmp_path: Path
) -> None:
    commands = [[sys.executable, "-c", KG, "build", str(each), "--db", str(db)] for each in (many, sample_source)]
    processes = [
        subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) for command in commands
    ]
    talk = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sum("another build is writing to" in each for each in talk) == 1
    build(tmp_path / "once.db", many, sample_source)
    assert export(db) == export(tmp_path / "once.db")


def test_a_build_that_ended_leaves_no_one_waiting(db: Path, sources: Path) -> None:
    class Ear(Reporter):
        def say(self, line: str) -> None:
            raise AssertionError(line)

    for _ in range(2):
        build_graph([str(sources)], db, Ear())


def test_readers_ask_while_a_build_holds_the_graph(db: Path, sources: Path) -> None:
    build(db, sources)
    with build_lock(db, lambda: None):
        assert len(titles(db)) == 7


def test_a_graph_never_shows_evidence_from_a_text_that_it_no_longer_holds(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(jsonl([{"title": "Old", "abstract": "We evaluate on GSM8K."}]))
    build(db, source)
    source.write_text(jsonl([{"title": "Old", "abstract": "Here, now and then, we evaluate on HumanEval."}]))

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(GraphWriter, "store_extractions", stop)
    with pytest.raises(KeyboardInterrupt):
        build(db, source)
    with GraphReader(db) as reader:
        (paper,) = reader.papers()
        assert (list(reader.links()), reader.results_of(paper)) == ([], [])


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 512 kB; only where this user may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = os.geteuid() == 0 and sys.platform == "linux"
    if mounted:
        command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    if not mounted:
        pytest.skip("may not mount a file system")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_one_error_with_the_remedy_and_leaves_a_sound_graph(tiny_disk: Path, many: Path) -> None:
    with pytest.raises(GraphError, match="free some space and run the build again"):
        build(tiny_disk / "kg.db", many)
    connection = open_database(tiny_disk / "kg.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def limit_pages(monkeypatch: pytest.MonkeyPatch, pages: Callable[[], int]) -> None:
    def open_limited(path: Path, *, create: bool = False) -> sqlite3.Connection:
        connection = open_database(path, create=create)
        connection.execute(f"PRAGMA max_page_count = {pages()}")
        return connection

    monkeypatch.setattr("kg.store.writer.open_database", open_limited)


def test_a_build_on_a_full_disk_goes_on_when_there_is_space_again(
    db: Path, sample_source: Path, sample_graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        limit_pages(patch, lambda: 140)
        with pytest.raises(GraphError, match="full; free some space"):
            build(db, sample_source)
    assert len(titles(db)) == 67
    build(db, sample_source)
    assert export(db) == export(sample_graph)


def test_a_full_disk_leaves_what_the_graph_held_before(
    db: Path, sample_source: Path, sample_graph: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(db, sample_source)
    pages = db.stat().st_size // 4096
    with monkeypatch.context() as patch:
        limit_pages(patch, lambda: pages + 150)
        with pytest.raises(GraphError, match="full; free some space"):
            build(db, many)
    with GraphReader(db) as now, GraphReader(sample_graph) as before:
        assert list(now.links()) == list(before.links())
        assert list(now.entities()) == list(before.entities())


def test_lower_confidence_keeps_more_links_without_reading_anew(db: Path, sources: Path) -> None:
    build_graph([str(sources)], db)
    with GraphReader(db) as reader:
        usual = {(link.paper_id, link.entity_id) for link in reader.links()}
    summary = build_graph([str(sources)], db, min_confidence=0.99)
    with GraphReader(db) as reader:
        surest = {(link.paper_id, link.entity_id) for link in reader.links()}
    assert summary.new == 0
    assert surest < usual
    build_graph([str(sources)], db)
    with GraphReader(db) as reader:
        assert {(link.paper_id, link.entity_id) for link in reader.links()} == surest


def setting(db: Path, key: str) -> list[tuple[str, ...]]:
    with GraphReader(db) as reader:
        return reader.rows("SELECT value FROM meta WHERE key = ?", (key,))


def test_a_threshold_is_stored_only_when_somebody_chose_it(db: Path, sources: Path) -> None:
    build(db, sources)
    assert setting(db, "min_confidence") == []
    build_graph([str(sources)], db, min_confidence=0.9)
    build(db, sources)
    assert setting(db, "min_confidence") == [("0.9",)]
    with GraphReader(db) as reader:
        assert min(link.confidence for link in reader.links()) >= 0.9


def test_a_new_default_reaches_graphs_for_which_nobody_chose(
    db: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(db, sources)
    monkeypatch.setattr("kg.building.build.DEFAULT_MIN_CONFIDENCE", 0.95)
    build(db, sources)
    with GraphReader(db) as reader:
        assert min(link.confidence for link in reader.links()) >= 0.95


def test_other_code_of_extraction_extracts_anew(db: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(db, sources)
    monkeypatch.setattr("kg.extraction.recipe.code_digest", lambda *parts: "another")
    assert said_by_a_build(db, sources) == ["extracting 7 papers anew: code changed"]


def test_other_code_of_linking_links_anew(db: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(db, sources)
    before = setting(db, "linked")
    monkeypatch.setattr("kg.linking.decisions.code_digest", lambda *parts: "another")
    build(db, sources)
    assert setting(db, "linked") != before


def test_a_chosen_pipeline_holds_for_later_builds(db: Path, sources: Path, tmp_path: Path) -> None:
    without = Recipe.shipped().without("kg_reader")
    build_graph([str(sources)], db, recipe=without)
    assert build(db, sources).new == 0
    assert setting(db, "pipeline") == [(without.config,)]
    assert build_graph([str(sources)], db, recipe=Recipe.shipped()).new == 7


def test_a_build_without_sources_needs_a_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no such graph"):
        build_graph([], tmp_path / "kg.db", create=False)


def test_a_digest_tells_any_change_of_a_module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "part").mkdir()
    module = tmp_path / "part" / "one.py"
    monkeypatch.setattr("kg.digests._PACKAGE", tmp_path)
    seen = set()
    for code in ("A = 1\n", "A = 2\n", "A = 1\n"):
        module.write_text(code)
        code_digest.cache_clear()
        seen.add(code_digest("part"))
    code_digest.cache_clear()
    assert len(seen) == 2
