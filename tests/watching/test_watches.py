"""The file of watches: written by commands, edited by people, refused with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, WatchError
from kg.watching.watches import Watch, add_watch, name_for, read_watches, remove_watch, watch_of

GSM8K = watch_of("math", {"benchmark": ["GSM8K"], "relation": "evaluates_on", "exact": True, "min_confidence": 0.5})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kg.watches.toml"


def test_what_is_added_is_read_again(path: Path) -> None:
    other = watch_of("sheep", {"text": 'count "sheep"\\', "author": ["Ada Apple"]})
    add_watch(path, GSM8K)
    add_watch(path, other)
    assert read_watches(path) == (GSM8K, other)
    assert 'benchmark = ["GSM8K"]\nrelation = "evaluates_on"\nexact = true\nmin_confidence = 0.5' in path.read_text()


@given(st.text(min_size=1), st.lists(st.text(min_size=1), min_size=1))
def test_any_text_is_read_as_it_was_watched(
    tmp_path_factory: pytest.TempPathFactory, text: str, names: list[str]
) -> None:
    path = tmp_path_factory.mktemp("any") / "kg.watches.toml"
    watch = watch_of("any", {"text": text, "method": names})
    add_watch(path, watch)
    (read,) = read_watches(path)
    assert read.query.text == text.encode("utf-8", "replace").decode()
    assert len(read.query.method) == len(names)


def test_comments_of_people_stay(path: Path) -> None:
    path.write_text(
        'version = 1\n# mine\n[[watch]]\nname = "a"\ntext = "x" # why\n\n# of b\n[[watch]]\nname = "b"\ntext = "y"\n'
    )
    add_watch(path, GSM8K)
    remove_watch(path, "a")
    text = path.read_text()
    assert "# mine" in text
    assert "# of b" in text
    assert [each.name for each in read_watches(path)] == ["b", "math"]


def test_a_file_that_is_not_there_has_no_watches(path: Path) -> None:
    assert read_watches(path) == ()
    with pytest.raises(WatchError, match="no watch called 'math'; there is none yet"):
        remove_watch(path, "math")


def test_no_two_watches_have_one_name(path: Path) -> None:
    add_watch(path, GSM8K)
    with pytest.raises(WatchError, match="there is a watch called 'math'"):
        add_watch(path, GSM8K)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[watch]", "is no TOML"),
        ("version = 2", "is of version 2"),
        ("sheep = 1", "'sheep' is nothing that kg knows"),
        ('[[watch]]\nname = "a"', "watch 1: the watch 'a' asks for nothing"),
        ('[[watch]]\nname = "a"\nexact = true', "asks for nothing"),
        ('[[watch]]\ntext = "a"', "watch 1: '' cannot be the name"),
        ('[[watch]]\nname = "a"\nlimit = 3', "'limit' is nothing that a watch can ask"),
        ('[[watch]]\nname = "a"\nsince = "spring"', "watch 1: 'spring' is no date"),
        ('[[watch]]\nname = "a"\ntext = "x"\n[[watch]]\nname = "a"\ntext = "y"', "two watches are called 'a'"),
        ('watch = [{name = "a", text = "x"}]', r"must begin with a line \[\[watch\]\]"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(path: Path, text: str, said: str) -> None:
    path.write_text(text)
    with pytest.raises(WatchError, match=said):
        read_watches(path)


@pytest.mark.parametrize("name", ["", "two\nlines", "\x1b[31mred", " blank ", "x" * 81])
def test_a_name_is_one_harmless_line(name: str) -> None:
    with pytest.raises(KgError, match="cannot be the name of a watch"):
        watch_of(name, {"text": "sheep"})


def test_a_watch_without_a_name_is_called_by_what_it_asks() -> None:
    words = {"benchmark": ("SWE-bench\tVerified",), "exact": True}
    assert watch_of(name_for(words), words) == Watch("SWE-bench Verified", watch_of("x", words).query)
