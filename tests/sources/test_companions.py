"""Full texts and what lies beside them: their entries in bibliographies, and tables that others read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.model import Paper
from kg.sources import find_sources, read_source
from kg.sources.files import SourceFile

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>
<title>S H E P H E R D</title></titleStmt>
</fileDesc></teiHeader><text><body><div><head>Flocks</head><p>Sheep graze.</p></div><figure type="table">
<head>Table 1</head><table>Dog Ewes Rams\nRex 3.5 4.5\nFido 1.0 2.0</table></figure></body></text></TEI>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "fold2020.tei.xml").write_text(TEI)
    return tmp_path


def sources(folder: Path) -> list[SourceFile]:
    found = list(find_sources([str(folder)]))
    assert all(isinstance(source, SourceFile) for source in found), found
    return [source for source in found if isinstance(source, SourceFile)]


def paper_in(folder: Path, name: str = "fold2020.tei.xml") -> Paper:
    (source,) = (each for each in sources(folder) if each.name.endswith(name))
    (row,) = read_source(source)
    assert isinstance(row, Paper), row
    return row


def entry(fields: str, key: str = "x") -> str:
    return f"@article{{{key}, title = {{Shepherd: Herding Sums}}, doi = {{10.1234/wool}}, {fields}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        entry("year = 2020", key="fold2020"),
        entry("file = {:fold2020.tei.xml:XML}"),
        entry("file = {Full Text:files/12/fold2020.tei.xml:application/xml;Other:other.pdf:application/pdf}"),
        entry(r"file = {:C\:\\Users\\ann\\fold2020.tei.xml:XML}"),
        entry("file = {:/home/ann/fold2020.tei.xml:xml}"),
    ],
)
def test_an_entry_says_what_the_paper_in_a_file_is_called(folder: Path, text: str) -> None:
    (folder / "refs.bib").write_text(entry("year = 1999", key="other").replace("wool", "milk") + text)
    found = paper_in(folder)
    assert (found.title, found.doi) == ("Shepherd: Herding Sums", "10.1234/wool")
    assert found.body[0].text == "Sheep graze."


def test_a_bibliography_above_says_so_only_by_the_name_of_the_file(folder: Path) -> None:
    inner = folder / "files" / "12"
    inner.mkdir(parents=True)
    (inner / "lamb2021.tei.xml").write_text(TEI)
    (folder / "refs.bib").write_text(entry("file = {:files/12/lamb2021.tei.xml:XML}"))
    assert paper_in(folder, "lamb2021.tei.xml").doi == "10.1234/wool"
    (folder / "refs.bib").write_text(entry("year = 2021", key="lamb2021"))
    assert paper_in(folder, "lamb2021.tei.xml").doi is None


def test_two_entries_that_disagree_say_nothing(folder: Path) -> None:
    (folder / "refs.bib").write_text(entry("", key="fold2020") + entry("", key="fold2020").replace("wool", "milk"))
    assert paper_in(folder).title == "S H E P H E R D"


def test_a_change_beside_a_file_makes_it_new(folder: Path) -> None:
    (source,) = sources(folder)
    before = source.digest()
    (folder / "other.bib").write_text(entry("year = 1999"))
    assert source.digest() == before
    (folder / "refs.bib").write_text(entry("year = 2020", key="fold2020"))
    assert source.digest() != before


def number(value: str, row: str, column: str, *, bold: bool = False, panel: tuple[str, ...] = ()) -> dict[str, object]:
    return {
        "number": value,
        "isBolded": bold,
        "associatedRows": [row],
        "associatedColumns": ["Sheep", column],
        "associatedMergedColumns": list(panel),
    }


TABLES = [
    {
        "caption": "Table 1: Counts of \nsheep. \n",
        "rows": ["Rex ( old )", "Fido"],
        "numberCells": [
            number("3.5", "Rex ( old )", "Ewes", bold=True),
            number("1.0", "Fido", "Ewes", panel=("Young dogs",)),
            number("4.5", "Rex ( old )", "Rams"),
        ],
    }
]


@pytest.mark.parametrize("place", ["fold2020.json", "tables/fold2020.json", "../tables/fold2020.json"])
def test_tables_that_others_read_stand_for_those_that_are_guessed(folder: Path, place: str) -> None:
    inner = folder / "tei"
    inner.mkdir()
    (folder / "fold2020.tei.xml").rename(inner / "fold2020.tei.xml")
    (inner / place).parent.mkdir(exist_ok=True)
    (inner / place).write_text(json.dumps(TABLES))
    assert [source.name for source in sources(folder)] == ["tei/fold2020.tei.xml"]
    (table,) = (part.table for part in paper_in(folder).body if part.table)
    assert (table.caption, table.number, table.guessed) == ("Counts of sheep.", "1", True)
    assert [(cell.row, cell.column, cell.text, cell.head, cell.bold) for cell in table.cells] == [
        (0, 0, "", False, False), (0, 1, "Sheep", True, False), (0, 2, "Sheep", True, False),
        (1, 0, "", False, False), (1, 1, "Ewes", True, False), (1, 2, "Rams", True, False),
        (2, 0, "Rex (old)", True, False), (2, 1, "3.5", False, True), (2, 2, "4.5", False, False),
        (3, 0, "Young dogs", False, False),
        (4, 0, "Fido", True, False), (4, 1, "1.0", False, False), (4, 2, "", False, False),
    ]  # fmt: skip


def test_json_of_another_shape_beside_a_full_text_is_a_source_of_its_own(folder: Path) -> None:
    (folder / "fold2020.json").write_text('[{"title": "On Wool", "abstract": "Warm."}]')
    assert [source.name for source in sources(folder)] == ["fold2020.json", "fold2020.tei.xml"]
