"""Sources of several files: archives, folders, what is a part of a paper and what a source of its own."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from kg.errors import SourceError
from kg.model import Paper
from kg.sources import SourceFile, find_sources, read_source
from tests.sources.latex.documents import document, read

FILES = {
    "main.tex": document(r"\section{One}\input{sections/one}\subimport{sections/}{two}", preamble=r"\input macros"),
    "macros.tex": r"\newcommand{\ours}{Shepherd}",
    "sections/one.tex": r"\ours{} counts.",
    "sections/two.tex": r"\documentclass[../main]{subfiles}\begin{document}It herds.\end{document}",
    "refs.bib": "@article{a, title={Another}, author={C}}",
    "fig/sheep.pdf": "%PDF-1.4",
}


def tarred(files: dict[str, str], mode: str = "w:gz") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content.encode())
            archive.addfile(member, io.BytesIO(content.encode()))
    return packed.getvalue()


def zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def unpacked(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def found_in(folder: Path) -> list[SourceFile]:
    return [each for each in find_sources([str(folder)]) if isinstance(each, SourceFile)]


def text_of(found: object) -> str:
    assert isinstance(found, Paper)
    assert not found.remarks
    return " ".join(found.body[0].text.split())


@pytest.mark.parametrize("data", [tarred(FILES), tarred(FILES, "w"), zipped(FILES)], ids=["tar.gz", "tar", "zip"])
def test_an_archive_is_one_paper(data: bytes) -> None:
    [found] = read(data)
    assert text_of(found) == "Shepherd counts. It herds."


def test_a_document_may_be_compressed_by_itself() -> None:
    [found] = read(gzip.compress(document("Sheep.").encode(), mtime=0))
    assert text_of(found) == "Sheep."


def test_a_folder_is_one_paper_for_each_document_and_its_parts_are_none(tmp_path: Path) -> None:
    [source] = found_in(unpacked(tmp_path, FILES))
    [found] = read_source(source)
    assert (source.name, text_of(found)) == ("main.tex", "Shepherd counts. It herds.")


def test_files_beside_no_document_are_sources_as_ever(tmp_path: Path) -> None:
    unpacked(tmp_path, {f"paper/{name}": content for name, content in FILES.items()})
    unpacked(tmp_path, {"mine.bib": "@article{b, title={Mine}}", "lists/README.md": "- a list"})
    assert [source.name for source in found_in(tmp_path)] == ["lists/README.md", "mine.bib", "paper/main.tex"]


def test_a_pdf_beside_a_document_is_a_source_unless_the_document_names_it(tmp_path: Path) -> None:
    unpacked(
        tmp_path, {"main.tex": document(r"\includegraphics{barn}"), "barn.pdf": "", "main.pdf": "", "other.pdf": ""}
    )
    assert [source.name for source in found_in(tmp_path)] == ["main.tex", "other.pdf"]


@pytest.mark.parametrize("name", ["2401.01234v2.tar.gz", "2401.01234.gz"])
def test_a_paper_is_known_by_the_id_that_its_file_is_named_after(name: str) -> None:
    [found] = read_source(SourceFile("key", name, None, tarred(FILES)))
    assert isinstance(found, Paper)
    assert found.arxiv == "2401.01234"


def test_a_paper_is_known_by_the_id_that_its_folder_is_named_after(tmp_path: Path) -> None:
    unpacked(tmp_path, {f"2401.01234v1/{name}": content for name, content in FILES.items()})
    for folder in (tmp_path, tmp_path / "2401.01234v1"):
        [found] = read_source(found_in(folder)[0])
        assert isinstance(found, Paper)
        assert found.arxiv == "2401.01234"


def test_a_change_of_a_part_is_a_change_of_the_source(tmp_path: Path) -> None:
    [source] = found_in(unpacked(tmp_path, FILES))
    before = source.digest()
    assert source.digest() == before
    (tmp_path / "sections" / "one.tex").write_text("Changed.")
    assert source.digest() != before


def test_of_several_documents_in_an_archive_the_paper_is_read_and_the_rest_told() -> None:
    [found] = read(tarred({**FILES, "supplement.tex": document("More.", title="Supplement")}))
    assert isinstance(found, Paper)
    assert (found.title, found.remarks) == (
        "Shepherd", ("leaves out supplement.tex: of several documents it reads main.tex",),
    )  # fmt: skip


def test_papers_in_folders_of_an_archive_are_papers_each() -> None:
    found = read(tarred({"a/main.tex": document("Sheep.", title="On Wool"), "b/x.tex": document("", title="On Milk")}))
    assert [each.title for each in found if isinstance(each, Paper)] == ["On Wool", "On Milk"]


def test_a_part_by_itself_is_refused_with_what_to_do() -> None:
    with pytest.raises(SourceError, match="is LaTeX source without a document of its own"):
        read(r"\section{One} Sheep." + "\n")
