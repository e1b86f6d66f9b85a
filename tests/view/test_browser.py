"""The page in a real browser, without a network."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.store import GraphReader
from kg.view import write_view

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")
webdriver: Any = pytest.importorskip("selenium.webdriver", reason="selenium is not installed (pip install -e '.[dev]')")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and CHROMEDRIVER), reason="no Chromium or chromedriver on this machine"),
]

FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1440,900",
    "--proxy-server=127.0.0.1:9",  # nothing listens there: whatever the page might ask of the network fails
)  # fmt: skip
HOSTILE_TITLE = "<img src=x onerror=alert(1)>"
HOSTILE_NAME = "</script><script>alert(1)</script>"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    yield driver
    driver.quit()


@pytest.fixture
def visit(browser: Any, reader: GraphReader, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Open a view of the hand-made graph; afterwards nothing may have gone wrong or left the page."""

    def run(address: str = "", **options: Any) -> Any:
        write_view(reader, tmp_path / "kg.html", **options)
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get((tmp_path / "kg.html").as_uri() + address)
        return browser

    yield run
    assert browser.get_log("browser") == []
    names = browser.execute_script("return performance.getEntriesByType('resource').map((entry) => entry.name)")
    assert [name for name in names if not name.startswith("data:")] == []


def press(browser: Any, *keys: str) -> None:
    browser.switch_to.active_element.send_keys(*keys)


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def click_node(browser: Any, node: str) -> None:
    """Click where the picture shows a node."""
    from selenium.webdriver.common.action_chains import ActionChains

    x, y = browser.execute_script(
        "const {x, y} = kgView.network.canvasToDOM(kgView.network.getPosition(arguments[0]));"
        "const box = document.querySelector('#graph').getBoundingClientRect();"
        "return [Math.round(box.left + x), Math.round(box.top + y)]",
        node,
    )
    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(x, y).click()
    actions.perform()


def eventually(browser: Any, condition: Callable[[Any], Any]) -> Any:
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(browser, 5).until(condition)


def test_nodes_are_drawn(visit: Callable[..., Any]) -> None:
    browser = visit()
    assert browser.execute_script("return Object.keys(kgView.network.getPositions()).length") == 10
    painted = browser.execute_script(
        "const canvas = document.querySelector('#graph canvas');"
        "const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
        "let count = 0; for (let i = 3; i < pixels.length; i += 4) count += pixels[i] > 0; return count"
    )
    assert painted > 1000


def test_search_focuses_a_node_by_its_alias(visit: Callable[..., Any]) -> None:
    browser = visit()
    find(browser, "#search").send_keys("grade school")
    assert find(browser, "#suggestions li").text.startswith("GSM8K")
    assert find(browser, "#search").get_attribute("aria-expanded") == "true"
    press(browser, "\ue007")
    assert find(browser, "#panel h2").text == "GSM8K"
    assert browser.execute_script("return kgView.network.getSelectedNodes()") == ["benchmark/gsm8k"]
    assert browser.execute_script("return location.hash") == "#node=benchmark/gsm8k"


def test_click_opens_the_panel_with_evidence(visit: Callable[..., Any]) -> None:
    browser = visit()
    click_node(browser, "method/grpo")
    eventually(browser, lambda driver: find(driver, "#panel").is_displayed())
    assert find(browser, "#panel h2").text == "GRPO"
    assert find(browser, "#panel blockquote").text == "We train with GRPO."
    assert find(browser, "#panel mark").text == "GRPO"
    assert "Part of PPO" in find(browser, "#panel").text


def test_opening_the_panel_keeps_the_scale_and_the_node_in_sight(visit: Callable[..., Any]) -> None:
    browser = visit()
    before = browser.execute_script("return kgView.network.getScale()")
    click_node(browser, "method/grpo")
    eventually(browser, lambda driver: find(driver, "#panel").is_displayed())
    assert browser.execute_script("return kgView.network.getScale()") == pytest.approx(before)
    x, width = browser.execute_script(
        "return [kgView.network.canvasToDOM(kgView.network.getPosition('method/grpo')).x,"
        " document.querySelector('#graph').clientWidth]"
    )
    assert 0 < x < width


def test_keyboard_alone_walks_the_picture(visit: Callable[..., Any]) -> None:
    browser = visit()
    browser.execute_script("document.querySelector('#graph').focus()")
    press(browser, "\ue014")  # right: begins at the most named entity
    assert find(browser, "#status").get_attribute("textContent").startswith("GSM8K, benchmark")
    press(browser, "\ue007")
    assert find(browser, "#panel h2").text == "GSM8K"
    assert browser.switch_to.active_element.tag_name == "h2"
    press(browser, "\ue00c")
    assert not find(browser, "#panel").is_displayed()
    assert browser.switch_to.active_element.get_attribute("id") == "graph"


def test_deep_link_opens_a_node(visit: Callable[..., Any]) -> None:
    browser = visit("#node=model/gpt-4")
    assert find(browser, "#panel h2").text == "GPT-4"
    browser.execute_script("location.hash = '#node=method/ppo'")
    eventually(browser, lambda driver: find(driver, "#panel h2").text == "PPO")


def test_deep_link_to_nothing_is_harmless(visit: Callable[..., Any]) -> None:
    browser = visit("#node=%E0%A4%A")
    assert not find(browser, "#panel").is_displayed()
    assert "not part of this view" in find(browser, "#status").get_attribute("textContent")


def test_focus_opens_its_entity(visit: Callable[..., Any]) -> None:
    assert find(visit(focus="GPT-4"), "#panel h2").text == "GPT-4"


def test_type_filter_hides_nodes_and_rows(visit: Callable[..., Any]) -> None:
    browser = visit()
    find(browser, "#legend input[value=model]").click()
    assert browser.execute_script("return kgView.network.body.nodes['model/gpt-4'].options.hidden") is True
    find(browser, "#as-table").click()
    assert "GPT-4" not in find(browser, "#table").text
    assert "GSM8K" in find(browser, "#table").text


def test_table_names_open_the_panel(visit: Callable[..., Any]) -> None:
    browser = visit()
    find(browser, "#as-table").click()
    find(browser, "#table [data-node='method/ppo']").click()
    assert find(browser, "#panel h2").text == "PPO"
    assert "compares with (1)" in find(browser, "#panel").text


def test_theme_button_changes_the_colours(visit: Callable[..., Any]) -> None:
    browser = visit()
    before = browser.execute_script("return getComputedStyle(document.body).backgroundColor")
    find(browser, "#theme").click()
    assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") != before
    assert find(browser, "#theme").get_attribute("aria-pressed") == "true"


def test_hostile_texts_only_show(visit: Callable[..., Any]) -> None:
    browser = visit()
    for text in (HOSTILE_TITLE, HOSTILE_NAME):
        find(browser, "#search").clear()
        find(browser, "#search").send_keys(text)
        press(browser, "\ue007")
        assert find(browser, "#panel h2").text == text
    assert "for GSM8K <b>now</b>." in find(browser, "#panel blockquote").text
    assert browser.execute_script("return document.querySelectorAll('img, #panel b, #panel script').length") == 0
    assert browser.execute_script("return document.scripts.length") == 3


def test_injected_script_would_not_run(visit: Callable[..., Any]) -> None:
    browser = visit()
    browser.execute_script(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'window.bad = 1'}))"
    )
    assert browser.execute_script("return window.bad") is None
    assert "Content Security Policy" in browser.get_log("browser")[0]["message"]
