"""Plugins: the hooks, in this process; and installed ones, the example's among them, as their users have them."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg import plugins
from kg.cli.main import main
from kg.errors import KgError, SourceError
from kg.exporting import write_export
from kg.hookspecs import Command, Exporter, Head, Reader, Source, hookimpl
from kg.model import Paper, Reject
from kg.plugins import offered_commands, offered_exporters, offered_readers, register, unregister
from kg.questions import Question, question, questions
from kg.sources import SourceFile, find_sources, read_source
from kg.sources.fields import make_paper
from kg.store import GraphReader
from tests.conftest import KG, ROOT, environment

EXAMPLE = ROOT / "examples" / "plugin"
LIST = """\
# Reading list

## Slow Sums
<!-- arxiv:2402.00002 -->

We train Llama 2 with PPO and evaluate on GSM8K.

## \n
Nothing is known of this one.
"""


class Exporters:
    def __init__(self, *exporters: object) -> None:
        self._exporters = exporters

    @hookimpl
    def kg_exporters(self) -> Iterable[object]:
        return self._exporters


class Readers:
    def __init__(self, *readers: Reader) -> None:
        self._readers = readers

    @hookimpl
    def kg_readers(self) -> Iterable[Reader]:
        return self._readers


class Failing:
    @hookimpl
    def kg_exporters(self) -> Iterable[Exporter]:
        raise RuntimeError("the moon is\nfull")


@pytest.fixture(autouse=True)
def _only_those_of_kg_stay() -> Iterator[None]:
    before = set(plugins._loaded().plugins)
    yield
    for name in set(plugins._loaded().plugins) - before:
        unregister(name)


def write_count(reader: GraphReader, stream: io.BytesIO, base: str) -> None:
    stream.write(b"%d papers" % sum(1 for _ in reader.papers()))


def read_sheep(source: Source) -> Iterator[Paper | Reject]:
    for number, line in enumerate(source.stream.read().decode().splitlines()[1:], 1):
        yield make_paper(f"{source.name}:{number}", line, "")


def starts_with_sheep(head: Head) -> bool:
    return head.start.startswith("sheep")


def source(data: bytes) -> SourceFile:
    return SourceFile("key", "some.txt", None, data)


def titles(data: bytes) -> list[str]:
    return [row.title for row in read_source(source(data)) if isinstance(row, Paper)]


# What a plugin offers


def test_an_exporter_of_a_plugin_writes_like_one_of_ours(reader: GraphReader) -> None:
    register(Exporters(Exporter("count", "how many", write_count)), "counting")
    stream = io.BytesIO()
    write_export(reader, "count", stream)
    assert stream.getvalue() == b"67 papers"


def test_an_exporter_is_given_no_option_that_it_does_not_take(reader: GraphReader) -> None:
    register(Exporters(Exporter("count", "how many", write_count)), "counting")
    with pytest.raises(KgError, match="count has no option --abstracts"):
        write_export(reader, "count", io.BytesIO(), abstracts=True)


def test_a_reader_of_a_plugin_is_asked_before_those_of_ours() -> None:
    data = b"sheep\nOn Wool\nOn Milk\n"
    with pytest.raises(SourceError, match="reads like running text"):
        titles(data)
    register(Readers(Reader("sheep", starts_with_sheep, read_sheep)), "sheep")
    assert titles(data) == ["On Wool", "On Milk"]


def test_a_reader_of_low_rank_gets_what_ours_do_not_take() -> None:
    register(Readers(Reader("all", lambda head: True, read_sheep, rank=10)), "all")
    assert titles(b'{"title": "Slow Sums"}\n') == ["Slow Sums"]
    assert titles(b"sheep\nOn Wool\n") == ["On Wool"]


def test_a_binary_reader_gets_what_is_no_text() -> None:
    def read(source: Source) -> Iterator[Paper | Reject]:
        yield make_paper(f"{source.name}:1", f"{len(source.stream.read())} bytes", "")

    photo = b"\x89PNG\r\n\x1a\n\x00\x00"
    with pytest.raises(SourceError, match="is an image"):
        titles(photo)
    register(Readers(Reader("photo", lambda head: head.data.startswith(b"\x89PNG"), read, binary=True)), "photo")
    assert titles(photo) == ["10 bytes"]


def test_a_folder_is_searched_for_the_endings_of_a_reader(tmp_path: Path) -> None:
    (tmp_path / "a.sheep").write_text("sheep\nOn Wool\n")
    (tmp_path / "b.txt").write_text("sheep\nOn Milk\n")

    def names() -> list[str]:
        return [found.name for found in find_sources([str(tmp_path)]) if isinstance(found, SourceFile)]

    assert names() == ["b.txt"]
    register(Readers(Reader("sheep", starts_with_sheep, read_sheep, suffixes=(".sheep",))), "sheep")
    assert names() == ["a.sheep", "b.txt"]


def test_ours_come_first_then_others_in_the_order_of_registration() -> None:
    register(Exporters(Exporter("a", "", write_count)), "a")
    names = [offer.value.name for offer in offered_exporters()]
    assert (names[0], names[-1]) == ("turtle", "a")
    assert offered_exporters().get("turtle").plugin.built_in
    assert not offered_exporters().get("a").plugin.built_in


def test_ranks_of_our_readers_differ_and_listings_come_last() -> None:
    ranks = [offer.value.rank for offer in offered_readers()]
    assert ranks == sorted(set(ranks), reverse=True)
    assert offered_readers().get("listing").value.rank == min(ranks)


class Questions:
    def __init__(self, *questions: object) -> None:
        self._questions = questions

    @hookimpl
    def kg_questions(self) -> Iterable[object]:
        return self._questions


@dataclass(frozen=True)
class Counted:
    """Nothing to say."""


def asked(name: str) -> Question[Counted, int]:
    return Question(name, "How many papers?", Counted, int, lambda reader, _: sum(1 for _ in reader.papers()))


def test_a_question_of_a_plugin_is_in_the_registry(reader: GraphReader) -> None:
    register(Questions(asked("count")), "counting")
    assert question("count").ask(reader, Counted()) == 67
    assert questions()[-1].name == "count"
    unregister("counting")
    with pytest.raises(KgError, match="is no question"):
        question("count")


@pytest.mark.parametrize("name", ["papers", "count"])
def test_two_questions_of_one_name_are_an_error_that_names_the_plugin(name: str) -> None:
    register(Questions(asked("count")), "one")
    register(Questions(asked(name)), "two")
    with pytest.raises(KgError, match="two"):
        questions()


# What goes wrong


def test_two_exporters_of_one_name_are_an_error_that_names_both() -> None:
    register(Exporters(Exporter("count", "", write_count)), "one")
    register(Exporters(Exporter("count", "", write_count)), "two")
    with pytest.raises(KgError, match="'count' is offered by two plugins, one and two"):
        offered_exporters().get("count")
    assert offered_exporters().get("turtle")


def test_none_takes_the_place_of_ours_in_silence() -> None:
    register(Exporters(Exporter("turtle", "", write_count)), "other")
    with pytest.raises(KgError, match=r"two plugins, kg\.rdf and other"):
        offered_exporters().get("turtle")


def test_two_readers_of_one_source_are_an_error_that_names_both() -> None:
    register(Readers(Reader("sheep", starts_with_sheep, read_sheep)), "one")
    register(Readers(Reader("lambs", starts_with_sheep, read_sheep)), "two")
    with pytest.raises(SourceError, match=r"some\.txt: plugins one and two both"):
        titles(b"sheep\nOn Wool\n")
    assert titles(b'{"title": "Slow Sums"}\n') == ["Slow Sums"]


def test_a_hook_that_fails_costs_its_plugin_and_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    register(Failing(), "failing")
    register(Exporters(Exporter("count", "", write_count)), "counting")
    for _ in range(2):
        assert "count" in offered_exporters()
    (message,) = [record.getMessage() for record in caplog.records]
    assert message.startswith("kg: plugin failing fails in kg_exporters (RuntimeError: the moon is full)")
    assert "KG_LOAD_PLUGINS" in message


def test_a_hook_that_gives_what_it_should_not_costs_its_plugin(caplog: pytest.LogCaptureFixture) -> None:
    register(Exporters("count"), "confused")
    assert "count" not in offered_exporters()
    assert "'count' is no Exporter" in caplog.text


def test_an_exporter_that_fails_is_told_by_name(reader: GraphReader) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    register(Exporters(Exporter("count", "", fail)), "counting")
    with pytest.raises(KgError, match=r"plugin counting failed at writing count \(ZeroDivisionError: by zero\)"):
        write_export(reader, "count", io.BytesIO())


@pytest.mark.parametrize("step", ["detecting", "reading"])
def test_a_reader_that_fails_costs_its_source(step: str) -> None:
    def fail(_: object) -> Iterator[Paper | Reject]:
        raise ZeroDivisionError

    failing = Reader("sheep", fail if step == "detecting" else starts_with_sheep, fail)  # type: ignore[arg-type]
    register(Readers(failing), "sheep")
    with pytest.raises(SourceError, match=rf"some\.txt: plugin sheep failed at {step} sheep \(ZeroDivisionError\)"):
        titles(b"sheep\nOn Wool\n")


def test_what_cannot_be_imported_is_told_when_it_is_asked_for() -> None:
    register(Exporters(Exporter("count", "", "no_such_module:write")), "counting")
    offer = offered_exporters().get("count")
    with pytest.raises(KgError, match="count, of plugin counting, cannot be loaded"):
        plugins.load_target(offer.value.write, offer)


class Mistaken:
    @hookimpl
    def kg_readerz(self) -> Iterable[Reader]:
        return ()


class Greedy:
    @hookimpl
    def kg_readers(self, everything: object) -> Iterable[Reader]:
        return ()


@pytest.mark.parametrize(("plugin", "message"), [(Mistaken(), "no hook kg_readerz"), (Greedy(), "everything")])
def test_what_has_no_such_hook_is_no_plugin(plugin: object, message: str) -> None:
    with pytest.raises(KgError, match=message):
        register(plugin, "wrong")
    assert "wrong" not in plugins._loaded().plugins


def test_a_name_is_registered_once() -> None:
    register(Exporters(), "one")
    with pytest.raises(KgError, match="registered already"):
        register(Exporters(), "one")
    unregister("one")
    with pytest.raises(KgError, match="no plugin is called 'one'"):
        unregister("one")


def test_a_command_under_the_name_of_ours_leaves_the_others_alone(invoke: object) -> None:
    class Commands:
        @hookimpl
        def kg_commands(self) -> Iterable[Command]:
            return [Command("stats", "Other counts.", "nowhere:stats")]

    register(Commands(), "other")
    assert callable(invoke)
    result = invoke("stats")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert "kg.commands and other" in result.stderr
    assert invoke("--help").output.count("\n  stats ") == 1
    assert invoke("plugins").exit_code == 0
    assert main.list_commands(None).count("stats") == 1  # type: ignore[arg-type]


def test_plugins_are_listed_with_what_they_offer_and_what_is_wrong() -> None:
    register(Exporters(Exporter("count", "", write_count)), "counting")
    register(Failing(), "failing")
    listed = {plugin.name: plugin for plugin in plugins.list_plugins()}
    assert listed["counting"].hooks == ("kg_exporters",)
    assert listed["counting"].offers == ("count",)
    assert "RuntimeError" in listed["failing"].problem
    assert listed["kg.neo4j"].offers == ("csv",)
    assert {offer.value.name for offer in offered_commands()} == set(listed["kg.commands"].offers)


# Installed


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example, and with packages that are broken in several ways."""
    pytest.importorskip("hatchling", reason="the example is built by hatchling")
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--target", target, EXAMPLE], check=True, timeout=120)
    install(target, "kg-plugin-broken", "kg", broken="import no_such_module\n")
    install(target, "kg-plugin-rude", "kg", rude="raise SystemExit('bye')\n")
    install(
        target, "kg-plugin-future", "kg", future="import kg.hookspecs as h\n@h.hookimpl\ndef kg_dreams(): return []\n"
    )
    install(target, "kg-components", "spacy_factories", kg_nothing="")
    return target


