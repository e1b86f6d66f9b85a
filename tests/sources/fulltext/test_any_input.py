"""Any bytes that begin like a paper in full give papers, records that are set aside, or an error that says why."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from tests.sources.fulltext.pages import Line, pdf
from tests.sources.fulltext.test_jats_body import WRAP
from tests.sources.fulltext.test_json_papers import HEAD, PARAGRAPHS, TABLE
from tests.sources.fulltext.test_latexml import SECTIONS, SPANS, page
from tests.sources.fulltext.test_pdf import HEAD as FIRST_PAGE
from tests.sources.fulltext.test_tei import HEADER

SAMPLES = {
    "latexml": page(SECTIONS + f"<figure class='ltx_table'><table class='ltx_tabular'>{SPANS}</table></figure>"),
    "tei": f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{HEADER}<text><body><div><head n="1">Flocks</head>'
    "<p>Sheep.</p></div>"
    '<figure type="table"><head>Table 1</head><table>Dog Ewes Rams\nRex 3.5 4.5\nFido 1.0 '
    "2.0</table></figure></body></text></TEI>",
    "jats": "<article><front><article-meta><title-group><article-title>Shepherd</article-title></title-group>"
    "</article-meta>"
    f"</front><body><sec><title>Flocks</title><p>Sheep <sup>1</sup>.</p>{WRAP.format(TABLE)}</sec></body></article>",
    "markdown": "# Shepherd\n\n## Abstract\n\nWe herd.\n\n## 1 Introduction\n\nTen "
    "$n_i$.\n\n{PIPES}\n\n{TABLE}\n\n## 2 Results\n",
    "json": json.dumps({**HEAD, "pdf_parse": PARAGRAPHS}),
}
PDF = pdf(
    [*FIRST_PAGE, Line(72, 560, "Table 2: Sheep."), Line(72, 540, "Dog"), Line(180, 540, "3.5"), Line(240, 540, "4")]
)


def read(data: bytes) -> None:
    with contextlib.suppress(SourceError):
        assert all(isinstance(row, (Paper, Reject)) for row in read_source(SourceFile("key", "x", None, data)))


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """A document of which pieces are missing, doubled or something else."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(whole)))
        end = draw(st.integers(start, min(len(whole), start + 60)))
        piece = draw(
            st.sampled_from([b"", whole[start:end] * 3, b"<", b'"', b"999999999", b"\xff\x00", b"{", b"$_^{", b"|"])
        )
        whole = whole[:start] + piece + whole[end:]
    return whole


@pytest.mark.parametrize("name", SAMPLES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_document_is_read_or_reported(name: str, data: st.DataObject) -> None:
    read(data.draw(damaged(SAMPLES[name].encode())))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_pdf_is_read_or_reported(data: st.DataObject) -> None:
    pytest.importorskip("pypdfium2")
    read(b"%PDF-1.4\n" + data.draw(damaged(PDF.removeprefix(b"%PDF-1.4\n"))))
