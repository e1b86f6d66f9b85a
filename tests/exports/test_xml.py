from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from kg.exports.xml import attributes, content

ANY_TEXT = st.text() | st.text(alphabet="<>&\"'\r\n\t\x00\x0b\x85\u2028\ufffe ]-!ab")


def legal(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)


@given(ANY_TEXT)
def test_any_text_comes_back_from_an_attribute(text: str) -> None:
    assert ET.fromstring(f"<a{attributes(b=text)}/>".encode()).get("b") == legal(text)


@given(ANY_TEXT)
def test_any_text_comes_back_from_an_element(text: str) -> None:
    assert (ET.fromstring(f"<a>{content(text)}</a>".encode()).text or "") == legal(text)
