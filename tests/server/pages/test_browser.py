"""A person at a browser: searches, reads, sorts, filters, asks, corrects; axe-core finds nothing serious anywhere."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kg.server import Settings, application
from tests.view.browsing import DOWN, ENTER, TAB, needs_browser, open_browser
from tests.view.test_accessibility import AXE

uvicorn = pytest.importorskip("uvicorn", reason="no uvicorn (pip install -e '.[serve]')")

pytestmark = needs_browser

TOKEN = "sesame-open-sesame"


@contextmanager
def running(db: Path, **settings: Any) -> Iterator[str]:
    """The address of a server that runs."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(application(Settings(db=db, **settings)), log_level="warning", server_header=False)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A browser that reaches this machine and nothing else: its proxy, where nothing listens, is not asked for it."""
    opened = open_browser(tmp_path_factory.mktemp("profile"), tmp_path_factory.mktemp("downloads"))
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def site(sample_graph: Path) -> Iterator[str]:
    with running(sample_graph) as address:
        yield address


@pytest.fixture
def see(driver: Any, site: str) -> Iterator[Visitor]:
    visitor = Visitor(driver, site)
    yield visitor
    assert [entry for entry in driver.get_log("browser") if "404" not in entry["message"]] == []
    driver.get("about:blank")  # a map that is drawn on and on would take its time from all tests to come