def install(target: Path, package: str, group: str, **modules: str) -> None:
    """What an installer leaves of a package: its modules, each an entry point, and their description."""
    info = target / f"{package.replace('-', '_')}-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 0.1\n")
    (info / "entry_points.txt").write_text(f"[{group}]\n" + "".join(f"{name} = {name}\n" for name in modules))
    for name, text in modules.items():
        (target / f"{name}.py").write_text(text)


@pytest.fixture
def run(tmp_path: Path, installed: Path) -> object:
    """Run ``kg`` with these packages installed; only the plugins that are chosen."""

    def run(*arguments: str, choose: str | None = "kg-plugin-markdown") -> subprocess.CompletedProcess[str]:
        env = environment()
        env["PYTHONPATH"] += f":{installed}"
        env.pop("KG_LOAD_PLUGINS")
        if choose is not None:
            env["KG_LOAD_PLUGINS"] = choose
        command = [sys.executable, "-c", KG, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path, env=env)

    (tmp_path / "list.md").write_text(LIST)
    return run


def test_the_example_reads_writes_and_adds_a_command(run: object, tmp_path: Path) -> None:
    assert callable(run)
    assert "headings  List the papers of a reading list in Markdown.\n" in run("--help").stdout
    assert run("headings", "list.md").stdout == "Slow Sums\nlist.md:8: has no title\n"
    built = run("build", "list.md", "--db", "kg.db")
    assert built.returncode == 0, built.stderr
    assert "list.md:8: has no title" in built.stderr + built.stdout
    written = run("export", "--format", "markdown", "--db", "kg.db", "-o", "again.md")
    assert written.returncode == 0, written.stderr
    assert (tmp_path / "again.md").read_text() == LIST.partition("\n## \n")[0]
    assert "markdown   a reading list" in run("export", "--help").stdout


