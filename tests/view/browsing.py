"""A person at a browser without a network: what they do with keys and pointer, and what they then see."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = ["CHROMEDRIVER", "CHROMIUM", "Person", "needs_browser", "open_browser"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
CHROMEDRIVER = shutil.which("chromedriver")

ENTER, ESCAPE, TAB, END, HOME = "\ue007", "\ue00c", "\ue004", "\ue010", "\ue011"
LEFT, UP, RIGHT, DOWN = "\ue012", "\ue013", "\ue014", "\ue015"

needs_browser = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and CHROMEDRIVER), reason="no Chromium or chromedriver on this machine"),
]

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
    "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1440,900",
    "--proxy-server=127.0.0.1:9",  # nothing listens there: whatever the page might ask of the network fails
)  # fmt: skip
_SHOW = "kgView.graph.indexOf.get(arguments[0])"


def open_browser(profile: Path, downloads: Path) -> Any:
    """A Chromium driven by Selenium, which tests need not import where there is none."""
    webdriver: Any = pytest.importorskip("selenium.webdriver", reason="no selenium (pip install -e '.[dev]')")
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = str(CHROMIUM)
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(CHROMEDRIVER)))
    driver.set_page_load_timeout(120)
    driver.set_script_timeout(120)
    return driver


class Person:
    """Somebody with one page open."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    # What they do

    def open(
        self, page: Path, address: str = "", *, dark: bool = False, calm: bool = True, narrow: bool = False
    ) -> Person:
        """Open a page with the preferences and the screen they have."""
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {
                "features": [
                    {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
                    {"name": "prefers-reduced-motion", "value": "reduce" if calm else "no-preference"},
                ]
            },
        )
        width, height = (390, 844) if narrow else (1440, 900)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get(page.as_uri() + address)
        self.until(lambda: self.run("return document.documentElement.hasAttribute('data-ready')"), 60)
        self.settle()
        return self

    @contextmanager
    def beforehand(self, script: str) -> Iterator[None]:
        """Whatever is opened meanwhile finds the browser as the script makes it."""
        name = self.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": script})["identifier"]
        yield
        self.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", {"identifier": name})

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        self.driver.switch_to.active_element.send_keys(*keys)
        self.settle()

    def click(self, selector: str) -> None:
        """Click a control."""
        self.find(selector).click()
        self.settle()

    def type(self, selector: str, text: str) -> None:
        """Type into a field, in place of what it held."""
        field = self.find(selector)
        field.clear()
        field.send_keys(text)

    def click_node(self, node: str) -> None:
        """Click where the map shows a node."""
        self.click_at(*self.place(node))

    def click_at(self, x: float, y: float) -> None:
        """Click a place of the window."""
        self._pointer(lambda action: action.move_to_location(round(x), round(y)).click())

    def point_at(self, node: str) -> None:
        """Rest the pointer on a node."""
        x, y = self.place(node)
        self._pointer(lambda action: action.move_to_location(round(x) - 30, round(y) - 30))
        self._pointer(lambda action: action.move_to_location(round(x), round(y)))

    def drag(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Drag the map."""
        self._pointer(
            lambda action: (
                action.move_to_location(round(x), round(y)).pointer_down()
                .move_to_location(round((x + to_x) / 2), round((y + to_y) / 2))
                .move_to_location(round(to_x), round(to_y)).pointer_up()
            )
        )  # fmt: skip

    def _pointer(self, act: Callable[[Any], object]) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        actions = ActionChains(self.driver, duration=20)
        act(actions.w3c_actions.pointer_action)
        actions.perform()
        self.settle()

    # What they see

    def find(self, selector: str) -> Any:
        """The first element."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        """All elements."""
        found: list[Any] = self.driver.find_elements("css selector", selector)
        return found

    def text(self, selector: str) -> str:
        """What an element says."""
        return str(self.find(selector).text)

    def sees(self, selector: str) -> bool:
        """Whether an element is there to be seen."""
        return any(element.is_displayed() for element in self.all(selector))

    def heard(self) -> str:
        """What a screen reader was told last."""
        return str(self.find("#status").get_attribute("textContent"))

    def names(self) -> set[str]:
        """The names written on the map."""
        found: list[str] = self.run("return kgView.labels.map((node) => kgView.app.titleOf(node))")
        return set(found)

    def place(self, node: str) -> tuple[float, float]:
        """Where in the window a node is drawn."""
        x, y = self.run(
            f"const node = {_SHOW}, {{ x, y, scale, width, height }} = kgView.renderer.camera();"
            "const box = document.querySelector('#graph').getBoundingClientRect();"
            "return [box.left + (kgView.graph.x[node] - x) * scale + width / 2,"
            " box.top + (kgView.graph.y[node] - y) * scale + height / 2]",
            node,
        )
        return float(x), float(y)

    def colour_at(self, node: str) -> tuple[int, int, int]:
        """The colour of the screen where a node is drawn, or would be."""
        x, y = self.place(node)
        return self.pixel(x, y)

    def pixel(self, x: float, y: float) -> tuple[int, int, int]:
        """The colour of one place of the window."""
        from PIL import Image

        image = Image.open(io.BytesIO(self.driver.get_screenshot_as_png())).convert("RGB")
        red, green, blue = image.getpixel((round(x), round(y)))  # type: ignore[misc]
        return red, green, blue

    def scale(self) -> float:
        """How near they are."""
        return float(self.run("return kgView.renderer.camera().scale"))

    def focused(self) -> str:
        """What the keyboard is at: its id, or its tag."""
        element = self.driver.switch_to.active_element
        return str(element.get_attribute("id") or element.tag_name)

    def address(self) -> str:
        """The address's part after the page."""
        return str(self.run("return decodeURIComponent(location.hash)"))

    # Between

    def run(self, script: str, *arguments: object) -> Any:
        """Look into the page."""
        return self.driver.execute_script(script, *arguments)

    def until(self, condition: Callable[[], object], seconds: float = 10) -> None:
        """Wait for something to be so."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"not so after {seconds} s; the log says {self.driver.get_log('browser')}"
            time.sleep(0.02)

    def settle(self) -> None:
        """Let what has been asked for be drawn: three frames."""
        self.driver.execute_async_script(
            "const done = arguments[0], next = requestAnimationFrame; next(() => next(() => next(() => done())))"
        )

    def saw_no_trouble(self) -> None:
        """Nothing went wrong, and nothing was asked of the network."""
        assert self.driver.get_log("browser") == []
        names: list[str] = self.run("return performance.getEntriesByType('resource').map((entry) => entry.name)")
        assert [name for name in names if not name.startswith(("data:", "blob:"))] == []