class Visitor:
    """Somebody at the site."""

    def __init__(self, driver: Any, site: str) -> None:
        self.driver, self.site = driver, site

    def open(self, path: str, *, dark: bool = False, narrow: bool = False) -> None:
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        width, height = (390, 844) if narrow else (1440, 900)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get(self.site + path)

    def leads(self, path: str, elsewhere: str) -> bool:
        """Whether an address leads to another by now."""
        self.open(path)
        return self.address == elsewhere

    def find(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def texts(self, selector: str) -> list[str]:
        return [each.text for each in self.all(selector)]

    @property
    def address(self) -> str:
        return str(self.driver.current_url).removeprefix(self.site)

    def until(self, condition: Any, seconds: float = 20) -> None:
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"not so after {seconds} s at {self.address}"
            time.sleep(0.05)

    def violations(self) -> list[str]:
        self.driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
        found = self.driver.execute_async_script(
            "axe.run({resultTypes: ['violations']}).then((result) => arguments[0](result.violations))"
        )
        return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_search_suggests_as_one_types_and_leads_there_by_keys(see: Visitor) -> None:
    see.open("/")
    see.driver.switch_to.active_element.send_keys("/")
    field = see.find("#q")
    assert see.driver.switch_to.active_element == field
    field.send_keys("gsm8")
    see.until(lambda: see.all("#suggestions li"))
    assert "GSM8K" in see.texts("#suggestions li")[0]
    assert see.violations() == []
    field.send_keys(DOWN)
    assert field.get_attribute("aria-activedescendant") == "suggestion-0"
    field.send_keys(ENTER)
    see.until(lambda: see.address == "/entity/benchmark/gsm8k")


def test_search_works_as_a_form(see: Visitor) -> None:
    see.open("/search?q=reward")
    assert see.texts("h1") == ["Found for “reward”"]
    assert see.all("section li a")


def test_an_entity_shows_who_uses_it_how_with_the_sentence(see: Visitor) -> None:
    see.open("/entity/benchmark/gsm8k")
    assert see.texts("h1") == ["GSM8K"]
    assert "GSM8K" in see.texts("blockquote mark")
    see.find("nav.tabs a[href*='relation=evaluates_on']").click()
    see.until(lambda: "relation=evaluates_on" in see.address)
    assert set(see.texts(".hits .chip")) == {"evaluates on"}


def test_a_leaderboard_is_sorted_and_filtered_in_its_address(see: Visitor) -> None:
    see.open("/results/benchmark/gsm8k")
    ranks = see.texts("tbody tr:not(.other) td:first-child")
    assert ranks == sorted(ranks, key=int)
    see.find("thead a[href*='sort=-date']").click()
    see.until(lambda: "sort=-date" in see.address)
    dates = [each for each in see.texts("tbody tr:not(.other) td.date") if each]
    assert dates == sorted(dates, reverse=True)
    assert see.all("th[aria-sort='descending']")
    system = see.texts("tbody th")[0].split()[0]
    see.find("input[name='system']").send_keys(system + ENTER)
    see.until(lambda: "system=" in see.address)
    assert "sort=-date" in see.address
    assert "since=" not in see.address
    assert all(system in each for each in see.texts("tbody tr:not(.other) th"))


def test_a_filter_of_papers_stands_in_the_address(see: Visitor) -> None:
    see.open("/papers")
    see.find("input[name='benchmark']").send_keys("GSM8K" + ENTER)
    see.until(lambda: see.address == "/papers?benchmark=GSM8K")
    assert len(see.all(".hits > li")) > 3


def test_a_mention_in_an_abstract_leads_to_what_it_names(see: Visitor) -> None:
    see.open("/papers?method=GRPO&benchmark=GSM8K")
    see.find(".hits h3 a").click()
    see.until(lambda: see.address.startswith("/paper/"))
    mention = next(each for each in see.all(".abstract a.mention") if each.text == "GSM8K")
    mention.click()
    see.until(lambda: see.address == "/entity/benchmark/gsm8k")


def test_a_query_is_run_by_a_key(see: Visitor) -> None:
    see.open("/query?shipped=papers-on-benchmark")
    see.find("#query").click()
    see.driver.execute_script(
        "document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, bubbles: true}))"
    )
    see.until(lambda: see.all("#answer"), 60)
    assert len(see.all("#result tbody tr")) > 3
    assert see.violations() == []


def test_the_keyboard_reaches_the_content(see: Visitor) -> None:
    see.open("/papers")
    see.find("body").send_keys(TAB)
    assert see.driver.switch_to.active_element.text == "Skip to the content"
    see.driver.switch_to.active_element.send_keys(ENTER)
    assert see.address == "/papers#main"


def test_the_map_is_drawn(see: Visitor) -> None:
    see.open("/map?focus=benchmark/gsm8k")
    see.until(lambda: see.driver.execute_script("return document.documentElement.hasAttribute('data-ready')"), 60)
    see.find("header a").click()
    see.until(lambda: see.address == "/entity/benchmark/gsm8k")


@pytest.mark.skipif(not AXE.is_file(), reason="no axe-core (pip install --editable . brings it)")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
def test_no_page_is_hard_to_read_or_wider_than_the_screen(see: Visitor, dark: bool, narrow: bool) -> None:
    see.open("/papers?benchmark=GSM8K")
    paper = see.find(".hits h3 a").get_attribute("href").removeprefix(see.site)
    for address in (
        "/", "/search?q=re", "/entities?type=method", "/entity/benchmark/gsm8k", "/entity/method/ppo", paper,
        "/papers?benchmark=GSM8K", "/results/benchmark/gsm8k", "/compare?a=PPO&b=GRPO", "/compare", "/review", "/stats",
        "/query", "/entity/nonesuch", "/corrections", "/login",
    ):  # fmt: skip
        see.open(address, dark=dark, narrow=narrow)
        assert see.violations() == [], address
        wide = see.driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, address


def test_a_correction_with_the_token_and_a_refusal_without(driver: Any, sample_graph: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(sample_graph, tmp_path / "kg.db"))
    with running(db, edit_token=TOKEN) as address:
        see = Visitor(driver, address)
        see.open("/entity/benchmark/gsm8k")
        assert not see.all("#correct")
        see.find("footer a[href^='/login']").click()
        see.until(lambda: see.all("input[name='token']"))
        assert see.violations() == []
        see.find("input[name='name']").send_keys("Ada Apple")
        see.find("input[name='token']").send_keys("not the token" + ENTER)
        see.until(lambda: see.all("[role='alert']"))
        see.find("input[name='name']").send_keys("Ada Apple")
        see.find("input[name='token']").send_keys(TOKEN + ENTER)
        see.until(lambda: see.address == "/entity/benchmark/gsm8k")
        assert see.violations() == []
        see.find("section.box details summary").click()
        see.find("form select[name='type'] option:nth-child(3)").click()
        see.find("form select[name='type']").find_element("xpath", "./ancestor::form").find_element(
            "css selector", "button"
        ).click()
        see.until(lambda: see.all(".note") or "dataset" in see.address)
        see.until(lambda: see.leads("/entity/benchmark/gsm8k", "/entity/dataset/gsm8k"), 60)
        see.open("/corrections")
        assert see.violations() == []
        assert "Ada Apple" in see.texts("tbody tr")[0]
        see.open("/review")
        assert see.violations() == []
        see.open("/papers?dataset=GSM8K")
        see.find(".hits h3 a").click()
        see.until(lambda: see.all("#correct"))
        assert see.violations() == []
    assert 'by = "Ada Apple"' in (tmp_path / "kg.curation.toml").read_text()