@pytest.mark.parametrize("output_format", ["table", "json", "jsonl", "csv"])
def test_plugins_are_listed_in_every_format(run: object, output_format: str) -> None:
    assert callable(run)
    done = run("plugins", "--format", output_format)
    assert (done.returncode, done.stderr) == (0, "")
    assert "kg_nothing" in done.stdout
    assert "kg_readers" in done.stdout
    if output_format == "json":
        rows = {row["name"]: row for row in json.loads(done.stdout)}
        assert rows["markdown"] == {
            "name": "markdown",
            "version": "0.1",
            "distribution": "kg-plugin-markdown",
            "hooks": ["kg_readers", "kg_exporters", "kg_commands"],
            "offers": ["markdown", "headings"],
            "problem": None,
        }
        assert rows["kg-components"]["hooks"] == ["spacy_factories"]


def test_plugins_that_cannot_be_loaded_cost_a_line_each(run: object) -> None:
    assert callable(run)
    done = run("headings", "list.md", choose=None)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Slow Sums")
    lines = done.stderr.splitlines()
    assert [line.split("(")[0] for line in lines] == [
        f"kg: plugin {name} cannot be loaded " for name in ("broken", "future", "rude")
    ]
    assert "no_such_module" in lines[0]
    assert "kg_dreams" in lines[1]
    listed = {row["name"]: row for row in json.loads(run("plugins", "--format", "json", choose=None).stdout)}
    assert "SystemExit: bye" in listed["rude"]["problem"]


def test_plugins_can_be_chosen_by_either_name(run: object) -> None:
    assert callable(run)
    assert run("headings", "list.md", choose="Markdown").returncode == 0
    assert run("headings", "list.md", choose="kg_plugin.markdown, broken").stderr.count("\n") == 1
    assert run("headings", "list.md", choose="").returncode == 2
    assert "'nothing', and no plugin" in run("plugins", choose="nothing").stderr


def test_the_readme_of_the_example_shows_a_list_that_it_reads(run: object, tmp_path: Path) -> None:
    assert callable(run)
    block = (EXAMPLE / "README.md").read_text(encoding="utf-8").partition("```markdown\n")[2].partition("```")[0]
    (tmp_path / "shown.md").write_text(block)
    assert run("headings", "shown.md").stdout == "Slow Sums\n"
