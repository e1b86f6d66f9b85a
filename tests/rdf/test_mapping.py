from __future__ import annotations

import io
import json
import random
import re
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.building import build_graph
from kg.errors import KgError
from kg.exporting import write_export
from kg.iris import DEFAULT_BASE, entity_iri, paper_iri
from kg.model import PaperType, Relation
from kg.questions.derived import builds_on, introduced_by, measured_by
from kg.rdf import EvidenceLevel, RdfOptions, ntriples_chunks, to_rdflib
from kg.rdf.terms import CLASSES, PREFIXES, PUBLICATIONS, RELATIONS, SCHEMES, expand
from kg.store import GraphReader
from kg.text.characters import carriable
from kg.text.reading import render
from tests.conftest import ROOT
from tests.rdf.conftest import by_rdflib, exported
from tests.samples import jsonl

BIBO, DCTERMS, FABIO, FAIR4ML, FOAF, KG, MLS, OA, PROV, SCHEMA, SKOS = (
    rdflib.Namespace(PREFIXES[prefix])
    for prefix in ("bibo", "dcterms", "fabio", "fair4ml", "foaf", "kg", "mls", "oa", "prov", "schema", "skos")
)
XSD_DECIMAL = rdflib.XSD.decimal


@pytest.fixture(scope="module")
def graph(sample_graph: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(data=exported(sample_graph), format="turtle")


@pytest.fixture
def small_db(small_source: Path, tmp_path: Path) -> Path:
    """A graph of four papers, to be written to."""
    build_graph([str(small_source)], tmp_path / "kg.db")
    return tmp_path / "kg.db"


def test_the_graph_needs_no_blank_nodes(graph: rdflib.Graph) -> None:
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_hostile_texts_come_back_as_they_are_stored(hostile_graph: Path) -> None:
    graph = rdflib.Graph().parse(data=exported(hostile_graph), format="turtle")
    with GraphReader(hostile_graph) as reader:
        for paper in reader.papers():
            (title,) = graph.objects(rdflib.URIRef(paper_iri(paper.id)), DCTERMS.title)
            assert str(title) == carriable(render(paper.title).text)
            sentences = {carriable(e.sentence) for pieces in reader.evidence_of(paper).values() for e in pieces}
            assert sentences <= {str(sentence) for sentence in graph.objects(None, KG.sentence)}


def test_every_link_is_a_triple(graph: rdflib.Graph, reader: GraphReader) -> None:
    for link in reader.links():
        predicate = rdflib.URIRef(expand(RELATIONS[link.relation]))
        assert (rdflib.URIRef(paper_iri(link.paper_id)), predicate, rdflib.URIRef(entity_iri(link.entity_id))) in graph


def test_every_relation_has_a_term() -> None:
    assert set(RELATIONS) == set(Relation)


def test_every_claim_has_a_confidence_and_evidence_with_offsets(graph: rdflib.Graph, reader: GraphReader) -> None:
    claims = set(graph.subjects(rdflib.RDF.type, KG.Claim))
    assert len(claims) == len(list(reader.links()))
    for claim in claims:
        (confidence,) = graph.objects(claim, KG.confidence)
        assert 0 <= float(str(confidence)) <= 1
        (annotation, *_) = graph.subjects(OA.hasBody, claim)
        (target,) = graph.objects(annotation, OA.hasTarget)
        selectors = set(graph.objects(target, OA.hasSelector))
        assert {str(kind) for s in selectors for kind in graph.objects(s, rdflib.RDF.type)} == {
            str(OA.TextPositionSelector), str(OA.TextQuoteSelector),
        }  # fmt: skip


def test_decimals_are_written_as_the_standard_has_them(sample_graph: Path) -> None:
    decimals = [
        triple.object.value
        for triple in ox.parse(exported(sample_graph), format=ox.RdfFormat.TURTLE)
        if isinstance(triple.object, ox.Literal) and triple.object.datatype.value == str(XSD_DECIMAL)
    ]
    assert decimals
    assert all(re.fullmatch(r"[+-]?\d+(\.\d+)?", value) for value in decimals)


def test_literals_are_all_well_formed(graph: rdflib.Graph) -> None:
    typed = [term for term in graph.objects() if isinstance(term, rdflib.Literal) and term.datatype]
    assert typed
    assert not [term for term in typed if term.ill_typed]


def test_every_family_is_a_broader_concept(graph: rdflib.Graph, reader: GraphReader) -> None:
    for entity in reader.entities():
        parents = {str(parent) for parent in graph.objects(rdflib.URIRef(entity_iri(entity.id)), SKOS.broader)}
        assert parents == {entity_iri(parent) for parent in entity.broader}


def test_the_base_is_that_of_all_our_nodes(sample_graph: Path) -> None:
    base = "https://example.org/my%20kg#"
    graph = rdflib.Graph().parse(data=exported(sample_graph, base=base), format="turtle")
    schemes = {rdflib.URIRef(scheme) for scheme, _ in SCHEMES.values()}  # of the vocabulary, whatever the base
    assert all(str(subject).startswith(base) for subject in set(graph.subjects()) - schemes)


@pytest.mark.parametrize("output_format", ["jsonl", "turtle", "graphml"])
@pytest.mark.parametrize(
    "base",
    [
        "",
        "nothing",
        "/relative/",
        "https://example.org",
        "http://a b/",
        "http://[/",
        "http://a/%zz/",
        "http://a\n/",
        '"/',
        "http://<x>/",
        "1x:/",
    ],
)
def test_what_cannot_begin_an_iri_is_refused_as_base(sample_graph: Path, output_format: str, base: str) -> None:
    with GraphReader(sample_graph) as reader, pytest.raises(KgError, match="cannot be a base"):
        write_export(reader, output_format, io.BytesIO(), base)


@pytest.mark.parametrize(
    "base", ["https://example.org/", "urn:example:", "http://localhost:8000/kg#", "tag:me@example.org,2024:"]
)
def test_an_absolute_iri_that_can_be_gone_on_with_is_taken_as_base(sample_graph: Path, base: str) -> None:
    assert base.encode() in exported(sample_graph, base=base)


def test_an_unknown_format_is_refused(reader: GraphReader) -> None:
    with pytest.raises(KgError, match="is no export format"):
        write_export(reader, "docx", io.BytesIO(), DEFAULT_BASE)


# Entities


def test_an_entity_has_our_class_and_those_of_others(graph: rdflib.Graph, reader: GraphReader) -> None:
    for entity in reader.entities():
        kinds = set(graph.objects(rdflib.URIRef(entity_iri(entity.id)), rdflib.RDF.type))
        assert kinds == {rdflib.URIRef(expand(name)) for name in (*CLASSES[entity.type], "skos:Concept")}


def test_an_entity_has_one_preferred_label_and_its_aliases(graph: rdflib.Graph, reader: GraphReader) -> None:
    for entity in reader.entities():
        node = rdflib.URIRef(entity_iri(entity.id))
        assert [str(label) for label in graph.objects(node, SKOS.prefLabel)] == [entity.label]
        assert {str(label) for label in graph.objects(node, SKOS.altLabel)} == set(entity.aliases)


def test_datasets_have_titles_and_models_names_as_others_ask_for_them(graph: rdflib.Graph) -> None:
    for kind, predicate in ((KG.Dataset, DCTERMS.title), (KG.Benchmark, DCTERMS.title), (KG.Model, SCHEMA.name)):
        nodes = set(graph.subjects(rdflib.RDF.type, kind))
        assert nodes
        for node in nodes:
            assert list(graph.objects(node, predicate)) == list(graph.objects(node, FOAF.name))


def test_articles_have_a_name_and_a_headline(graph: rdflib.Graph) -> None:
    articles = set(graph.subjects(rdflib.RDF.type, SCHEMA.ScholarlyArticle))
    assert articles
    for node in articles:
        for predicate in (SCHEMA.name, SCHEMA.headline):
            assert list(graph.objects(node, predicate)) == list(graph.objects(node, DCTERMS.title))


def test_results_with_data_or_a_model_are_evaluations_of_models(graph: rdflib.Graph) -> None:
    evaluations = set(graph.subjects(rdflib.RDF.type, FAIR4ML.MLModelEvaluation))
    subjects = {*graph.subjects(FAIR4ML.evaluatedMLModel), *graph.subjects(FAIR4ML.evaluationDataset)}
    assert evaluations == subjects
    assert evaluations < set(graph.subjects(rdflib.RDF.type, KG.Result))


def test_known_entities_are_in_the_scheme_of_their_vocabulary(graph: rdflib.Graph, reader: GraphReader) -> None:
    schemes = {file.stem for file in (ROOT / "ontology" / "vocabulary").glob("*.ttl")}
    for entity in reader.entities():
        found = [str(scheme) for scheme in graph.objects(rdflib.URIRef(entity_iri(entity.id)), SKOS.inScheme)]
        assert found == ([f"https://w3id.org/paperkg/vocabulary/{entity.type}"] if entity.known else [])
        assert entity.type in schemes


def test_derived_relations_are_stated(graph: rdflib.Graph, reader: GraphReader) -> None:
    for predicate, pairs, target_iri in (
        (KG.introducedBy, introduced_by(reader), paper_iri),
        (KG.buildsOn, builds_on(reader), entity_iri),
        (KG.measuredBy, measured_by(reader), entity_iri),
    ):
        stated = {(str(subject), str(target)) for subject, target in graph.subject_objects(predicate)}
        assert stated == {(entity_iri(source), target_iri(target)) for source, target in pairs}


def test_identifiers_elsewhere_are_exact_matches_made_fit_to_be_iris(tmp_path: Path, small_db: Path) -> None:
    with sqlite3.connect(small_db) as database:
        matches = json.dumps(["https://example.org/a b", "no iri", "https://www.wikidata.org/entity/Q1"])
        database.execute("UPDATE entity SET exact_matches = ? WHERE id = 'method/ppo'", (matches,))
    graph = rdflib.Graph().parse(data=exported(small_db), format="turtle")
    assert {str(other) for other in graph.objects(rdflib.URIRef(entity_iri("method/ppo")), SKOS.exactMatch)} == {
        "https://example.org/a%20b", "https://www.wikidata.org/entity/Q1",
    }  # fmt: skip


def test_a_homepage_is_made_fit_to_be_an_iri(small_db: Path) -> None:
    with sqlite3.connect(small_db) as database:
        database.execute("UPDATE entity SET homepages = ? WHERE id = 'method/ppo'", ('["https://example.org/p po"]',))
    graph = rdflib.Graph().parse(data=exported(small_db), format="turtle")
    homepage = graph.value(rdflib.URIRef(entity_iri("method/ppo")), FOAF.homepage)
    assert str(homepage) == "https://example.org/p%20po"


def test_the_introducing_paper_is_that_of_the_graph_where_it_has_it(small_db: Path) -> None:
    addresses = {"method/ppo": "https://arxiv.org/abs/1707.06347", "method/grpo": "https://arxiv.org/abs/2402.00002"}
    with sqlite3.connect(small_db) as database:
        for entity, address in addresses.items():
            database.execute("UPDATE entity SET introduced_in = ? WHERE id = ?", (json.dumps([address]), entity))
    graph = rdflib.Graph().parse(data=exported(small_db), format="turtle")
    stated = {
        entity: {str(paper) for paper in graph.objects(rdflib.URIRef(entity_iri(entity)), KG.introducedIn)}
        for entity in addresses
    }
    assert stated == {
        "method/ppo": {"https://arxiv.org/abs/1707.06347"},
        "method/grpo": {"https://arxiv.org/abs/2402.00002", paper_iri("arxiv/2402.00002")},
    }
    assert not list(graph.objects(rdflib.URIRef(entity_iri("method/grpo")), KG.introducedBy))


# Papers


def test_a_paper_carries_what_its_sources_say(small_db: Path) -> None:
    graph = rdflib.Graph().parse(data=exported(small_db), format="turtle")
    paper = rdflib.URIRef(paper_iri("arxiv/2501.00001"))
    assert str(graph.value(paper, DCTERMS.title)) == "Arithmetic With Patience"
    assert graph.value(paper, DCTERMS.date) == rdflib.Literal("2025-01-02", datatype=rdflib.XSD.date)
    assert str(graph.value(paper, FABIO.hasArXivId)) == "2501.00001"
    assert str(graph.value(paper, SCHEMA.sameAs)) == "https://arxiv.org/abs/2501.00001"
    assert [str(record) for record in graph.objects(paper, KG.sourceRecord)] == ["small.jsonl:1"]
    (source,) = graph.objects(paper, PROV.wasDerivedFrom)
    assert (source, rdflib.RDF.type, KG.Source) in graph
    assert str(graph.value(source, rdflib.RDFS.label)) == "small.jsonl"


@pytest.fixture(scope="module")
def authored(authored_graph: Path) -> rdflib.Graph:
    return by_rdflib(exported(authored_graph))


def called(graph: rdflib.Graph, title: str) -> rdflib.term.Node:
    (paper,) = graph.subjects(DCTERMS.title, rdflib.Literal(title))
    return paper


def test_authors_are_nodes_in_their_order(authored: rdflib.Graph) -> None:
    paper = called(authored, "Counting Sheep")
    order = authored.value(paper, BIBO.authorList)
    authors = [authored.value(order, rdflib.RDF[f"_{place}"]) for place in (1, 2, 3)]
    assert [str(authored.value(author, FOAF.name)) for author in authors] == [
        "Ada Apple", "Bo Berry", "Flock Collaboration",
    ]  # fmt: skip
    assert set(authored.objects(paper, DCTERMS.creator)) == set(authored.objects(paper, SCHEMA.author)) == set(authors)
    assert all(str(author).startswith(f"{paper}/author/") for author in authors)


def test_an_orcid_says_who_an_author_is_and_that_it_is_a_person(authored: rdflib.Graph) -> None:
    (ada,) = authored.subjects(FOAF.name, rdflib.Literal("Ada Apple"))
    assert str(authored.value(ada, SCHEMA.sameAs)) == "https://orcid.org/0000-0002-1825-0097"
    assert str(authored.value(ada, DCTERMS.identifier)) == "orcid:0000-0002-1825-0097"
    assert (str(authored.value(ada, FOAF.givenName)), str(authored.value(ada, FOAF.familyName))) == ("Ada", "Apple")
    assert set(authored.subjects(rdflib.RDF.type, FOAF.Person)) == {ada}
    assert len(set(authored.subjects(rdflib.RDF.type, KG.Author))) == 3


def test_what_sources_state_beside_is_there(authored: rdflib.Graph) -> None:
    paper = called(authored, "Counting Sheep")
    for predicate, values in (
        (KG.venue, {"Journal of Wool"}),
        (KG.category, {"cs.CL", "cs.LG"}),
        (SCHEMA.keywords, {"sheep"}),
        (SCHEMA.url, {"https://example.org/sheep"}),
        (SCHEMA.codeRepository, {"https://github.com/ada/sheep"}),
    ):
        assert {str(value) for value in authored.objects(paper, predicate)} == values
    assert [(authored.value(paper, DCTERMS.title), str(status)) for paper, status in authored[: KG.status]] == [
        (rdflib.Literal("RETRACTED: Slow Wool"), "retracted")
    ]


def test_what_is_no_paper_is_not_called_one(authored: rdflib.Graph) -> None:
    kinds = {str(authored.value(p, DCTERMS.title)): p for p in authored.subjects(rdflib.RDF.type, KG.Paper)}
    assert {
        title: [k for k in authored.objects(p, rdflib.RDF.type) if str(k).startswith(FABIO)]
        for title, p in kinds.items()
    } == {
        "Counting Sheep": [FABIO.JournalArticle],
        "RETRACTED: Slow Wool": [FABIO.ResearchPaper],
        "Erratum to: Counting Sheep": [FABIO.Correction],
        "Proceedings of the Workshop on Wool": [FABIO.ConferenceProceedings],
    }
    papers = set(authored.subjects(rdflib.RDF.type, rdflib.URIRef(expand("lpwc:paper"))))
    assert papers == set(authored.subjects(rdflib.RDF.type, SCHEMA.ScholarlyArticle)) == {
        kinds["Counting Sheep"], kinds["RETRACTED: Slow Wool"],
    }  # fmt: skip


def test_every_type_of_publication_has_one_class_of_fabio() -> None:
    assert set(PUBLICATIONS) == {None, *PaperType}
    for kind, classes in PUBLICATIONS.items():
        assert [name.partition(":")[0] for name in classes].count("fabio") == 1
        assert "lpwc:paper" not in classes or kind is None or PaperType(kind).speaks_for_itself


def test_a_source_of_two_names_is_one_source(small_source: Path, tmp_path: Path) -> None:
    shutil.copy(small_source, tmp_path / "copy.jsonl")
    build_graph([str(small_source), str(tmp_path / "copy.jsonl")], tmp_path / "kg.db")
    lines = exported(tmp_path / "kg.db", "ntriples").splitlines()
    assert len(lines) == len(set(lines))
    graph = rdflib.Graph().parse(data=exported(tmp_path / "kg.db"), format="turtle")
    (source,) = graph.subjects(rdflib.RDF.type, KG.Source)
    assert {str(name) for name in graph.objects(source, rdflib.RDFS.label)} == {"small.jsonl", "copy.jsonl"}


def test_dates_are_as_exact_as_they_are_known(small_db: Path) -> None:
    graph = rdflib.Graph().parse(data=exported(small_db), format="turtle")
    kinds = {str(date): date.datatype for date in graph.objects(None, DCTERMS.date) if isinstance(date, rdflib.Literal)}
    assert kinds["2023-05"] == rdflib.XSD.gYearMonth
    assert kinds["2024-02-03"] == rdflib.XSD.date


def test_claims_say_which_extraction_they_come_from(graph: rdflib.Graph, reader: GraphReader) -> None:
    ((version,),) = reader.rows("SELECT DISTINCT version FROM extraction")
    claims = set(graph.subjects(rdflib.RDF.type, KG.Claim))
    (activity,) = {graph.value(claim, PROV.wasGeneratedBy) for claim in claims}
    named = ("extractor", "vocabulary", "weights", "configuration")
    parts = [str(graph.value(activity, KG[f"{part}Version"])) for part in named]
    assert "+".join(parts) == version
    agent = graph.value(activity, PROV.wasAssociatedWith)
    assert (agent, rdflib.RDF.type, PROV.SoftwareAgent) in graph


def test_what_a_result_names_is_the_entity_that_its_paper_links(small_db: Path) -> None:
    graph = rdflib.Graph().parse(data=exported(small_db), format="turtle")
    (result,) = graph.objects(rdflib.URIRef(paper_iri("arxiv/2501.00001")), KG.reports)
    assert (result, rdflib.RDF.type, MLS.ModelEvaluation) in graph
    assert str(graph.value(result, MLS.hasValue)) == "81.2%"
    assert graph.value(result, KG.number) == rdflib.Literal("81.2", datatype=XSD_DECIMAL)
    gsm8k = rdflib.URIRef(entity_iri("benchmark/gsm8k"))
    assert graph.value(result, KG.measuredOn) == graph.value(result, FAIR4ML.evaluationDataset) == gsm8k
    assert str(graph.value(result, KG.measuredOnName)) == "GSM8K"


@pytest.mark.parametrize(("which", "clean"), [("sample_graph", True), ("hostile_graph", False)])
def test_offsets_cut_the_quote_out_of_the_text(which: str, clean: bool, request: pytest.FixtureRequest) -> None:
    options = RdfOptions(EvidenceLevel.FULL, abstracts=True)
    graph = rdflib.Graph().parse(data=exported(request.getfixturevalue(which), options=options), format="turtle")
    assert check_offsets(graph, sorted(graph.subjects(rdflib.RDF.type, OA.Annotation)), clean=clean) > 30


@pytest.mark.shared
def test_offsets_of_two_hundred_links_of_the_seeds(seed_graph: Path) -> None:
    options = RdfOptions(EvidenceLevel.FULL, abstracts=True)
    graph = rdflib.Graph().parse(data=exported(seed_graph, "ntriples", options=options), format="nt")
    claims = random.Random(0).sample(sorted(graph.subjects(rdflib.RDF.type, KG.Claim)), 200)
    pieces = [piece for claim in claims for piece in graph.objects(claim, PROV.wasDerivedFrom)]
    assert check_offsets(graph, pieces, clean=True) >= 200


def check_offsets(graph: rdflib.Graph, annotations: Sequence[rdflib.term.Node], *, clean: bool) -> int:
    """Each annotation's offsets cut its quote out of its text, its sentence holds it, and clean LaTeX renders to it."""
    for annotation in annotations:
        target = graph.value(annotation, OA.hasTarget)
        text = str(graph.value(graph.value(target, OA.hasSource), rdflib.RDF.value))
        selectors = list(graph.objects(target, OA.hasSelector))
        (start,) = (int(str(o)) for s in selectors for o in graph.objects(s, OA.start))
        (end,) = (int(str(o)) for s in selectors for o in graph.objects(s, OA.end))
        (exact,) = (str(o) for s in selectors for o in graph.objects(s, OA.exact))
        surface = graph.value(annotation, KG.surface)
        assert text[start:end] == exact
        assert exact in str(graph.value(annotation, KG.sentence))
        assert surface is None or not clean or render(exact).text == str(surface)
    return len(annotations)


# What can be left out


@pytest.mark.parametrize("output_format", ["ntriples", "jsonld"])
def test_abstracts_are_written_only_when_asked_for(output_format: str, sample_graph: Path) -> None:
    without = exported(sample_graph, output_format, options=RdfOptions(EvidenceLevel.NONE))
    with GraphReader(sample_graph) as reader:
        abstracts = [paper.abstract.encode() for paper in reader.papers() if '"' not in paper.abstract]
        assert not any(abstract in without for abstract in abstracts)
    both = exported(sample_graph, output_format, options=RdfOptions(EvidenceLevel.NONE, abstracts=True))
    assert all(render(abstract.decode()).text.encode() in both for abstract in abstracts)


def test_each_level_of_evidence_says_more(sample_graph: Path) -> None:
    none, sentence, full = (
        rdflib.Graph().parse(data=exported(sample_graph, options=RdfOptions(level)), format="turtle")
        for level in EvidenceLevel
    )
    assert not list(none.subjects(rdflib.RDF.type, OA.Annotation))
    assert list(none.subjects(rdflib.RDF.type, KG.Claim))
    assert list(sentence.objects(None, KG.sentence))
    assert not list(sentence.subjects(rdflib.RDF.type, OA.TextPositionSelector))
    assert list(full.subjects(rdflib.RDF.type, OA.TextPositionSelector))
    papers = set(sentence.subjects(rdflib.RDF.type, KG.Paper))
    assert set(sentence.objects(None, OA.hasTarget)) <= papers


# Beside others


@pytest.mark.parametrize(
    ("query", "least"),
    [
        # As one asks Linked Papers With Code: no term of ours, no reasoning.
        ("?paper a lpwc:paper ; dcterms:title ?title ; lpwcp:hasTask ?x . ?x a lpwc:task ; foaf:name ?name", 5),
        ("?paper a lpwc:paper ; lpwcp:hasMethod ?x . ?x a lpwc:method ; foaf:name ?name", 5),
        ("?paper lpwcp:usesDataset ?x . ?x a lpwc:dataset ; foaf:name 'GSM8K'", 2),
        ("?paper lpwcp:hasModel ?x . ?x a lpwc:model ; foaf:name ?name", 5),
        ("?x lpwcp:introducedBy ?paper . ?paper fabio:hasArXivId ?id", 0),
        # Generic vocabularies.
        ("?paper a schema:ScholarlyArticle ; schema:mentions ?x . ?x a skos:Concept ; skos:broader+ ?family", 3),
        ("?e a mls:ModelEvaluation ; mls:hasValue ?value ; fair4ml:evaluationDataset ?d . ?d a dcat:Dataset", 1),
    ],
)
def test_queries_in_the_terms_of_others_are_answered(sample_graph: Path, query: str, least: int) -> None:
    store = ox.Store()
    with GraphReader(sample_graph) as reader:
        store.bulk_load(b"".join(ntriples_chunks(reader)), format=ox.RdfFormat.N_TRIPLES)
    solutions = store.query(f"SELECT * WHERE {{ {query} }}", prefixes=PREFIXES)
    assert isinstance(solutions, ox.QuerySolutions)
    found = list(solutions)
    assert len(found) >= least


def test_rdflib_gets_the_triples_of_the_export(sample_graph: Path, hostile_graph: Path) -> None:
    for path in (sample_graph, hostile_graph):
        with GraphReader(path) as reader:
            assert set(to_rdflib(reader)) == set(rdflib.Graph().parse(data=exported(path), format="turtle"))


def test_two_builds_in_two_folders_give_the_same_n_quads(tmp_path: Path, sample_source: Path) -> None:
    written = []
    for name in ("one", "two deep/er"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        shutil.copy(sample_source, folder)
        build_graph([str(folder / sample_source.name)], folder / "kg.db")
        written.append(exported(folder / "kg.db", "nquads"))
    assert written[0] == written[1]


def test_papers_and_their_parts_are_nodes_apart(tmp_path: Path) -> None:
    """One DOI is another and ``/abstract``, as publishers' pages end."""
    rows = [
        {"title": f"Paper {doi}", "abstract": "We use PPO.", "doi": doi}
        for doi in ("10.1002/foo", "10.1002/foo/abstract")
    ]
    (tmp_path / "dois.jsonl").write_text(jsonl(rows), encoding="utf-8")
    build_graph([str(tmp_path / "dois.jsonl")], tmp_path / "kg.db")
    graph = by_rdflib(exported(tmp_path / "kg.db"))
    papers, texts = (set(graph.subjects(rdflib.RDF.type, kind)) for kind in (KG.Paper, KG.Text))
    assert (len(papers), len(texts)) == (2, 4)
    assert not papers & texts
