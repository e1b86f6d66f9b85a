from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kg import view
from kg.errors import KgError
from kg.store import GraphReader
from kg.view import Drawn, Part, write_view
from kg.view import page as page_module

HOSTILE_TITLE = "<img src=x onerror=alert(1)>"
HOSTILE_NAME = "</script><script>alert(1)</script>"


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text of each script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.texts: list[str] = []
        self.declaration = ""
        self.feed(html)

    def handle_decl(self, decl: str) -> None:
        self.declaration = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.elements[-1] if self.elements else ("", {})
        if tag == "script" and len(self.scripts) < sum(name == "script" for name, _ in self.elements):
            self.scripts.append((attributes, data))
        self.texts.append(data)

    def block(self, name: str) -> dict[str, Any]:
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == name]
        parsed: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(text)))
        return parsed


@pytest.fixture
def html(reader: GraphReader, tmp_path: Path) -> str:
    write_view(reader, tmp_path / "kg.html")
    return (tmp_path / "kg.html").read_text(encoding="utf-8")


@pytest.fixture
def page(html: str) -> Page:
    return Page(html)


def test_drawn_counts_what_the_file_shows(reader: GraphReader, tmp_path: Path) -> None:
    assert write_view(reader, tmp_path / "kg.html", Part(top=1)) == Drawn(1, 3, 6, 4, "pyvis")


