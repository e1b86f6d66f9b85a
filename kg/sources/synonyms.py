"""The names that people give to the columns of a table of papers, and to the keys of JSON of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.model import DESCRIBED

__all__ = ["Column", "column_of", "places_of"]

Column = str
"""What a column holds: ``title``, ``abstract``, ``identifier``, ``date``, or a field of ``DESCRIBED``."""

_SYNONYMS: dict[Column, str] = {
    "title": (
        "title, titles, paper title, article title, document title, item title, name, paper name, paper, "
        "primary title, ti"
    ),
    "abstract": (
        "abstract, abstracts, abstract note, paper abstract, abstract text, abstract en, abstract english, summary, "
        "summaries, description, ab"
    ),
    "identifier": (
        "arxiv, arxiv id, entry id, arxiv url, arxiv link, eprint, doi, paper doi, item doi, doi url, doi link, "
        "digital object identifier, di, id, paper id, url, urls, link, links, paper url, paper link, article url, "
        "document url, full text url, pdf, pdf url, pdf link, url abs, url pdf, source link, source urls, "
        "external url, external id, href"
    ),
    "date": (
        "date, published, published at, published date, date published, publication date, cover date, issue "
        "date, year, publication year, published year, year published, pub year, py, pubdate, pub date, "
        "update date, submitted, submission date, created, release date, online date, date published online, "
        "last revised date, revised date"
    ),
    **{field.name: ", ".join(field.names) for field in DESCRIBED},
}

# The same in the languages that databases and spreadsheets of papers are in.
_ABROAD: dict[Column, str] = {
    "title": (
        "titel, titre, título, titulo, titolo, tytuł, otsikko, başlık, "
        "заглавие, название, 标题, 標題, 题名, 篇名, 论文标题, タイトル, 論文名, 제목"
    ),
    "abstract": (
        "zusammenfassung, kurzfassung, abstrakt, résumé, resumen, resumo, riassunto, sommario, sammanfattning, "
        "samenvatting, streszczenie, özet, аннотация, 摘要, 抄録, 要旨, 概要, 초록"
    ),
    "date": (
        "datum, jahr, erscheinungsjahr, veröffentlichungsdatum, année, fecha, año, ano, anno, rok, jaar, år, "
        "год, дата, 年, 年份, 出版年, 发表时间, 発行年, 연도"
    ),
    "authors": (
        "autor, autoren, verfasser, auteur, auteurs, autores, autore, autori, autorzy, författare, yazar, yazarlar, "
        "автор, авторы, 作者, 著者, 저자"
    ),
    "venue": (
        "zeitschrift, konferenz, revue, conférence, revista, conferencia, rivista, czasopismo, tidskrift, tijdschrift, "
        "журнал, 期刊, 刊名, 来源, 雑誌名, 학술지"
    ),
    "keywords": (
        "schlagwörter, schlagworte, stichwörter, mots clés, palabras clave, palavras chave, parole chiave, "
        "ключевые слова, 关键词, 关键字, キーワード"
    ),
}  # fmt: skip


def _squash(name: str) -> str:
    # Letters with accents come in one piece or in two.
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name.lower()))


def _ranked(names: Mapping[Column, str], first: int) -> dict[str, tuple[Column, int]]:
    return {
        _squash(name): (column, first + rank)
        for column, each in names.items()
        for rank, name in enumerate(each.split(","))
    }


_COLUMNS = _ranked(_ABROAD, 1_000) | _ranked(_SYNONYMS, 0)


@lru_cache(maxsize=1024)
def _look_up(name: str) -> tuple[Column, int] | None:
    return _COLUMNS.get(_squash(name[:80]))


def column_of(name: str) -> Column | None:
    """What a column is by its name, however it is written; None for one that is of no use.

    >>> column_of("Paper Title"), column_of("arXiv_ID"), column_of("publishedAt"), column_of("shoe size")
    ('title', 'identifier', 'date', None)
    """
    found = _look_up(name)
    return found[0] if found else None


@lru_cache(maxsize=256)
def places_of(names: tuple[str, ...]) -> Mapping[Column, Sequence[int]]:
    """For each thing, the places of its columns, the one whose name says it most plainly first.

    >>> places_of(("Name", "Title", "Year", "URL", "DOI", "Date"))
    {'title': [1, 0], 'date': [5, 2], 'identifier': [4, 3]}
    """
    ranked = sorted((found[1], place, found[0]) for place, name in enumerate(names) if (found := _look_up(name)))
    places: dict[Column, list[int]] = {}
    for _, place, column in ranked:
        places.setdefault(column, []).append(place)
    return places
