"""The same three papers in the exact shape of each format that kg reads, in our own words.

The second has no abstract where the format can leave it out; all are known by the ids that the format can hold.
"""

from __future__ import annotations

import html
import json

__all__ = [
    "ABSTRACTS", "ATOM", "BIBTEX", "CSV", "DAILY_PAPERS", "ENDNOTE", "FORMATS", "HEADINGS_PAGE", "JSON_LINES",
    "MEDLINE", "OAI", "OPENALEX_PAGE", "PAPERS_PAGE", "REFWORKS", "RIS", "RSS", "SCHOLAR_PAGE", "SNAPSHOT", "TITLES",
    "TSV", "WEB_OF_SCIENCE", "compact_json",
]  # fmt: skip

TITLES = ("Counting Sheep: A Study of Small Numbers", "Is a Fence Necessary?", "On the Colour of Wool")
ABSTRACTS = (
    "Counting is harder than it looks when the sheep keep moving. We evaluate SheepCount-7B on GSM8K, and it wins.",
    "",
    "Wool comes in several colours, of which 40.0\\% are white. Black wool is warmer in the sun.",
)
_ARXIV = ("2402.01234", "2311.00001", "cs/0112017")
_VERSIONED = ("2402.01234v2", "2311.00001v1", "cs/0112017v1")
_DATES = ("2024-02-05", "2023-11-01", "2001-12-09")
_DOI = "10.1234/Wool.7"


def compact_json(value: object) -> str:
    """JSON as APIs answer it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_AUTHORS = [
    {"_id": "65c1", "name": "Ann Shepherd", "hidden": False},
    {"_id": "65c2", "name": "Bo Lamb", "hidden": False},
]
DAILY_PAPERS: list[dict[str, object]] = [
    {
        "paper": {
            "id": _ARXIV[0], "authors": _AUTHORS, "publishedAt": "2024-02-05T18:55:32.000Z", "title": TITLES[0],
            "submittedOnDailyAt": "2024-02-06T01:00:00.000Z", "summary": ABSTRACTS[0], "upvotes": 7,
            "githubRepo": "https://github.com/example/sheep", "ai_summary": "A model counts.",
            "ai_keywords": ["counting", "sheep"], "githubStars": 3,
        },
        "publishedAt": "2024-02-06T02:00:00.000Z", "title": TITLES[0], "summary": ABSTRACTS[0], "thumbnail": "t.png",
        "numComments": 2, "submittedBy": {"name": "ann"}, "organization": {"name": "farm", "fullname": "Farm AI Lab"},
        "isAuthorParticipating": False,
    },
    {
        "paper": {"id": _ARXIV[1], "authors": _AUTHORS[:1], "publishedAt": "2023-11-01T00:00:00.000Z",
                  "title": TITLES[1], "summary": "", "upvotes": 0},
        "publishedAt": "2023-11-02T00:00:00.000Z", "title": TITLES[1], "ai_keywords": ["fences"],
        "githubRepo": "https://github.com/example/fence",
    },
    {
        "paper": {"id": _ARXIV[2], "authors": [], "publishedAt": "2001-12-09T00:00:00.000Z", "upvotes": 1},
        "title": TITLES[2], "summary": ABSTRACTS[2],
    },
]  # fmt: skip

_PROPS = html.escape(json.dumps({"dailyPapers": DAILY_PAPERS, "dateString": "2024-02-06"}), quote=True)
_ARTICLES = "\n".join(
    f'<article><h3><a href="/papers/{number}" class="line-clamp-3">\n  {html.escape(title)}\n</a></h3></article>'
    for number, title in zip(_ARXIV, TITLES, strict=True)
)
PAPERS_PAGE = f"""<!doctype html>
<html class=""><head><meta charset="utf-8" /><title>Daily Papers - Hugging Face</title></head>
<body><main class="flex"><div class="SVELTE_HYDRATER contents" data-target="DailyPapers" data-props="{_PROPS}">
{_ARTICLES}</div></main></body></html>
"""
HEADINGS_PAGE = f"<!doctype html>\n<html><body><main>\n{_ARTICLES}\n</main></body></html>\n"

_ENTRIES = "".join(
    f"""  <entry>
    <id>http://arxiv.org/abs/{number}</id>
    <updated>2024-06-01T10:00:00Z</updated>
    <published>{date}T18:55:32Z</published>
    <title>{title.replace(" A ", chr(10) + "  A ")}</title>
    <summary>  {abstract.replace(". ", "." + chr(10), 1)}
