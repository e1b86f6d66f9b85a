"""Records of the APIs and programs that people get papers from, each in its exact shape, in our own words."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Author, Paper, Reject
from kg.sources.jsonformats import format_of
from kg.sources.jsonrecords import read
from kg.sources.jsontext import JsonRecord
from tests.sources.test_containers import read_text

ORCID = "0000-0002-1825-0097"
ADA = Author("Ada Apple", "Ada", "Apple", ORCID)
ABSTRACT = "We count sheep & goats."
JATS = "<jats:title>Abstract</jats:title><jats:p>We count <jats:italic>sheep</jats:italic> &amp; goats.</jats:p>"

# A record, and what is read of it beside the title "Counting Sheep".
RECORDS: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "Crossref": (
        {
            "DOI": "10.1234/Sheep.7", "type": "proceedings-article", "title": ["Counting Sheep"], "abstract": JATS,
            "author": [{"given": "Ada", "family": "Apple", "ORCID": f"http://orcid.org/{ORCID}", "sequence": "first"},
                       {"name": "Sheep Counters", "sequence": "additional"}],
            "container-title": ["Night School", "NS"], "issued": {"date-parts": [[2024, 3, 5]]}, "subject": ["Wool"],
            "URL": "http://dx.doi.org/10.1234/sheep.7", "is-referenced-by-count": 3, "reference-count": 2,
            "resource": {"primary": {"URL": "https://example.org/sheep"}}, "reference": [{"article-title": "Goats"}],
            "updated-by": [{"type": "retraction", "DOI": "10.1234/notice"}],
        },
        {"abstract": ABSTRACT, "doi": "10.1234/sheep.7", "date": "2024-03-05", "venue": "Night School",
         "type": "conference-paper", "status": "retracted", "categories": ("Wool",), "author_count": 2,
         "authors": (ADA, Author("Sheep Counters")), "urls": ("https://example.org/sheep",)},
    ),
    "Europe PMC": (
        {
            "id": "123", "source": "MED", "pmid": "123", "doi": "10.1234/sheep.7", "title": "Counting Sheep.",
            "authorString": "Apple A.", "abstractText": "<h4>Abstract</h4>We count sheep &amp; goats.",
            "authorList": {"author": [{"fullName": "Apple A", "firstName": "Ada", "lastName": "Apple", "initials": "A",
                                       "authorId": {"type": "ORCID", "value": ORCID}}]},
            "journalInfo": {"journal": {"title": "Night School"}, "yearOfPublication": 2024}, "pubYear": "2024",
            "firstPublicationDate": "2024-03-05", "keywordList": {"keyword": ["sheep", "sleep"]},
            "pubTypeList": {"pubType": ["Journal Article", "Retracted Publication"]},
        },
        {"abstract": ABSTRACT, "doi": "10.1234/sheep.7", "date": "2024-03-05", "authors": (ADA,), "type": "article",
         "venue": "Night School", "status": "retracted", "keywords": ("sheep", "sleep"),
         "urls": ("https://europepmc.org/article/MED/123",)},
    ),
    "DataCite": (
        {
            "id": "10.48550/arxiv.2403.00011", "type": "dois",
            "attributes": {
                "doi": "10.48550/arxiv.2403.00011", "titles": [{"title": "Das Z\u00e4hlen",
                                                                "titleType": "TranslatedTitle"},
                                                               {"title": "Counting Sheep"}],
                "creators": [{"name": "Apple, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Apple",
                              "nameIdentifiers": [{"nameIdentifier": f"https://orcid.org/{ORCID}",
                                                   "nameIdentifierScheme": "ORCID"}]}],
                "descriptions": [{"description": "10 pages", "descriptionType": "Other"},
                                 {"description": "We count sheep &amp; goats.", "descriptionType": "Abstract"}],
                "dates": [{"date": "2024", "dateType": "Issued"}, {"date": "2024-03-05T10:00:00Z",
                                                                   "dateType": "Submitted"}],
                "publicationYear": 2024, "types": {"resourceTypeGeneral": "Preprint", "resourceType": "Article"},
                "identifiers": [{"identifier": "2403.00011", "identifierType": "arXiv"}], "publisher": "arXiv",
                "subjects": [{"subject": "cs.CL", "subjectScheme": "arXiv"}, {"subject": "sheep"}],
                "relatedIdentifiers": [{"relationType": "IsSupplementedBy", "relatedIdentifierType": "URL",
                                        "relatedIdentifier": "https://github.com/example/sheep"}],
                "url": "https://arxiv.org/abs/2403.00011",
            },
        },
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "doi": "10.48550/arxiv.2403.00011", "date": "2024-03-05",
         "authors": (ADA,), "type": "preprint", "categories": ("cs.CL",), "keywords": ("sheep",),
         "repositories": ("https://github.com/example/sheep",)},
    ),
    "CSL-JSON": (
        {"id": "apple2024", "type": "article", "title": "Counting <i>Sheep</i>", "abstract": ABSTRACT,
         "publisher": "arXiv",
         "author": [{"family": "Apple", "given": "Ada", "ORCID": ORCID}], "issued": {"date-parts": [["2024", 3]]},
         "note": "Read it\narXiv:2403.00011 [cs]", "URL": "http://arxiv.org/abs/2403.00011", "keyword": "sheep, sleep"},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "date": "2024-03", "authors": (ADA,), "type": "preprint",
         "keywords": ("sheep", "sleep"), "urls": ("http://arxiv.org/abs/2403.00011",)},
    ),
    "Zotero": (
        {"key": "AAAA", "version": 1, "library": {"type": "user"}, "meta": {"parsedDate": "2024-03-05"},
         "data": {"key": "AAAA", "itemType": "conferencePaper", "title": "Counting Sheep", "abstractNote": ABSTRACT,
                  "creators": [{"creatorType": "editor", "firstName": "Ed", "lastName": "Endive"},
                               {"creatorType": "author", "firstName": "Ada", "lastName": "Apple"}],
                  "date": "2024-03-05", "DOI": "10.1234/sheep.7", "proceedingsTitle": "Night School",
                  "extra": "Citation Key: apple\narXiv: 2403.00011", "tags": [{"tag": "sheep"}], "url": ""}},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "doi": "10.1234/sheep.7", "date": "2024-03-05",
         "authors": (Author("Ada Apple", "Ada", "Apple"),), "venue": "Night School", "type": "conference-paper",
         "keywords": ("sheep",)},
    ),
    "DBLP": (
        {"@score": "3", "@id": "1", "info": {
            "authors": {"author": [{"@pid": "1/2", "text": "Ada Apple 0001"}, {"@pid": "1/3", "text": "Bo Berry"}]},
            "title": "Counting Sheep.", "venue": "CoRR", "volume": "abs/2403.00011", "year": "2024",
            "type": "Informal and Other Publications", "key": "journals/corr/abs-2403-00011",
            "ee": "https://doi.org/10.48550/arXiv.2403.00011",
            "url": "https://dblp.org/rec/journals/corr/abs-2403-00011"}},
        {"abstract": "", "arxiv": "2403.00011", "date": "2024", "type": "preprint", "venue": "CoRR",
         "authors": (Author("Ada Apple"), Author("Bo Berry")), "urls": ("https://doi.org/10.48550/arXiv.2403.00011",)},
    ),
    "OpenReview 1": (
        {"id": "HkAAAAAoQ", "forum": "HkAAAAAoQ", "cdate": 1709600000000, "invitation": "Night.cc/2024/-/Submission",
         "content": {"title": "Counting Sheep", "abstract": ABSTRACT, "authors": ["Ada Apple"], "TL;DR": "Sheep.",
                     "keywords": ["sheep"], "venue": "Night School 2024 oral", "pdf": "/pdf/0.pdf"}},
        {"abstract": ABSTRACT, "date": "2024-03-05", "authors": (Author("Ada Apple"),), "keywords": ("sheep",),
         "venue": "Night School 2024 oral", "urls": ("https://openreview.net/forum?id=HkAAAAAoQ",), "status": None},
    ),
    "OpenReview 2": (
        {"id": "HkAAAAAoQ", "forum": "HkAAAAAoQ", "cdate": 1709600000000, "pdate": 1712000000000, "invitations": ["x"],
         "content": {"title": {"value": "Counting Sheep"}, "abstract": {"value": ABSTRACT}, "TLDR": {"value": "Sheep."},
                     "authors": {"value": ["Ada Apple"]}, "keywords": {"value": ["sheep"]},
                     "venue": {"value": "Night School 2024 Conference Withdrawn Submission"},
                     "primary_area": {"value": "husbandry"}}},
        {"abstract": ABSTRACT, "date": "2024-04-01", "authors": (Author("Ada Apple"),), "keywords": ("sheep",),
         "venue": None, "status": "withdrawn", "categories": ("husbandry",)},
    ),
    "INSPIRE": (
        {"id": "1", "metadata": {
            "control_number": 1, "titles": [{"title": "Counting Sheep"}], "abstracts": [{"value": ABSTRACT}],
            "arxiv_eprints": [{"value": "2403.00011", "categories": ["hep-th"]}],
            "dois": [{"value": "10.1234/sheep.7"}],
            "authors": [{"full_name": "Apple, Ada", "ids": [{"schema": "INSPIRE BAI", "value": "A.Apple.1"},
                                                           {"schema": "ORCID", "value": ORCID}]}],
            "preprint_date": "2024-03-05", "publication_info": [{"journal_title": "Night", "year": 2024}],
            "document_type": ["article"], "keywords": [{"value": "sheep"}], "number_of_authors": 1}},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "doi": "10.1234/sheep.7", "date": "2024-03-05", "authors": (ADA,),
         "venue": "Night", "type": "article", "categories": ("hep-th",), "keywords": ("sheep",)},
    ),
    "bioRxiv": (
        {"doi": "10.1101/2024.03.05.1", "title": "Counting Sheep", "authors": "Apple, A.; Berry, B.",
         "date": "2024-03-05",
         "author_corresponding": "Ada Apple", "version": "2", "type": "new results", "category": "zoology",
         "jatsxml": "https://example.org/x.xml", "abstract": ABSTRACT, "published": "NA", "server": "bioRxiv"},
        {"abstract": ABSTRACT, "doi": "10.1101/2024.03.05.1", "date": "2024-03-05", "type": "preprint",
         "venue": "bioRxiv", "categories": ("zoology",), "author_count": 2},
    ),
    "PubMed": (
        {"uid": "123", "pubdate": "2024 Mar", "epubdate": "2024 Mar 5", "source": "Night Sch",
         "title": "Counting Sheep.",
         "authors": [{"name": "Apple A", "authtype": "Author"}], "fulljournalname": "Night School",
         "pubtype": ["Journal Article", "Review"], "articleids": [{"idtype": "pubmed", "value": "123"},
                                                                  {"idtype": "doi", "value": "10.1234/sheep.7"}]},
        {"abstract": "", "doi": "10.1234/sheep.7", "date": "2024-03-05", "venue": "Night School", "type": "review",
         "author_count": 1},
    ),
    "Papers with Code": (
        {"paper_url": "https://paperswithcode.com/paper/counting-sheep", "arxiv_id": "2403.00011",
         "title": "Counting Sheep",
         "abstract": ABSTRACT, "url_abs": "https://arxiv.org/abs/2403.00011v1", "url_pdf": None, "date": "2024-03-05",
         "proceeding": "Night School 2024 1", "authors": ["Ada Apple"], "tasks": ["Counting"], "methods": []},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "date": "2024-03-05", "venue": "Night School 2024",
         "authors": (Author("Ada Apple"),)},
    ),
    "Papers with Code, a link": (
        {"paper_url": "https://paperswithcode.com/paper/counting-sheep", "paper_title": "Counting Sheep",
         "paper_arxiv_id": "2403.00011", "paper_url_abs": "https://arxiv.org/abs/2403.00011", "paper_url_pdf": None,
         "repo_url": "https://github.com/example/sheep", "is_official": True, "framework": "none"},
        {"abstract": "", "arxiv": "2403.00011", "repositories": ("https://github.com/example/sheep",)},
    ),
    "The Lens": (
        {"lens_id": "1-2", "title": "Counting Sheep", "abstract": ABSTRACT, "date_published": "2024-03-05T00:00:00Z",
         "authors": [{"first_name": "Ada", "last_name": "Apple", "initials": "A"}], "year_published": 2024,
         "external_ids": [{"type": "pmid", "value": "1"}, {"type": "doi", "value": "10.1234/sheep.7"}],
         "source": {"title": "Night School", "type": "Journal"}, "publication_type": "journal article"},
        {"abstract": ABSTRACT, "doi": "10.1234/sheep.7", "date": "2024-03-05", "venue": "Night School",
         "type": "article", "authors": (Author("Ada Apple", "Ada", "Apple"),)},
    ),
    "arxiv.py": (
        {"entry_id": "http://arxiv.org/abs/2403.00011v2", "updated": "2024-06-01 10:00:00+00:00",
         "title": "Counting Sheep",
         "published": "2024-03-05 10:00:00+00:00", "authors": [{"name": "Ada Apple"}],
         "summary": "We count\nsheep & goats.",
         "comment": "This paper has been withdrawn by Ada Apple", "journal_ref": "Night School 7", "doi": None,
         "primary_category": "cs.CL", "categories": ["cs.CL", "cs.LG"],
         "links": [{"href": "http://arxiv.org/pdf/2403.00011"}],
         "pdf_url": "http://arxiv.org/pdf/2403.00011v2"},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "date": "2024-03-05", "venue": "Night School 7",
         "status": "withdrawn", "categories": ("cs.CL", "cs.LG"), "authors": (Author("Ada Apple"),)},
    ),
    "arXiv's snapshot": (
        {"id": "2403.00011", "title": "Counting\n  Sheep", "abstract": "  We count sheep & goats.\n",
         "categories": "cs.CL cs.LG",
         "comments": "withdrawn by the authors", "journal-ref": "Night School 7", "doi": "10.1234/sheep.7",
         "versions": [{"version": "v1", "created": "Tue, 5 Mar 2024 10:00:00 GMT"}], "update_date": "2024-06-01",
         "authors": "Ada Apple", "authors_parsed": [["Apple", "Ada", ""]]},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "doi": "10.1234/sheep.7", "date": "2024-03-05",
         "status": "withdrawn",
         "venue": "Night School 7", "categories": ("cs.CL", "cs.LG"), "authors": (Author("Ada Apple", "Ada",
                                                                                         "Apple"),)},
    ),
    "OpenAlex": (
        {"id": "https://openalex.org/W1", "doi": "https://doi.org/10.1234/sheep.7", "title": "Counting Sheep",
         "publication_date": "2024-03-05", "type": "article", "is_retracted": True,
         "abstract_inverted_index": {"We": [0], "count": [1], "sheep": [2], "&amp;": [3], "goats.": [4]},
         "authorships": [{"author": {"display_name": "Ada Apple", "orcid": f"https://orcid.org/{ORCID}"},
                          "raw_author_name": "A. Apple"}, {"author": {}, "raw_author_name": "Bo Berry"}],
         "primary_location": {"landing_page_url": "https://doi.org/10.1234/sheep.7", "source": {
             "display_name": "Night School", "type": "journal"}},
         "locations": [{"pdf_url": "https://arxiv.org/pdf/2403.00011", "source": {"display_name": "arXiv",
                                                                                 "type": "repository"}}],
         "topics": [{"display_name": "Sheep"}], "keywords": [{"display_name": "Wool"}]},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "doi": "10.1234/sheep.7", "date": "2024-03-05", "type": "article",
         "status": "retracted", "venue": "Night School", "categories": ("Sheep",), "keywords": ("Wool",),
         "authors": (Author("Ada Apple", orcid=ORCID), Author("Bo Berry")),
         "urls": ("https://doi.org/10.1234/sheep.7", "https://arxiv.org/pdf/2403.00011")},
    ),
    "Semantic Scholar": (
        {"paperId": "649d", "externalIds": {"ArXiv": "2403.00011", "DOI": "10.1234/sheep.7"}, "title": "Counting Sheep",
         "abstract": ABSTRACT, "year": 2024, "publicationDate": "2024-03-05", "authors": [{"authorId": "1",
                                                                                           "name": "Ada Apple"}],
         "venue": "NS", "publicationVenue": {"name": "Night School"}, "publicationTypes": ["JournalArticle", "Review"],
         "s2FieldsOfStudy": [{"category": "Computer Science", "source": "external"}, {"category": "Computer Science"}],
         "openAccessPdf": {"url": "https://example.org/sheep.pdf"}, "tldr": {"text": "Sheep."}},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "doi": "10.1234/sheep.7", "date": "2024-03-05", "type": "review",
         "venue": "Night School", "categories": ("Computer Science",), "authors": (Author("Ada Apple"),),
         "urls": ("https://example.org/sheep.pdf",)},
    ),
    "Hugging Face": (
        {"paper": {"id": "2403.00011", "title": "Counting Sheep", "summary": ABSTRACT,
                   "publishedAt": "2024-03-05T10:00:00Z",
                   "authors": [{"_id": "6", "name": "Ada Apple", "hidden": False}], "upvotes": 7,
                   "githubRepo": "https://github.com/example/sheep", "projectPage": "https://example.org/sheep",
                   "ai_summary": "Sheep.", "ai_keywords": ["sheep"]},
         "organization": {"name": "farm", "fullname": "Farm AI Lab"}},
        {"abstract": ABSTRACT, "arxiv": "2403.00011", "date": "2024-03-05", "upvotes": 7, "organisation": "Farm AI Lab",
         "authors": (Author("Ada Apple"),), "repositories": ("https://github.com/example/sheep",), "keywords": (),
         "urls": ("https://example.org/sheep",)},
    ),
}  # fmt: skip


def read_record(row: object) -> Paper | Reject:
    (found,) = read([JsonRecord(1, row)], "rows")
    return found


@pytest.mark.parametrize(("row", "fields"), RECORDS.values(), ids=RECORDS)
def test_all_that_a_record_says_is_read(row: dict[str, object], fields: dict[str, object]) -> None:
    assert format_of(row) is not None
    found = read_record(row)
    assert isinstance(found, Paper), found
    assert found.title == "Counting Sheep"
    assert {name: getattr(found, name) for name in fields} == fields
    assert found.remarks == ()


@pytest.mark.parametrize(("row", "fields"), RECORDS.values(), ids=RECORDS)
def test_records_are_found_in_what_apis_answer(row: dict[str, object], fields: dict[str, object]) -> None:
    answer = {"status": "ok", "message": {"total": 2, "items": [row, row]}}
    assert [found.title for found in read_text(json.dumps(answer)) if isinstance(found, Paper)] == [
        "Counting Sheep"
    ] * 2
    assert [found.title for found in read_text(json.dumps({"message": row})) if isinstance(found, Paper)] == [
        "Counting Sheep"
    ]


@pytest.mark.parametrize(
    ("answer", "count"),
    [
        ({"resultList": {"result": [RECORDS["Europe PMC"][0]]}, "hitCount": 1}, 1),
        ({"data": [RECORDS["DataCite"][0]], "meta": {"total": 1}}, 1),
        ({"config": {"id": "x"}, "collections": {"C": {"name": "Sheep", "items": [1]}},
          "items": [RECORDS["Zotero"][0]["data"]]}, 1),
        ({"result": {"status": {"@code": "200"}, "completions": {"c": [{"text": "sheep"}]},
                     "hits": {"@total": "1", "hit": [RECORDS["DBLP"][0]]}}}, 1),
        ({"notes": [RECORDS["OpenReview 2"][0]], "count": 1}, 1),
        ({"hits": {"hits": [RECORDS["INSPIRE"][0]], "total": 1}, "links": {}}, 1),
        ({"messages": [{"status": "ok"}], "collection": [RECORDS["bioRxiv"][0]]}, 1),
        ({"header": {"type": "esummary"}, "result": {"uids": ["123"], "123": RECORDS["PubMed"][0]}}, 1),
        ({"recommendedPapers": [RECORDS["Semantic Scholar"][0]]}, 1),
        ({"data": [{"contexts": [], "citingPaper": RECORDS["Semantic Scholar"][0]}]}, 1),
    ],
)  # fmt: skip
def test_answers_are_read_in_their_own_shapes(answer: object, count: int) -> None:
    found = [row for row in read_text(json.dumps(answer)) if isinstance(row, Paper)]
    assert [row.title for row in found] == ["Counting Sheep"] * count


@pytest.mark.parametrize(
    "row",
    [
        {"id": "https://openalex.org/A1", "display_name": "Ada Apple"},
        {"id": "https://openalex.org/S1", "display_name": "Night School"},
        {"key": "N", "data": {"key": "N", "itemType": "note", "note": "<p>Read this</p>"}},
        {"key": "N", "data": {"key": "N", "itemType": "attachment", "title": "Full Text PDF"}},
        {"key": "C", "data": {"key": "C", "name": "Sheep", "parentCollection": False}},
        {"itemType": "annotation", "annotationText": "sheep"},
        {"title": "Night School", "ISSN": ["1234-5678"], "breakdowns": {}, "publisher": "Farm"},
        {"DOI": "10.1234/x.f1", "type": "component", "title": ["Figure 1"], "member": "1"},
        {"@score": "1", "info": {"author": "Ada Apple", "url": "https://dblp.org/pid/1/2"}},
        {"id": "r", "forum": "f", "replyto": "f", "content": {"title": "Review", "review": "Good.", "rating": 8}},
        {"index": {"_index": "papers", "_id": "1"}},
    ],
)
def test_what_is_no_paper_is_set_aside_by_name(row: dict[str, object]) -> None:
    found = read_record(row)
    assert isinstance(found, Reject)
    assert found.reason.startswith("is no paper: ")


@pytest.mark.parametrize(
    ("update", "read"),
    [
        ({"update-to": [{"type": "retraction", "DOI": "10.1234/other"}]}, ("retraction", None)),
        ({"update-to": [{"type": "correction", "DOI": "10.1234/other"}]}, ("erratum", None)),
        ({"update-to": [{"type": "retraction", "DOI": "10.1234/SHEEP"}]}, ("article", "retracted")),
        ({"updated-by": [{"type": "withdrawal", "DOI": "10.1234/other"}]}, ("article", "withdrawn")),
        ({"updated-by": [{"type": "correction", "DOI": "10.1234/other"}]}, ("article", None)),
    ],
)
def test_notices_of_crossref_are_told_from_what_they_are_about(
    update: dict[str, object], read: tuple[str, str | None]
) -> None:
    found = read_record({"DOI": "10.1234/sheep", "title": ["A"], "type": "journal-article", **update})
    assert isinstance(found, Paper)
    assert (found.type, found.status) == read


def test_a_subtitle_of_crossref_belongs_to_the_title() -> None:
    found = read_record({"DOI": "10.1234/x", "title": ["Counting Sheep"], "subtitle": ["A Study"], "type": "book"})
    assert isinstance(found, Paper)
    assert found.title == "Counting Sheep: A Study"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["value", "name", "title", "type", "DOI", "author", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


def _places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The paths to all values in one."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in _places(each, (*path, key)))]


@given(st.data(), st.sampled_from(sorted(RECORDS)))
def test_any_value_in_any_place_gives_a_paper_or_a_reject(data: st.DataObject, name: str) -> None:
    row = copy.deepcopy(RECORDS[name][0])
    for _ in range(data.draw(st.integers(1, 3))):
        *path, last = data.draw(st.sampled_from(_places(row)[1:]))
        place: Any = row
        for key in path:
            place = place[key]
        place[last] = data.draw(VALUES)
    assert isinstance(read_record(row), Paper | Reject)


ADA_ALONE = Author("Ada Apple", "Ada", "Apple")


@pytest.mark.parametrize(
    "answer",
    [
        {"response": {"numFound": 1, "docs": [{  # HAL
            "title_s": ["Counting Sheep"], "abstract_s": [ABSTRACT], "authFullName_s": ["Apple, Ada"],
            "doiId_s": "10.1234/sheep.7", "producedDate_s": "2024-03-05", "journalTitle_s": "Night School"}]}},
        {"response": {"docs": [{  # ADS
            "title": ["Counting Sheep"], "abstract": ABSTRACT, "author": ["Apple, Ada"], "pub": "Night School",
            "pubdate": "2024-03-05", "doi": ["10.1234/sheep.7"], "bibcode": "2024NS....7....1A"}]}},
        {"records": [{  # Springer
            "title": "Counting Sheep", "abstract": ABSTRACT, "creators": [{"creator": "Apple, Ada"}],
            "publicationName": "Night School", "doi": "10.1234/sheep.7", "publicationDate": "2024-03-05"}]},
        {"total_records": 1, "articles": [{  # IEEE
            "title": "Counting Sheep", "abstract": ABSTRACT, "authors": {"authors": [{"full_name": "Apple, Ada"}]},
            "publication_title": "Night School", "publication_date": "5 March 2024", "doi": "10.1234/sheep.7"}]},
        {"search-results": {"entry": [{  # Scopus
            "dc:title": "Counting Sheep", "dc:description": ABSTRACT, "dc:creator": "Apple, Ada",
            "prism:publicationName": "Night School", "prism:coverDate": "2024-03-05",
            "prism:doi": "10.1234/sheep.7"}]}},
        {"totalHits": 1, "results": [{  # CORE
            "id": 1, "title": "Counting Sheep", "abstract": ABSTRACT, "authors": [{"name": "Apple, Ada"}],
            "doi": "10.1234/sheep.7", "publishedDate": "2024-03-05T00:00:00",
            "journals": [{"title": "Night School"}]}]},
        {"hits": {"hits": [{"id": 1, "doi": "10.1234/sheep.7", "metadata": {  # Zenodo
            "title": "Counting Sheep", "description": ABSTRACT, "creators": [{"name": "Apple, Ada"}],
            "publication_date": "2024-03-05", "journal": {"title": "Night School"}}}]}},
        {"publications": [{  # Dimensions
            "id": "pub.1", "title": "Counting Sheep", "abstract": ABSTRACT, "date": "2024-03-05", "type": "article",
            "authors": [{"first_name": "Ada", "last_name": "Apple"}], "doi": "10.1234/sheep.7",
            "journal": {"id": "jour.1", "title": "Night School"}}]},
        {"@context": "https://schema.org", "@type": "ScholarlyArticle", "headline": "Counting Sheep",
         "abstract": ABSTRACT, "author": [{"@type": "Person", "givenName": "Ada", "familyName": "Apple"}],
         "datePublished": "2024-03-05", "identifier": "https://doi.org/10.1234/sheep.7",
         "isPartOf": {"@type": "Periodical", "name": "Night School"}},
    ],
    ids=["HAL", "ADS", "Springer", "IEEE", "Scopus", "CORE", "Zenodo", "Dimensions", "schema.org"],
)  # fmt: skip
def test_answers_that_name_their_fields_plainly_need_no_format_of_their_own(answer: dict[str, object]) -> None:
    (row,) = read_text(json.dumps(answer))
    assert isinstance(row, Paper), row
    assert (row.title, row.abstract, row.doi, row.date, row.venue, row.authors) == (
        "Counting Sheep", ABSTRACT, "10.1234/sheep.7", "2024-03-05", "Night School", (ADA_ALONE,)
    )  # fmt: skip
