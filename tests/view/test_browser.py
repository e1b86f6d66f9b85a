"""The page in a real browser: what a person does, and what they see. Each with both renderers where it may matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.store import GraphReader
from kg.view import Part, write_view
from kg.view.page import Renderer
from tests.view.browsing import DOWN, END, ENTER, ESCAPE, HOME, LEFT, RIGHT, TAB, UP, Person, needs_browser
from tests.view.conftest import HOSTILE_NAME, HOSTILE_TITLE
from tests.view.made_up import write_made_up

pytestmark = needs_browser

Visit = Callable[..., Person]
METHOD_BLUE = (0, 114, 178)


@pytest.fixture
def visit(person: Person, reader: GraphReader, tmp_path: Path, renderer: Renderer) -> Visit:
    """Open a view of the hand-made graph."""

    def run(address: str = "", part: Part | None = None, **options: bool) -> Person:
        write_view(reader, tmp_path / "kg.html", part, renderer=renderer)
        return person.open(tmp_path / "kg.html", address, **options)

    return run


@pytest.fixture
def renderer() -> Renderer:
    """What draws, where the renderer does not matter."""
    return "pyvis"


both = pytest.mark.parametrize("renderer", ["pyvis", "webgl"])


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 12) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= by


# The map


@both
def test_discs_are_drawn_in_the_colour_of_their_type_and_named(visit: Visit) -> None:
    person = visit()
    assert near(person.colour_at("method/ppo"), METHOD_BLUE)
    assert {"GSM8K", "PPO", "GRPO", "GPT-4"} <= person.names()


def test_every_name_is_written_once(visit: Visit) -> None:
    person = visit("#node=method/grpo")
    assert len(person.names()) == person.run("return kgView.labels.length")


@both
def test_the_first_picture_shows_all_of_it(visit: Visit) -> None:
    person = visit()
    for entity in person.run("return kgView.graph.ids"):
        x, y = person.place(entity)
        assert 236 < x < 1440, entity
        assert 50 < y < 900, entity


@both
def test_wheel_and_buttons_zoom_and_drag_moves(visit: Visit) -> None:
    person = visit()
    before, place = person.scale(), person.place("method/ppo")
    person.drag(1000, 800, 900, 700)
    moved = person.place("method/ppo")
    assert place[0] - moved[0] == pytest.approx(100, abs=40)
    person.click("#nearer")
    person.until(lambda: person.scale() > 1.2 * before)
    person.click("#farther")
    person.click("#fit")
    person.until(lambda: person.scale() == pytest.approx(before, rel=0.02))


@both
def test_pointing_at_a_disc_rings_it(visit: Visit) -> None:
    person = visit()
    person.point_at("method/ppo")
    person.until(lambda: person.run("return kgView.state.hovered") is not None)
    assert person.find("#graph").value_of_css_property("cursor") == "pointer"


# Search


def test_search_finds_a_node_by_its_alias(visit: Visit) -> None:
    person = visit()
    person.type("#search", "grade school")
    assert person.text("#suggestions li").startswith("GSM8K")
    assert person.find("#search").get_attribute("aria-expanded") == "true"
    person.press(ENTER)
    assert person.text("#panel h2") == "GSM8K"
    assert person.address() == "#node=benchmark/gsm8k"


def test_search_is_walked_with_the_arrow_keys(visit: Visit) -> None:
    person = visit()
    person.type("#search", "p")
    first, second = (item.text for item in person.all("#suggestions li")[:2])
    assert person.find("#suggestions [aria-selected=true]").text == first
    person.press(DOWN)
    assert person.find("#suggestions [aria-selected=true]").text == second
    active = person.find("#search").get_attribute("aria-activedescendant")
    assert person.find(f"#{active}").text == second
    person.press(ESCAPE)
    assert not person.sees("#suggestions")


def test_search_finds_a_paper_by_its_title(visit: Visit) -> None:
    person = visit()
    person.type("#search", "at length")
    person.find("#suggestions li").click()
    assert person.text("#panel h2") == "Prompting at length"
    assert "uses (1)" in person.text("#panel")


def test_panel_of_a_paper_is_silent_about_the_address_that_it_lacks(visit: Visit) -> None:
    person = visit()
    person.type("#search", "at length")
    person.find("#suggestions li").click()
    assert "null" not in person.text("#panel")
    assert person.all("#panel > p a") == []


def test_search_without_a_hit_says_so(visit: Visit) -> None:
    person = visit()
    person.type("#search", "zzz")
    assert person.heard() == "Nothing is called that"


# The panel


@both
def test_click_opens_the_panel_with_evidence(visit: Visit) -> None:
    person = visit()
    person.click_node("method/grpo")
    person.until(lambda: person.sees("#panel"))
    assert person.text("#panel h2") == "GRPO"
    assert person.text("#panel blockquote") == "We train with GRPO."
    assert person.text("#panel mark") == "GRPO"
    assert "Part of PPO" in person.text("#panel")
    assert "uses (1)" in person.text("#panel")
    assert re.search(r"2024-01-01, \d+% sure", person.text("#panel"))


def test_panel_tells_aliases_members_and_results(visit: Visit) -> None:
    person = visit("#node=benchmark/gsm8k")
    assert "Also called Grade School Math 8K" in person.text("#panel")
    assert "results (1)" in person.text("#panel")
    assert "40.0% accuracy on GSM8K" in person.text("#panel")
    person = visit("#node=method/ppo")
    assert "Includes GRPO" in person.text("#panel")


def test_panel_of_a_paper_tells_authors_venue_and_code(visit: Visit) -> None:
    person = visit()
    person.type("#search", "nothing to see")
    person.press(ENTER)
    assert person.text("#panel .byline") == "Author A, Author B, Author C, Author D, Author E and 3 more"
    assert "conference paper \u00b7 Journal of Nothing \u00b7 2024-01-04" in person.text("#panel")
    code = person.find("#panel a[href='https://github.com/ada/nothing']")
    assert code.text == "github.com/ada/nothing"
    assert "noopener" in code.get_attribute("rel")
    assert not person.sees("#panel .warning")


def test_a_retracted_paper_is_marked_wherever_it_is_named(visit: Visit) -> None:
    person = visit()
    person.type("#search", HOSTILE_TITLE)
    person.press(ENTER)
    assert person.text("#panel .warning") == "RETRACTED"
    person = visit("#node=benchmark/gsm8k")
    (named,) = (item.text for item in person.all("#panel li") if "RETRACTED" in item.text)
    assert named.startswith(HOSTILE_TITLE)
    person.click("#as-table")
    person.click("#table .tabs button:nth-child(2)")
    assert [row.text.startswith(HOSTILE_TITLE) for row in person.all("#table tr") if "RETRACTED" in row.text] == [True]


def test_names_in_the_panel_lead_on(visit: Visit) -> None:
    person = visit("#node=method/grpo")
    person.find("#panel li .link").click()
    assert person.text("#panel h2") == "B-Coder learns arithmetic"
    assert person.focused() == "h2"


@both
def test_a_click_on_the_sea_closes_the_panel(visit: Visit) -> None:
    person = visit("#node=method/grpo")
    person.click_at(270, 880)
    person.until(lambda: not person.sees("#panel"))


@both
def test_the_chosen_node_is_in_sight_beside_the_panel(visit: Visit) -> None:
    person = visit()
    person.click_node("method/grpo")
    person.until(lambda: person.sees("#panel"))
    x, _ = person.place("method/grpo")
    assert 236 < x < person.find("#panel").rect["x"]


# Filters


@both
def test_unchecking_a_type_hides_it(visit: Visit) -> None:
    person = visit()
    before = person.colour_at("method/ppo")
    person.click("#types input[value=method]")
    assert not near(person.colour_at("method/ppo"), before)
    assert not {"PPO", "GRPO"} & person.names()
    assert "GSM8K" in person.names()
    assert person.text("#shown").startswith("3 entities")
    person.click("#reset")
    assert near(person.colour_at("method/ppo"), before)


def test_legend_counts_what_is_shown(visit: Visit) -> None:
    person = visit()
    legend = {line.get_attribute("value"): line for line in person.all("#types input")}
    assert set(legend) == {"method", "model", "benchmark", "paper"}
    counts = [count.text for count in person.all("#types .count")]
    assert counts == ["3", "2", "1", "4"]


def test_unchecking_a_relation_hides_what_only_it_joins(visit: Visit) -> None:
    person = visit()
    person.click("#relations input[value=compares_with]")
    assert "PPO" not in person.names()
    assert "GRPO" in person.names()


def test_papers_slider_leaves_what_more_papers_name(visit: Visit) -> None:
    person = visit()
    person.find("#least").send_keys(RIGHT)
    person.settle()
    assert person.text("#least-value") == "2 papers or more"
    assert person.names() & {"GSM8K", "PPO", "GRPO", "GPT-4"} == {"GSM8K"}


def test_filters_apply_to_the_table(visit: Visit) -> None:
    person = visit()
    person.click("#types input[value=model]")
    person.click("#as-table")
    assert "GPT-4" not in person.text("#table")
    assert "GSM8K" in person.text("#table")


def test_what_is_asked_for_by_name_is_shown_in_spite_of_filters(visit: Visit) -> None:
    person = visit()
    person.click("#types input[value=model]")
    person.type("#search", "gpt-4")
    person.press(ENTER)
    assert person.text("#panel h2") == "GPT-4"
    assert person.find("#types input[value=model]").is_selected()


def test_timeline_leaves_the_papers_of_a_stretch_of_time(person: Person, tmp_path: Path) -> None:
    write_made_up(tmp_path / "kg.html", 200)
    person.open(tmp_path / "kg.html")
    everything = person.text("#shown")
    assert person.text("#time-value") == "2016-01 to 2025-12"
    bars = len(person.all("#histogram i"))
    person.find("#from").send_keys(END)
    person.settle()
    assert person.text("#time-value") == "2025-12 to 2025-12"
    assert len(person.all("#histogram i.out")) == bars - 1
    assert person.text("#shown") != everything
    person.find("#from").send_keys(HOME)
    person.find("#to").send_keys(LEFT)
    assert person.text("#time-value") == "2016-01 to 2025-11"
    person.click("#reset")
    assert person.text("#shown") == everything


# Neighbourhood and path


@both
def test_neighbourhood_draws_only_what_is_near(visit: Visit) -> None:
    person = visit("#node=model/gpt-4")
    person.click("#panel input[name=depth][value='1']")
    assert {"GPT-4", "GSM8K"} <= person.names()
    assert not {"PPO", "GRPO", "Lonelynet"} & person.names()
    assert person.address() == "#node=model/gpt-4&depth=1"
    person.press(RIGHT)  # to the next radio button: depth 2
    assert {"PPO", "GRPO"} <= person.names()
    assert "Lonelynet" not in person.names()
    person.press(LEFT, LEFT)
    assert person.address() == "#node=model/gpt-4"


@both
def test_shortest_path_is_told_and_drawn(visit: Visit) -> None:
    person = visit("#node=model/gpt-4")
    person.type("#path-to", "grpo")
    person.press(ENTER)
    steps = [item.text for item in person.all("#path li")]
    assert "GPT-4" in steps[0]
    assert "Prompting at length" in steps[1]
    assert "evaluates on" in steps[2]
    assert "GSM8K" in steps[2]
    assert "GRPO" in steps[4]
    assert person.text("#path p") == "4 steps to GRPO"
    assert "PPO" not in person.names()
    assert person.address() == "#node=model/gpt-4&to=method/grpo"
    person.click("#path > button")
    assert not person.sees("#path")


def test_no_path_is_told(visit: Visit) -> None:
    person = visit("#node=model/gpt-4")
    person.type("#path-to", "lonely")
    person.press(ENTER)
    assert "No path leads to Lonelynet" in person.text("#path")


def test_a_path_that_the_filters_cut_is_told_no_longer(visit: Visit) -> None:
    person = visit("#node=model/gpt-4&to=method/grpo")
    assert person.text("#path p") == "4 steps to GRPO"
    person.click("#relations input[value=evaluates_on]")
    assert "No path leads to GRPO" in person.text("#path")
    assert person.heard() == "No path"
    person.click("#relations input[value=evaluates_on]")
    assert person.text("#path p") == "4 steps to GRPO"
    assert person.heard() == "A path of 4 steps"


# Addresses and history


def test_deep_links_open_node_depth_and_path(visit: Visit) -> None:
    assert visit("#node=model/gpt-4").text("#panel h2") == "GPT-4"
    assert visit("#node=model/gpt-4&depth=2").find("#panel input[value='2']").is_selected()
    assert visit("#node=model/gpt-4&to=method/grpo").text("#path p") == "4 steps to GRPO"


def test_back_and_forward_follow_what_was_opened(visit: Visit) -> None:
    person = visit()
    for node in ("method/ppo", "benchmark/gsm8k"):
        person.type("#search", node.split("/")[1])
        person.press(ENTER)
    person.driver.back()
    person.until(lambda: person.text("#panel h2") == "PPO")
    person.driver.back()
    person.until(lambda: not person.sees("#panel"))
    person.driver.forward()
    person.until(lambda: person.text("#panel h2") == "PPO")


@pytest.mark.parametrize("address", ["#node=%E0%A4%A", "#node=nothing/here&depth=9", "#node", "#&&=", "#to=method/ppo"])
def test_a_deep_link_to_nothing_is_harmless(visit: Visit, address: str) -> None:
    person = visit(address)
    assert not person.sees("#panel")
    assert {"GSM8K"} <= person.names()


def test_focus_opens_its_entity(visit: Visit) -> None:
    person = visit(part=Part(focus="GPT-4"))
    assert person.text("#panel h2") == "GPT-4"
    assert person.text("h1") == "GPT-4 and what papers name with it"


# The keyboard


@both
def test_keyboard_alone_walks_the_map(visit: Visit) -> None:
    person = visit()
    person.run("document.querySelector('#graph').focus()")
    person.press(RIGHT)  # begins at the most named entity
    assert person.heard().startswith("GSM8K, benchmark")
    seen = {person.heard()}
    for key in (UP, LEFT, DOWN, RIGHT, DOWN, LEFT):
        person.press(key)
        seen.add(person.heard())
    assert len(seen) > 2
    person.press(ENTER)
    assert person.heard() == f"{person.text('#panel h2')}, {person.text('#panel p').split(' ')[0]}, opened"
    assert person.focused() == "h2"
    person.press(ESCAPE)
    assert not person.sees("#panel")
    assert person.focused() == "graph"


@both
def test_enter_leads_back_to_the_panel_of_what_is_open(visit: Visit) -> None:
    person = visit("#node=method/grpo")
    person.run("document.querySelector('#graph').focus()")
    assert person.focused() == "graph"
    person.press(ENTER)
    assert person.focused() == "h2"
    assert person.text("#panel h2") == "GRPO"


def test_tab_reaches_every_control(visit: Visit) -> None:
    person = visit()
    reached = set()
    for _ in range(60):
        person.driver.switch_to.active_element.send_keys(TAB)
        reached.add(person.focused())
    assert {
        "search",
        "as-table",
        "theme",
        "png",
        "svg",
        "show-help",
        "graph",
        "nearer",
        "fit",
        "least",
        "reset",
    } <= reached


@both
def test_keys_of_the_map(visit: Visit) -> None:
    person = visit()
    person.run("document.querySelector('#graph').focus()")
    before = person.scale()
    person.press("+")
    person.until(lambda: person.scale() > 1.2 * before)
    person.press("0")
    person.until(lambda: person.scale() == pytest.approx(before, rel=0.02))
    person.press("?")
    assert person.sees("#help")
    person.press(ESCAPE)
    assert not person.sees("#help")
    person.run("document.querySelector('#graph').focus()")
    person.press("/")
    assert person.focused() == "search"


def test_focus_is_visible(visit: Visit) -> None:
    person = visit()
    person.press(TAB, TAB)
    outline = person.run("return getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


# Theme, motion, pictures, table


@both
def test_theme_follows_the_preference_and_the_switch(visit: Visit) -> None:
    light = visit().pixel(700, 890)
    person = visit(dark=True)
    assert sum(person.pixel(700, 890)) < 120 < sum(light)
    person.click("#theme")
    assert near(person.pixel(700, 890), light)
    assert person.find("#theme").get_attribute("aria-pressed") == "false"


@both
def test_reduced_motion_is_respected(visit: Visit) -> None:
    person = visit(calm=True)
    before = person.scale()
    person.run("document.querySelector('#nearer').click()")
    person.settle()
    assert person.scale() == pytest.approx(1.5 * before, rel=0.02)


@both
def test_the_map_glides_where_motion_is_welcome(visit: Visit) -> None:
    person = visit(calm=False)
    before = person.scale()
    person.run("document.querySelector('#nearer').click()")
    person.until(lambda: person.scale() == pytest.approx(1.5 * before, rel=0.01))
    person.type("#search", "lonely")
    person.press(ENTER)
    person.until(lambda: 500 < person.place("model/lonelynet")[0] < 800)


@both
def test_pictures_can_be_downloaded(visit: Visit, downloads: Path) -> None:
    from PIL import Image

    for old in downloads.iterdir():
        old.unlink()
    person = visit()
    person.click("#png")
    person.click("#svg")
    person.until(lambda: {path.name for path in downloads.iterdir()} == {"graph.png", "graph.svg"})
    with Image.open(downloads / "graph.png") as image:
        assert image.size[0] == 2 * 1440
        x, y = person.place("method/ppo")
        top = person.find("#graph").rect["y"]
        assert near(image.convert("RGB").getpixel((round(2 * x), round(2 * (y - top)))), METHOD_BLUE)  # type: ignore[arg-type]
    texts = {element.text for element in ElementTree.parse(downloads / "graph.svg").iter() if element.text}
    assert {"GSM8K", "GRPO"} <= texts
    assert any("6 entities and 4 papers" in text for text in texts)


@both
def test_the_table_is_the_text_twin(visit: Visit) -> None:
    person = visit()
    person.click("#as-table")
    rows = [row.text for row in person.all("#table tbody tr")]
    assert len(rows) == 6
    assert rows[0].replace("\n", " ") == "GSM8K benchmark 3"
    person.click("#table .tabs button:nth-child(2)")
    titles = [row.text for row in person.all("#table tbody th")]
    assert set(titles) == {
        "B-Coder learns arithmetic",
        "Prompting at length",
        f"{HOSTILE_TITLE} RETRACTED",
        "Nothing to see",
    }
    person.all("#table tbody .link")[1].click()
    assert person.sees("#panel")
    person.click("#as-table")
    assert not person.sees("#table")
    assert person.sees("#graph")


@both
def test_what_is_chosen_beside_the_table_is_in_sight_when_it_closes(visit: Visit) -> None:
    person = visit("#node=model/gpt-4")
    person.click("#as-table")
    person.click("#panel input[name=depth][value='1']")
    person.settle()
    person.click("#as-table")
    x, y = person.place("model/gpt-4")
    assert 236 < x < person.find("#panel").rect["x"]
    assert 50 < y < 900
    assert {"GPT-4", "GSM8K"} <= person.names()
    before = person.scale()
    person.click("#as-table")
    person.run("document.querySelector('#fit').click(), document.querySelector('#nearer').click()")
    person.click("#as-table")
    assert person.scale() == pytest.approx(before)


@both
def test_on_a_phone_all_is_in_reach(visit: Visit) -> None:
    person = visit(narrow=True)
    assert not person.find("#filters").get_attribute("open")
    assert person.run("return document.documentElement.scrollWidth") <= 390
    person.click("#filters summary")
    assert person.sees("#types")
    person.click("#filters summary")
    person.type("#search", "ppo")
    person.press(ENTER)
    _, y = person.place("method/ppo")
    assert y < person.find("#panel").rect["y"]


@both
def test_papers_are_small_grey_discs(visit: Visit) -> None:
    person = visit()
    papers = person.run("return kgView.graph.ids.slice(kgView.graph.entities)")
    assert any(near(person.colour_at(paper), (134, 140, 148)) for paper in papers)  # names may lie on others


def test_a_click_before_the_texts_are_there_is_not_lost(person: Person, reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "kg.html")
    with person.beforehand(
        "const next = setTimeout; window.setTimeout = (done, wait) => wait === undefined"
        " ? (kgView.choose(kgView.graph.indexOf.get('method/ppo')), next(done, 50)) : next(done, wait)"
    ):
        person.open(tmp_path / "kg.html")
    assert person.text("#panel h2") == "PPO"


def test_without_webgl_the_table_takes_over(person: Person, reader: GraphReader, tmp_path: Path) -> None:
    write_view(reader, tmp_path / "kg.html", renderer="webgl")
    with person.beforehand(
        "const get = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.includes('webgl') ? null : get.call(this, kind, ...rest) }"
    ):
        person.open(tmp_path / "kg.html", "#node=method/grpo")
    assert "no WebGL" in person.text("#no-picture")
    assert "GSM8K" in person.text("#table")
    assert person.text("#panel h2") == "GRPO"
    person.click("#panel input[name=depth][value='1']")
    person.type("#search", "gsm8k")
    person.press(ENTER)
    assert person.text("#panel h2") == "GSM8K"
    assert {entry["level"] for entry in person.driver.get_log("browser")} == {"INFO"}


# Hostile texts


def test_hostile_texts_only_show(visit: Visit) -> None:
    person = visit()
    for text in (HOSTILE_TITLE, HOSTILE_NAME):
        person.type("#search", text)
        person.press(ENTER)
        assert person.text("#panel h2") == text
        if text == HOSTILE_TITLE:
            assert person.text("#panel .byline") == HOSTILE_TITLE
            assert HOSTILE_NAME in person.text("#panel")
            assert [link.get_attribute("href")[:20] for link in person.all("#panel a")] == ["https://example.org/"]
    assert "for GSM8K now." in person.text("#panel blockquote")  # tags of fonts are mark-up, and read off
    person.click("#as-table")
    assert HOSTILE_NAME in person.text("#table")
    person.click("#table .tabs button:nth-child(2)")
    assert HOSTILE_TITLE in person.text("#table")
    assert person.run("return document.querySelectorAll('img, #panel b, #panel script, #table script').length") == 0
    assert person.run("return document.scripts.length") == len(person.all("script"))


def test_an_injected_script_would_not_run(visit: Visit) -> None:
    person = visit()
    person.run("document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))")
    assert person.run("return window.bad") is None
    assert "Content Security Policy" in person.driver.get_log("browser")[0]["message"]
