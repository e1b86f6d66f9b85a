"""The page on plugins has every hook, with its signature, and no other."""

from __future__ import annotations

import inspect
import re

from kg import hookspecs
from kg.plugins import HOOKS, offered_readers
from tests.conftest import ROOT
from tests.docs.blocks import blocks_of

PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / "examples" / "plugin" / "kg_plugin_markdown" / "__init__.py").read_text(encoding="utf-8")


def test_every_hook_is_documented_and_every_documented_hook_exists() -> None:
    specified = [name for name in vars(hookspecs) if name.startswith("kg_")]
    assert re.findall(r"^### `(kg_\w+)", PAGE, re.MULTILINE) == specified == list(HOOKS)


def test_hooks_are_documented_with_their_signatures() -> None:
    for hook in HOOKS:
        signature = inspect.signature(getattr(hookspecs, hook))
        shown = f"{hook}{signature}".replace("'", "").replace("Named", "Question")
        assert f"### `{shown}`" in PAGE


def test_every_hook_says_what_it_is_for() -> None:
    assert all(inspect.getdoc(getattr(hookspecs, hook)) for hook in HOOKS)


def test_the_ranks_of_our_readers_are_told() -> None:
    assert all(re.search(rf"`{offer.value.name}`\s{offer.value.rank}\b", PAGE) for offer in offered_readers())


def test_the_functions_that_are_shown_are_those_of_the_example() -> None:
    shown = [block.text for block in blocks_of("python") if block.page == "docs/plugins.md"]
    code = re.sub(r'\n    """.*?"""', "", EXAMPLE)
    for function in re.findall(r"(?:^@hookimpl\n)?^def .*?(?=\n\n|\Z)", "\n\n".join(shown), re.MULTILINE | re.DOTALL):
        assert function.strip() in code
