from __future__ import annotations

import pickle
import sys
from pathlib import Path

import pytest

from kg.errors import ExtractionError
from kg.extraction.pipeline import Extractor
from kg.extraction.recipe import Recipe, changes
from kg.extraction.weights import shipped
from kg.model import Paper
from kg.vocabulary import load_vocabulary
from tests.conftest import run_python

PAPER = Paper("On Planning", "We propose ZorpNet, a planner. It beats PPO on GSM8K by 3%.")


def test_version_has_code_vocabulary_weights_and_configuration() -> None:
    code, vocabulary, weights, configuration = Recipe.shipped().version.split("+")
    assert vocabulary == load_vocabulary().version
    assert {len(part) for part in (code, weights, configuration)} == {12}


def test_version_needs_no_spacy() -> None:
    program = (
        "import sys; from kg.extraction.recipe import Recipe; Recipe.shipped().version; print('spacy' in sys.modules)"
    )
    assert run_python("-c", program).stdout == "False\n"


def test_comments_and_blanks_change_no_version() -> None:
    recipe = Recipe.shipped()
    assert Recipe(recipe.config + "\n# a note\n\n").version == recipe.version


def test_another_setting_changes_the_configuration_alone() -> None:
    recipe = Recipe.shipped()
    other = recipe.with_setting("kg_gazetteer", "score", 0.9)
    assert changes(recipe.version, other.version) == "configuration changed"
    assert other.with_setting("kg_gazetteer", "score", 0.95).version == recipe.version


def test_other_weights_change_the_weights_alone(tmp_path: Path) -> None:
    weights = tmp_path / "confidence.json"
    weights.write_text('{"bias": 3.0}')
    other = Recipe.shipped().with_setting("kg_judge", "weights", str(weights))
    assert changes(Recipe.shipped().version, other.version) == "weights changed"
    ((_, found),) = Extractor(other).extract([PAPER])
    assert {entity.confidence for entity in found.entities} == {0.953}


def test_the_same_weights_elsewhere_change_nothing(tmp_path: Path) -> None:
    weights = tmp_path / "confidence.json"
    weights.write_bytes(shipped("confidence.json").read_bytes())
    assert Recipe.shipped().with_setting("kg_judge", "weights", str(weights)).version == Recipe.shipped().version


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ("5+aaa+bbb", "c0de+aaa+bbb+cfg", "code changed"),
        ("5+aaa+bbb", "c0de+xxx+bbb+cfg", "code and vocabulary changed"),
        ("c0de+aaa+bbb+cfg", "c0de+xxx+yyy+cfg", "vocabulary and weights changed"),
        ("c0de+aaa+bbb+cfg", "c1+xxx+yyy+cfh", "code, vocabulary, weights and configuration changed"),
    ],
)
def test_changes_are_told_in_words(before: str, now: str, said: str) -> None:
    assert changes(before, now) == said


def test_a_recipe_goes_to_another_process_and_reads_the_same_there() -> None:
    there = pickle.loads(pickle.dumps(Recipe.shipped()))
    assert there == Recipe.shipped()
    assert list(Extractor(there).extract([PAPER])) == list(Extractor(Recipe.shipped()).extract([PAPER]))


def test_weights_are_read_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('{"bias": 3.0}')
    file = tmp_path / "mine.cfg"
    file.write_text(Recipe.shipped().with_setting("kg_judge", "weights", "mine.json").config)
    ((_, found),) = Extractor(Recipe.read(file)).extract([PAPER])
    assert {entity.confidence for entity in found.entities} == {0.953}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff", "mine.cfg: is not UTF-8"),
        (b"no configuration", "mine.cfg: no configuration of spaCy"),
        (b"[paths]\na = 1", r"mine.cfg: no configuration of a pipeline: it needs the setting 'pipeline'"),
        (
            b'[nlp]\npipeline = ["kg_judge"]\n[components.kg_judge]\nfactory = "kg_judge"\nweights = "gone.json"',
            "mine.cfg: .*gone.json: cannot be read",
        ),
    ],
)
def test_a_wrong_file_is_an_error_that_names_it(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "mine.cfg").write_bytes(content)
    with pytest.raises(ExtractionError, match=said):
        Recipe.read(tmp_path / "mine.cfg")


def test_a_missing_file_is_an_error() -> None:
    with pytest.raises(ExtractionError, match=r"gone\.cfg: cannot be read"):
        Recipe.read(Path("gone.cfg"))


@pytest.mark.parametrize(
    ("component", "option", "value"),
    [("kg_gazetteer", "factory", "zorp_names"), ("kg_gazetteer", "score", "high"), ("kg_judge", "settings", {})],
)
def test_a_pipeline_that_cannot_be_made_is_one_line_that_says_why(component: str, option: str, value: object) -> None:
    recipe = Recipe.shipped().with_setting(component, option, value)
    with pytest.raises(ExtractionError, match="the pipeline cannot be made: ") as raised:
        Extractor(recipe).nlp  # noqa: B018
    assert "\n" not in str(raised.value)


def test_a_setting_of_no_component_is_an_error() -> None:
    with pytest.raises(ExtractionError, match=r"no section \[components.kg_zorp\]"):
        Recipe.shipped().with_setting("kg_zorp", "score", 1)


PLUGIN = """
from spacy.language import Language
from kg.extraction.document import findings
from kg.extraction.proposals import NameProposal, RelationProposal, RowProposal
from kg.model import EntityType, Relation, ResultKind, Rule

@Language.factory("zorp_joint")
def make(nlp, name, word: str):
    def read(doc):
        found = findings(doc)
        start = found.text.index(word)
        end = start + len(word)
        found.names.append(NameProposal(start, end, word, Rule.PLUGIN, 0.9, EntityType.DATASET))
        found.relations.append(RelationProposal(start, end, Relation.TRAINS_ON, 0.99, name))
        number = found.text.index("four")
        span = number, number + 4
        absolute = ResultKind.ABSOLUTE
        found.rows.append(RowProposal(*span, span, 4.0, None, absolute, 0.9, name, on=((start, end),)))
        return doc
    return read
"""


def test_a_component_of_another_package_proposes_beside_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "zorp_joint.py").write_text(PLUGIN)
    info = tmp_path / "zorp_joint-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: zorp-joint\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[spacy_factories]\nzorp_joint = zorp_joint:make\n")
    config = Recipe.shipped().config.replace('"kg_repeats"', '"zorp_joint", "kg_repeats"', 1)
    config += '\n[components.zorp_joint]\nfactory = "zorp_joint"\nword = "the old mazes"\n'
    (tmp_path / "mine.cfg").write_text(config)
    program = (
        "from pathlib import Path; from kg.extraction.pipeline import Extractor; from kg.model import Paper\n"
        "from kg.extraction.recipe import Recipe\n"
        "paper = Paper('On Planning', 'Planning is hard. We walk the old mazes and get four of ten right.')\n"
        "((_, found),) = Extractor(Recipe.read(Path('mine.cfg'))).extract([paper])\n"
        "for e in found.entities: print(e.name, e.type, e.relation, e.mentions[0].rule)\n"
        "for r in found.results: print(r.value, r.on.text)"
    )
    monkeypatch.setenv("PYTHONPATH", "")
    done = run_python("-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{program}", cwd=tmp_path)
    assert done.stdout.splitlines() == ["the old mazes dataset trains_on plugin", "four the old mazes"], done.stderr
    assert sys.modules.get("zorp_joint") is None