def test_two_writes_are_byte_identical(reader: GraphReader, tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        write_view(reader, tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_processes_with_other_hash_seeds_write_the_same(reader: GraphReader, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kg.store import GraphReader; from kg.view import write_view; "
        "write_view(GraphReader(Path(sys.argv[1])), Path(sys.argv[2]))"
    )
    for seed in ("1", "2"):
        output = tmp_path / f"{seed}.html"
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", program, str(reader.path), str(output)], check=True, env=environment)
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_hostile_text_makes_no_element(page: Page) -> None:
    assert "img" not in [tag for tag, _ in page.elements]
    assert [tag for tag, _ in page.elements].count("script") == 4
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]


def test_hostile_text_is_data_and_nothing_else(page: Page, html: str) -> None:
    assert HOSTILE_TITLE in page.block("texts")["titles"]
    assert HOSTILE_NAME in page.block("scene")["entities"]["label"]
    assert HOSTILE_TITLE not in html
    assert HOSTILE_NAME not in html


def test_page_refers_to_nothing_outside_itself(page: Page) -> None:
    references = [
        attributes[name]
        for _, attributes in page.elements
        for name in ("src", "href", "srcset", "data")
        if name in attributes
    ]
    assert set(references) == {"#search", "data:,"}
    styles = "".join(page.texts)
    assert not re.search(r"@import|url\(\s*[\"']?https?:", styles)


def test_policy_allows_exactly_the_inlined_scripts(page: Page) -> None:
    (policy,) = [a["content"] for _, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    code = [text for attributes, text in page.scripts if "type" not in attributes]
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in code]
    assert rules["default-src"] == "'none'"
    assert rules["script-src"].split() == hashes
    assert len(hashes) == 2


def test_page_is_a_proper_document(page: Page, html: str) -> None:
    tags = [tag for tag, _ in page.elements]
    assert html.startswith("<!doctype html>")
    assert dict(page.elements)["html"] == {"lang": "en"}
    for unique in ("title", "main", "h1", "aside"):
        assert tags.count(unique) == 1, unique


def test_evidence_marks_the_mention_in_rendered_text(page: Page) -> None:
    scene, texts = page.block("scene"), page.block("texts")
    paper = texts["titles"].index("B-Coder learns arithmetic")
    entity = scene["entities"]["id"].index("benchmark/gsm8k")
    link = list(zip(scene["links"]["paper"], scene["links"]["entity"], strict=True)).index((paper, entity))
    sentence = texts["sentences"][texts["evidence"]["sentence"][link]]
    assert sentence == "It solves 40.0% of GSM8K & beats PPO there."
    assert sentence[texts["evidence"]["start"][link] : texts["evidence"]["end"][link]] == "GSM8K"


def test_results_name_what_they_are_about(page: Page) -> None:
    (result,) = page.block("texts")["results"]
    assert result["text"] == "40.0% accuracy on GSM8K"
    assert [page.block("scene")["entities"]["label"][each] for each in result["entities"]] == ["GSM8K"]


def test_families_are_told(page: Page) -> None:
    ids, texts = page.block("scene")["entities"]["id"], page.block("texts")
    assert texts["broader"][ids.index("model/gpt-4")] == [["model/gpt", "GPT"]]
    assert texts["narrower"][ids.index("method/ppo")] == [["method/grpo", "GRPO"]]


def test_small_graphs_are_built_by_pyvis_and_large_ones_drawn_by_webgl(
    reader: GraphReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert write_view(reader, tmp_path / "kg.html").renderer == "pyvis"
    monkeypatch.setattr(view, "MOST_FOR_PYVIS", 9)
    assert write_view(reader, tmp_path / "kg.html").renderer == "webgl"
    assert "visjs.github.io" not in (tmp_path / "kg.html").read_text(encoding="utf-8")


def test_page_carries_the_licences_of_its_scripts(reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "kg.html", renderer="webgl")
    html = (tmp_path / "kg.html").read_text(encoding="utf-8")
    for name in ("sigma", "graphology"):
        assert re.search(rf"^{name} [0-9.]+ \(MIT\)", html, re.MULTILINE)


def test_webgl_page_is_small(reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "kg.html", renderer="webgl")
    assert (tmp_path / "kg.html").stat().st_size < 400_000


def test_checkout_without_scripts_says_how_to_build_them(
    reader: GraphReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_module, "files", lambda package: tmp_path)
    with pytest.raises(KgError, match="pip install --editable"):
        write_view(reader, tmp_path / "kg.html")


def test_focus_is_named_in_the_title_and_opened(reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "kg.html", Part(focus="GRPO"))
    page = Page((tmp_path / "kg.html").read_text(encoding="utf-8"))
    scene = page.block("scene")
    assert scene["entities"]["id"][scene["focus"]] == "method/grpo"
    assert any(text.startswith("GRPO and what papers name with it") for text in page.texts)


def test_folder_of_the_output_is_made_and_nothing_else_left(reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "new" / "deep" / "kg.html")
    assert [path.name for path in (tmp_path / "new" / "deep").iterdir()] == ["kg.html"]


def test_output_that_cannot_be_written_is_an_error_in_one_line(reader: GraphReader, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KgError, match="cannot write") as caught:
        write_view(reader, tmp_path / "file" / "kg.html")
    assert "\n" not in str(caught.value)


def test_output_that_is_a_folder_is_an_error_and_leaves_no_litter(reader: GraphReader, tmp_path: Path) -> None:
    (tmp_path / "out" / "kg.html").mkdir(parents=True)
    with pytest.raises(KgError, match="cannot write"):
        write_view(reader, tmp_path / "out" / "kg.html")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["kg.html"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_keep_wcag_aa_contrast(theme: str) -> None:
    css = (Path(__file__).parents[2] / "kg" / "view" / "view.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root[^{]*\{([^}]*)\}", css)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if theme == "light" else dark))
    for ground in ("ground", "raised"):
        for text in ("text", "quiet", "focus"):
            assert _contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
        for relation in (
            "control",
            "introduces",
            "evaluates_on",
            "trains_on",
            "uses",
            "compares_with",
            "addresses",
            "mentions",
        ):
            assert _contrast(colours[relation], colours[ground]) >= 3, (relation, ground)
        for kind in ("method", "model", "dataset", "benchmark", "metric", "task", "paper"):
            edge = max(_contrast(colours[kind], colours[ground]), _contrast(colours["outline"], colours[ground]))
            assert edge >= 3, (kind, ground)
        for tint in range(6):
            assert _contrast(colours["text"], colours[f"tint-{tint}"]) >= 4.5, tint
            assert _contrast(colours[f"name-{tint}"], colours[f"tint-{tint}"]) >= 4.5, tint
    assert _contrast(colours["mark-text"], colours["mark"]) >= 4.5


def _contrast(one: str, other: str) -> float:
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("licence", ["a --> b", "a ---> b", "a -----!> b", "--", "-"])
def test_no_licence_ends_the_comment_that_it_stands_in(
    reader: GraphReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, licence: str
) -> None:
    script, _ = page_module._bundle("webgl")
    monkeypatch.setattr(page_module, "_bundle", lambda renderer: (script, f"{licence}<b>"))
    write_view(reader, tmp_path / "kg.html")
    assert "b" not in {tag for tag, _ in Page((tmp_path / "kg.html").read_text(encoding="utf-8")).elements}
