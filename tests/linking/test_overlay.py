from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import CurationError
from kg.linking.overlay import Ruling, append_ruling, read_overlay
from kg.linking.rules import Accept, Correction, Dismiss, Merge, OnePaper, PaperRule, Rename, Retype, Split, TwoPapers
from kg.model import EntityType, Relation

_ID = st.builds("{}/{}".format, st.sampled_from(EntityType), st.from_regex(r"[a-z0-9.-]{1,9}", fullmatch=True))
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
_PAPER = st.builds(
    "{}/{}".format, st.sampled_from(["arxiv", "doi", "title"]), st.from_regex(r"[a-z0-9./-]{1,9}", fullmatch=True)
)
_RULE = st.one_of(
    st.builds(OnePaper, _PAPER, _PAPER),
    st.builds(TwoPapers, _PAPER, _PAPER),
    st.builds(Merge, _ID, _ID),
    st.builds(Split, _ID, _TEXT, _ID),
    st.builds(Rename, _ID, _TEXT),
    st.builds(Retype, _ID, st.sampled_from(EntityType)),
    st.builds(Dismiss, _ID, st.none() | _TEXT),
    st.builds(Accept, _ID, st.none() | _TEXT, st.none() | _TEXT, st.none() | st.sampled_from(Relation)),
)


@given(st.lists(_RULE, max_size=4), _TEXT)
def test_rules_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, rules: list[Correction | PaperRule], note: str
) -> None:
    path = tmp_path_factory.mktemp("overlay") / "kg.curation.toml"
    for rule in rules:
        append_ruling(path, Ruling(rule, note))
    read = read_overlay(path)
    assert read.corrections == tuple(rule for rule in rules if not isinstance(rule, PaperRule))
    assert read.papers == tuple(rule for rule in rules if isinstance(rule, PaperRule))


def test_what_a_person_wrote_stays_when_a_rule_is_added(tmp_path: Path) -> None:
    path = tmp_path / "kg.curation.toml"
    ours = '# Ours.\n[[rule]]  # first\naction = "reject"\nentity = "method/foo"\n'
    path.write_text(ours)
    append_ruling(path, Ruling(Merge("method/a", "method/b"), "one thing"))
    assert path.read_text() == ours + (
        '\n[[rule]]\naction = "merge"\nentity = "method/a"\ninto = "method/b"\nnote = "one thing"\n'
    )


def test_a_file_that_is_not_there_holds_no_rules_unless_it_was_asked_for(tmp_path: Path) -> None:
    assert read_overlay(tmp_path / "none.toml").corrections == ()
    with pytest.raises(CurationError, match=r"none.toml: no such file"):
        read_overlay(tmp_path / "none.toml", required=True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[[rule]]\naction = "mrege"\n', r":1: action must be one of merge, split, .* not 'mrege'"),
        ('\n\n[[rule]]\naction = "merge"\nentity = "method/a"\n', r":3: merge needs 'into'"),
        ('[[rule]]\naction = "reject"\nentity = "PPO"\n', r":1: entity must be an entity's id like method/ppo"),
        ('[[rule]]\naction = "one-paper"\npaper = "A Title"\ninto = "doi/10.1/x"\n', r":1: paper must be a paper's id"),
        ('[[rule]]\naction = "two-papers"\npaper = "doi/10.1/x"\n', r":1: two-papers needs 'other'"),
        ('[[rule]]\naction = "reject"\nentity = 7\n', r":1: entity must be a text, not 7"),
        ('[[rule]]\naction = "retype"\nentity = "method/a"\ntype = "thing"\n', r":1: type must be one of method, "),
        ('[[rule]]\naction = "reject"\nentity = "method/a"\ninto = "method/b"\n', r":1: reject knows no 'into'"),
        ('[[rule]]\naction = "reject\n', r": is no TOML: .*line 2"),
        ('[[rules]]\naction = "reject"\n', r": 'rules' is nothing that kg knows"),
        ("rule = 3\n", r": each rule must begin with a line \[\[rule\]\]"),
        ("rule = [1]\n", r": each rule must begin with a line \[\[rule\]\]"),
        ('x = """\n[[rule]]\n"""\n', r": 'x' is nothing that kg knows"),
        (b"\xff\xfe", r"must be a text file in UTF-8"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = tmp_path / "kg.curation.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(CurationError, match=r"kg\.curation\.toml.*" + message):
        read_overlay(path)


@given(st.binary(max_size=200))
def test_any_bytes_are_rules_or_a_reported_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("overlay") / "kg.curation.toml"
    path.write_bytes(b"[[rule]]\n" + data)
    with pytest.raises(CurationError):
        read_overlay(path)


def test_a_rule_that_no_build_would_take_is_never_written(tmp_path: Path) -> None:
    overlay = tmp_path / "kg.curation.toml"
    append_ruling(overlay, Ruling(Merge("method/a", "method/b")))
    before = overlay.read_bytes()
    with pytest.raises(CurationError, match="name must be a text, not ''"):
        append_ruling(overlay, Ruling(Split("method/a", "", "method/c")))
    assert overlay.read_bytes() == before
