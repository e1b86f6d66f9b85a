from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.plugins import load_target, offered_commands

OFFERED = {offer.value.name: offer for offer in offered_commands()}
COMMANDS = sorted(OFFERED)
NO_GRAPH = ("diff", "curate", "fetch", "plugins", "train", "watch")


def help_of(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--help"])
    assert result.exit_code == 0
    return result.output


def command(name: str) -> click.Command:
    found: click.Command = load_target(OFFERED[name].value.command, OFFERED[name])
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_is_for_in_the_words_of_the_list(name: str) -> None:
    assert command(name).get_short_help_str(400) == OFFERED[name].value.summary
    assert OFFERED[name].value.summary.endswith(".")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_begins_with_it(name: str) -> None:
    text = help_of(name)
    assert "Example" in text
    assert f"kg {name}" in text.partition("Example")[2]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    silent = [p.name for p in command(name).params if isinstance(p, click.Option) and not p.help]
    assert silent == []


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_h_is_help(name: str | None) -> None:
    arguments = [name] if name else []
    result = CliRunner().invoke(main, [*arguments, "-h"])
    assert (result.exit_code, result.output) == (0, help_of(*arguments))


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in NO_GRAPH])
def test_every_command_takes_the_graph_file(name: str) -> None:
    assert "--db" in {option for parameter in command(name).params for option in parameter.opts}


def test_the_group_lists_every_command() -> None:
    assert all(f"\n  {name} " in help_of() for name in COMMANDS)


def test_the_version_is_that_of_the_package() -> None:
    from kg import __version__

    assert CliRunner().invoke(main, ["--version"]).output == f"kg, version {__version__}\n"
