from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source
from kg.sources.encoding import UTF_8, as_utf8, encoding_of, is_binary
from tests.samples import COMPACT

# A table's rows in languages that are exported in encodings of their own.
TEXTS = {
    "cp1252": "Müller, A.;Schafe zählen – eine Übersicht;Wie zählt man Schafe? Es ist „schwer“.\n",
    "cp1250": "Łukasz Żak;Wykrywanie owiec na zdjęciach;Przedstawiamy nową metodę wykrywania owiec, która działa "
    "szybciej niż poprzednie. Wyniki są bardzo obiecujące, a źródła są dostępne.\n",
    "cp1251": "Иванов И.;Счёт овец на лугу;Мы предлагаем новый метод счёта овец.\n",
    "koi8_r": "Иванов И.;Счёт овец на лугу;Мы предлагаем новый метод счёта овец.\n",
    "cp1253": "Παπαδόπουλος;Μέτρηση προβάτων;Προτείνουμε μια νέα μέθοδο μέτρησης προβάτων.\n",
    "cp1255": "כהן;ספירת כבשים;אנו מציעים שיטה חדשה לספירת כבשים בשדה.\n",
    "cp932": "山田太郎;羊を数える研究;本論文では羊を数える新しい手法を提案する。\n",
    "euc_jp": "山田太郎;羊を数える研究;本論文では羊を数える新しい手法を提案する。\n",
    "gb18030": "王小明;关于数羊的研究;本文提出了一种新的数羊方法，实验结果表明其有效性。\n",
    "big5": "王小明;關於數羊的研究;本文提出了一種新的數羊方法，實驗結果表明其有效性。\n",
    "cp949": "김철수;양을 세는 연구;본 논문에서는 양을 세는 새로운 방법을 제안한다.\n",
    "iso2022_jp": "山田太郎;羊を数える研究;本論文では羊を数える新しい手法を提案する。\n",
    "mac_roman": "Étienne;Compter les moutons;Nous présentons une méthode générale, très précise et déjà éprouvée.\n",
}


def decoded(data: bytes) -> str:
    encoding = encoding_of(lambda: io.BytesIO(data), data[:65_536])
    assert encoding is not None
    return as_utf8(io.BytesIO(data), encoding).read().decode()


@pytest.mark.parametrize(("codec", "text"), TEXTS.items(), ids=TEXTS)
def test_text_in_an_older_encoding_is_read_as_it_was_written(codec: str, text: str) -> None:
    assert decoded(f"authors;title;abstract\n{text}".encode(codec)) == f"authors;title;abstract\n{text}"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_told_by_their_mark_or_their_zeros(codec: str) -> None:
    text = "title\tabstract\nZählen\tSchafe – viele.\n"
    assert decoded(text.encode(codec)) == text


def test_english_with_the_marks_of_a_word_processor_is_in_its_encoding() -> None:
    text = "Title;Abstract\nIt’s “warm”;The sheep’s wool—“white”—isn’t cold… we count\n"
    assert decoded(text.encode("cp1252")) == text


def test_a_long_text_of_western_europe_is_no_other_for_being_long() -> None:
    text = (
        "Wir zählen müde Schafe über den Zäunen, und was übrig bleibt, gehört den Kühen – nämlich fast alles.\n" * 300
    )
    assert decoded(text.encode("cp1252")) == text


def test_utf8_is_left_alone() -> None:
    data = "Zählen".encode()
    stream = io.BytesIO(data)
    assert encoding_of(lambda: io.BytesIO(data), data) == UTF_8
    assert as_utf8(stream, UTF_8) is stream


def test_one_stray_byte_among_utf8_is_a_letter_of_windows_and_is_told_with_its_line() -> None:
    data = "Zähl Schafe.\nZähl sie.\n".encode() + b"Z\xe4hl.\n"
    encoding = encoding_of(lambda: io.BytesIO(data), data)
    assert encoding is not None
    assert as_utf8(io.BytesIO(data), encoding).read().decode() == "Zähl Schafe.\nZähl sie.\nZähl.\n"
    assert "1 bytes are no UTF-8" in str(encoding.remark)
    assert str(encoding.remark).endswith("line 3")


def test_the_encoding_is_that_of_the_whole_file_however_late_its_letters_come() -> None:
    data = b"plain\n" * 200_000 + "Müller – Öl\n".encode("cp1252")
    assert decoded(data).endswith("Müller – Öl\n")


def test_two_files_of_two_encodings_in_one_are_both_read() -> None:
    assert decoded("Zähl\n".encode() + "Zähl\n".encode("cp1252")) == "Zähl\nZähl\n"


@pytest.mark.parametrize("declared", ["windows-1251", "WINDOWS-1251", "cp1251"])
def test_a_document_is_in_the_encoding_that_it_declares(declared: str) -> None:
    text = f'<?xml version="1.0" encoding="{declared}"?><feed>Овца</feed>'
    assert decoded(text.encode("cp1251")) == text


def test_what_a_document_declares_wrongly_is_not_believed() -> None:
    text = '<?xml version="1.0" encoding="ascii"?><feed>Zähl, Ölmüller</feed>'
    assert decoded(text.encode("cp1252")) == text


@pytest.mark.parametrize("name", ["rot13", "hex", "zip", "utf-7", "unicode_escape", "idna", "nothing"])
def test_a_document_cannot_choose_a_codec_that_is_no_encoding_of_text(name: str) -> None:
    text = f'<?xml version="1.0" encoding="{name}"?><a>Zähl</a>'
    assert decoded(text.encode("cp1252")) == text


def test_what_reads_as_nothing_is_refused_rather_than_guessed() -> None:
    data = bytes(range(0x80, 0x100)) * 40
    assert encoding_of(lambda: io.BytesIO(data), data) is None
    with pytest.raises(SourceError, match="an encoding that cannot be told; save it as UTF-8"):
        list(read_source(SourceFile("k", "a.txt", None, data)))


@pytest.mark.parametrize("codec", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_source_gives_the_same_papers_in_any_encoding(codec: str) -> None:
    page = COMPACT.replace("Wool comes", "Wöol comes")
    rows = [list(read_source(SourceFile("k", "a.txt", None, page.encode(name)))) for name in ("utf-8", codec)]
    assert rows[0] == rows[1]


def test_a_document_in_another_encoding_is_parsed_as_it_was_written() -> None:
    feed = (
        '<?xml version="1.0" encoding="{}"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        "<title>Zähl die Schafe, Müller</title><summary>Öl.</summary></entry></feed>"
    )
    for codec in ("iso-8859-1", "utf-16"):
        (row,) = read_source(SourceFile("k", "a.xml", None, feed.format(codec).encode(codec)))
        assert isinstance(row, Paper)
        assert row.title == "Zähl die Schafe, Müller"


@given(st.binary(max_size=600), st.sampled_from([b"", *(bom for bom in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE))]))
def test_any_bytes_become_utf8_or_are_refused(data: bytes, before: bytes) -> None:
    data = before + data
    is_binary(data)
    encoding = encoding_of(lambda: io.BytesIO(data), data)
    if encoding is not None and encoding != UTF_8:
        as_utf8(io.BytesIO(data), encoding).read().decode()


@given(st.text(st.characters(codec="cp1252"), max_size=300))
def test_text_of_western_europe_is_never_lost(text: str) -> None:
    data = f"Title;Abstract\n{text}\nÖl und Müll; Käse für alle\n".encode("cp1252")
    try:
        rows = list(read_source(SourceFile("k", "a.csv", None, data)))
    except SourceError:
        return
    assert all(isinstance(row, Paper | Reject) for row in rows)