</summary>
    <author>
      <name>Ann Shepherd</name>
      <arxiv:affiliation xmlns:arxiv="http://arxiv.org/schemas/atom">Farm</arxiv:affiliation>
    </author>
    <author><name>Bo Lamb</name></author>
    {doi}<arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">12 pages &amp; 3 figures</arxiv:comment>
    <link href="http://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{number}" rel="related" type="application/pdf"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""
    for number, title, abstract, date, doi in zip(
        _VERSIONED, TITLES, ABSTRACTS, _DATES,
        ("", "", f'<arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">{_DOI}</arxiv:doi>\n    '), strict=True
    )
)  # fmt: skip
ATOM = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query%3Dall%3Asheep" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=all:sheep</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2024-06-02T00:00:00-04:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">3</opensearch:totalResults>
{_ENTRIES}</feed>
"""

_OAI_RECORDS = "".join(
    f"""<record><header><identifier>oai:arXiv.org:{number}</identifier><datestamp>2024-06-01</datestamp></header>
<metadata><arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>{number}</id><created>{date}</created><updated>2024-06-01</updated>
<authors><author><keyname>Shepherd</keyname><forenames>Ann</forenames></author><author><keyname>Lamb</keyname>\
<forenames>Bo</forenames></author></authors><title>{title.replace(" A ", chr(10) + "  A ")}</title>
<categories>cs.LG cs.CL</categories>{f"<doi>{_DOI}</doi>" if number.startswith("cs") else ""}
<abstract>  {abstract.replace(". ", "." + chr(10), 1)}
</abstract></arXiv></metadata></record>
"""
    for number, title, abstract, date in zip(_ARXIV, TITLES, ABSTRACTS, _DATES, strict=True)
)
OAI = f"""<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-02T00:00:00Z</responseDate>
<request verb="ListRecords" metadataPrefix="arXiv" set="cs">http://oaipmh.arxiv.org/oai</request><ListRecords>
{_OAI_RECORDS}<resumptionToken cursor="0">x|3</resumptionToken></ListRecords></OAI-PMH>
"""

_ITEMS = "".join(
    f"""<item><title>{title}</title><link>https://arxiv.org/abs/{number}</link>
<description>arXiv:{number} Announce Type: new \nAbstract: {abstract}</description>
<guid isPermaLink="false">oai:arXiv.org:{number}</guid><category>cs.LG</category><pubDate>{date}</pubDate>
<arxiv:announce_type>new</arxiv:announce_type><dc:creator>Ann Shepherd, Bo Lamb</dc:creator>{doi}</item>
"""
    for number, title, abstract, date, doi in zip(
        _VERSIONED, TITLES, ABSTRACTS, _DATES, ("", "", f"<arxiv:DOI>{_DOI}</arxiv:DOI>"), strict=True
    )
)
RSS = f"""<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" version="2.0"><channel>
<title>cs.LG updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link>
{_ITEMS}</channel></rss>
"""

SNAPSHOT = "".join(
    json.dumps({
        "id": number, "submitter": "Ann Shepherd", "authors": "Ann Shepherd and Bo Lamb",
        "title": title.replace(" A ", "\n  A "), "comments": "12 pages", "journal-ref": None,
        "doi": _DOI if number == "cs/0112017" else None, "report-no": None, "categories": "cs.LG cs.CL",
        "license": "http://creativecommons.org/licenses/by/4.0/",
        "abstract": "  " + abstract.replace(". ", ".\n", 1) + "\n",
        "versions": [{"version": "v1", "created": created},
                     {"version": "v2", "created": "Sat, 1 Jun 2024 10:00:00 GMT"}],
        "update_date": "2024-06-03", "authors_parsed": [["Shepherd", "Ann", ""], ["Lamb", "Bo", ""]],
    }) + "\n"
    for number, title, abstract, created in zip(
        _ARXIV, TITLES, ABSTRACTS,
        ("Mon, 5 Feb 2024 18:55:32 GMT", "Wed, 1 Nov 2023 00:00:00 GMT", "Sun, 9 Dec 2001 00:00:00 GMT"), strict=True
    )
)  # fmt: skip


def _inverted(text: str) -> dict[str, list[int]] | None:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(text.split()):
        index.setdefault(word, []).append(place)
    return index or None


OPENALEX_PAGE = {
    "meta": {"count": 3, "db_response_time_ms": 20, "page": 1, "per_page": 100, "groups_count": None},
    "results": [
        {
            "id": f"https://openalex.org/W43915{number}", "doi": doi, "title": title, "display_name": title,
            "publication_year": int(date[:4]), "publication_date": date,
            "ids": {"openalex": f"https://openalex.org/W43915{number}", "doi": doi},
            "primary_location": {"is_oa": True, "landing_page_url": f"http://arxiv.org/abs/{arxiv}", "pdf_url": None,
                                 "source": {"id": "https://openalex.org/S4306400194", "display_name": "arXiv"}},
            "locations": [], "authorships": [{"author_position": "first", "author": {"display_name": "Ann Shepherd"}},
                                             {"author_position": "last", "author": {"display_name": "Bo Lamb"}}],
            "abstract_inverted_index": _inverted(abstract), "is_retracted": False,
        }
        for number, (title, abstract, arxiv, date, doi) in enumerate(
            zip(TITLES, ABSTRACTS, _ARXIV, _DATES, (f"https://doi.org/10.48550/arxiv.{_ARXIV[0]}", None,
                                                    f"https://doi.org/{_DOI}"), strict=True)
        )
    ],
    "group_by": [],
}  # fmt: skip

SCHOLAR_PAGE = {
    "total": 3, "offset": 0,
    "data": [
        {
            "paperId": "649def34f8be52c8b66281af98ae884c09aef38b",
            "externalIds": {"ArXiv": arxiv, "CorpusId": 2154 + number} | ({"DOI": _DOI} if number == 2 else {}),
            "title": title, "abstract": abstract or None, "year": int(date[:4]), "publicationDate": date,
            "tldr": {"model": "tldr@v2.0.0", "text": "Sheep are counted."},
            "authors": [{"authorId": "1", "name": "Ann Shepherd"}, {"authorId": "2", "name": "Bo Lamb"}],
            "url": "https://www.semanticscholar.org/paper/649def34f8be52c8b66281af98ae884c09aef38b",
        }
        for number, (title, abstract, arxiv, date) in enumerate(zip(TITLES, ABSTRACTS, _ARXIV, _DATES, strict=True))
    ],
}  # fmt: skip

BIBTEX = f"""% Exported by hand.
@string{{farm = "Journal of Farming"}}

