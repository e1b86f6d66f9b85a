from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kg.model import EntityType
from kg.questions.calendar import TimeStep, steps_between
from kg.questions.things import Thing
from kg.questions.trend import Trend, TrendLine
from kg.watching.chart import trend_chart
from tests.samples import HOSTILE_TEXTS

SVG = "{http://www.w3.org/2000/svg}"


def made(labels: tuple[str, ...], papers: tuple[int, ...], every: tuple[int, ...]) -> Trend:
    steps = steps_between("2024-01", "2030-12", TimeStep.MONTH)[: len(papers)]
    lines = tuple(TrendLine(Thing("method/x", EntityType.METHOD, label), papers) for label in labels)
    return Trend(TimeStep.MONTH, steps, every, lines, 3)


def test_a_chart_tells_each_number_and_says_what_it_shows() -> None:
    root = etree.fromstring(trend_chart(made(("GRPO", "PPO"), (1, 2), (10, 8))))
    titles = [title.text for title in root.iter(f"{SVG}title")]
    assert titles[0] == "Share of papers that name GRPO, PPO, by month"
    assert titles[1:3] == ["GRPO, 2024-01: 1 of 10 (10.0%)", "GRPO, 2024-02: 2 of 8 (25.0%)"]
    assert root.find(f"{SVG}desc").text == ("2024-01 to 2024-02. GRPO: 3 papers; PPO: 3 papers, of 18. 3 are undated.")


def test_a_line_is_broken_where_there_is_no_paper() -> None:
    root = etree.fromstring(trend_chart(made(("GRPO",), (1, 1, 0, 1, 1), (4, 4, 0, 4, 4))))
    assert len(root.findall(f"{SVG}polyline")) == 2


def test_hostile_names_are_text_and_nothing_else() -> None:
    root = etree.fromstring(trend_chart(made(HOSTILE_TEXTS, (1,), (2,))))
    tags = {etree.QName(each).localname for each in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "line", "text", "g", "circle", "rect", "path", "polyline"}


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10_000)), max_size=40))
def test_all_of_any_trend_lies_within_the_picture(counts: list[tuple[int, int]]) -> None:
    papers = tuple(min(pair) for pair in counts)
    root = etree.fromstring(trend_chart(made(("GRPO",), papers, tuple(of for _, of in counts))))
    _, _, width, height = map(float, root.get("viewBox").split())
    for circle in root.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx")) <= width
        assert 0 <= float(circle.get("cy")) <= height
    assert not re.search(rb"nan|inf", trend_chart(made(("A",), papers, tuple(of for _, of in counts))))