@article{{shepherd2024counting,
  title         = {{{TITLES[0].replace(" A ", chr(10) + "                   A ")}}},
  author        = {{Ann Shepherd and Bo Lamb}},
  journal       = farm,
  year          = {{2024}},
  month         = feb,
  eprint        = {{{_VERSIONED[0]}}},
  archivePrefix = {{arXiv}},
  primaryClass  = {{cs.LG}},
  abstract      = {{{ABSTRACTS[0]}}}
}}

@misc{{lamb2023fence,
  author = "Bo Lamb", title = "{TITLES[1]}", year = 2023,
  journal = {{CoRR}}, volume = {{abs/{_ARXIV[1]}}}
}}

@inproceedings(shepherd2001wool,
  author    = {{Shepherd, Ann and Lamb, Bo}},
  title     = {{{TITLES[2]}}},
  booktitle = {{Proceedings of the 1st Meeting, ann@farm.example}},
  url       = {{https://arxiv.org/abs/{_VERSIONED[2]}}},
  doi       = {{https://doi.org/{_DOI}}},
  date      = {{2001-12-09}},
  abstract  = {{{ABSTRACTS[2]}}},
)
"""

RIS = f"""TY  - JOUR
TI  - {TITLES[0]}
AU  - Shepherd, Ann
AU  - Lamb, Bo
PY  - 2024
DA  - 2024/02/05/
AB  - {ABSTRACTS[0].replace(". ", "." + chr(10), 1)}
UR  - https://arxiv.org/abs/{_VERSIONED[0]}
ER  -\x20

TY  - PREP
T1  - {TITLES[1]}
A1  - Lamb, Bo
Y1  - 2023/11/01
JO  - arXiv:{_ARXIV[1]}
ER  -\x20

TY  - CONF
TI  - {TITLES[2]}
AU  - Shepherd, Ann
AU  - Lamb, Bo
DA  - 2001/12/09
N2  - {ABSTRACTS[2]}
DO  - {_DOI}
UR  - https://arxiv.org/abs/{_ARXIV[2]}
ER  -\x20
"""


def _wrapped(text: str, indent: str) -> str:
    """Text with one line end in it, as exports break their lines."""
    return text.replace(" A ", f"\n{indent}A ", 1).replace(". ", f".\n{indent}", 1)


WEB_OF_SCIENCE = f"""FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Shepherd, A
   Lamb, B
AF Shepherd, Ann
   Lamb, Bo
TI {_wrapped(TITLES[0], "   ")}
SO JOURNAL OF FARMING
DE sheep; counting
AB {_wrapped(ABSTRACTS[0], "   ")}
PD FEB 5
PY 2024
AR arXiv:{_VERSIONED[0]}
ER

PT J
AF Lamb, Bo
TI {TITLES[1]}
PD NOV 1
PY 2023
AR arXiv:{_ARXIV[1]}
ER

PT C
AF Shepherd, Ann
   Lamb, Bo
TI {TITLES[2]}
AB {ABSTRACTS[2]}
PD DEC 9
PY 2001
AR arXiv:{_ARXIV[2]}
DI {_DOI}
ER

EF
"""

MEDLINE = "\n" + "\n".join(
    f"""PMID- {number}
OWN - NLM
DP  - {date}
TI  - {_wrapped(title, "      ")}
AB  - {_wrapped(abstract, "      ")}
FAU - Shepherd, Ann
AU  - Shepherd A
FAU - Lamb, Bo
AU  - Lamb B
PT  - Journal Article
LID - arXiv:{arxiv} [pii]
AID - {doi} [doi]
"""
    for number, (title, abstract, date, arxiv, doi) in enumerate(
        zip(TITLES, ABSTRACTS, ("2024 Feb 5", "2023 Nov 1", "2001 Dec 9"), _ARXIV, ("", "", _DOI), strict=True), start=1
    )
)

ENDNOTE = "\n".join(
    f"""%0 Journal Article
%A Shepherd, Ann
%A Lamb, Bo
%T {_wrapped(title, "")}
%J Journal of Farming
%D {date[:4]}
%8 {date}
%R {doi}
%U https://arxiv.org/abs/{arxiv}
%X {_wrapped(abstract, "")}
"""
    for title, abstract, date, arxiv, doi in zip(TITLES, ABSTRACTS, _DATES, _VERSIONED, ("", "", _DOI), strict=True)
)

REFWORKS = "\n".join(
    f"""RT Journal Article
SR Electronic
A1 Shepherd,Ann
A1 Lamb,Bo
T1 {title}
YR {date[:4]}
FD {date}
AB {_wrapped(abstract, "")}
DO {doi}
UL https://arxiv.org/abs/{arxiv}
"""
    for title, abstract, date, arxiv, doi in zip(TITLES, ABSTRACTS, _DATES, _VERSIONED, ("", "", _DOI), strict=True)
)

CSV = "Paper Title,Summary,Published,URL,DOI,Authors\r\n" + "".join(
    f'"{title}","{abstract.replace(". ", "." + chr(10), 1)}",{date},'
    f"https://arxiv.org/abs/{arxiv},{doi},Ann Shepherd; Bo Lamb\r\n"
    for title, abstract, date, arxiv, doi in zip(TITLES, ABSTRACTS, _DATES, _VERSIONED, ("", "", _DOI), strict=True)
)
TSV = "arxiv_id\ttitle\tabstract\tyear\tdoi\n" + "".join(
    f"{arxiv}\t{title}\t{abstract}\t{date}\t{doi}\n"
    for title, abstract, date, arxiv, doi in zip(TITLES, ABSTRACTS, _DATES, _VERSIONED, ("", "", _DOI), strict=True)
)
JSON_LINES = "".join(
    json.dumps({"title": title, "abstract": abstract, "arxiv": arxiv, "date": date, "doi": doi}) + "\n"
    for title, abstract, date, arxiv, doi in zip(TITLES, ABSTRACTS, _DATES, _VERSIONED, (None, None, _DOI), strict=True)
)

_WORKS = OPENALEX_PAGE["results"]
_SCHOLARS = SCHOLAR_PAGE["data"]
assert isinstance(_WORKS, list)
assert isinstance(_SCHOLARS, list)


def _lines(rows: list[dict[str, object]]) -> str:
    return "".join(compact_json(row) + "\n" for row in rows)


FORMATS: dict[str, str] = {
    "Hugging Face daily papers": compact_json(DAILY_PAPERS),
    "Hugging Face daily papers, indented": json.dumps(DAILY_PAPERS, indent=2),
    "Hugging Face papers, a line each": _lines(DAILY_PAPERS),
    "Hugging Face page": PAPERS_PAGE,
    "arXiv Atom": ATOM,
    "arXiv OAI-PMH": OAI,
    "arXiv RSS": RSS,
    "arXiv snapshot": SNAPSHOT,
    "OpenAlex answer": compact_json(OPENALEX_PAGE),
    "OpenAlex answer, indented": json.dumps(OPENALEX_PAGE, indent=1),
    "OpenAlex works, a line each": _lines(_WORKS),
    "Semantic Scholar answer": compact_json(SCHOLAR_PAGE),
    "Semantic Scholar list": compact_json(_SCHOLARS),
    "Semantic Scholar papers, a line each": _lines(_SCHOLARS),
    "BibTeX": BIBTEX,
    "RIS": RIS,
    "Web of Science": WEB_OF_SCIENCE,
    "MEDLINE": MEDLINE,
    "EndNote": ENDNOTE,
    "RefWorks": REFWORKS,
    "CSV": CSV,
    "TSV": TSV,
    "JSON lines": JSON_LINES,
}
