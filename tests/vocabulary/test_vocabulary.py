from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import VocabularyError
from kg.extraction.gazetteer import Gazetteer
from kg.vocabulary import Vocabulary, load_vocabulary, ontology_path

HEAD = (
    "@prefix kg: <https://w3id.org/paperkg/ontology#> .\n@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix foaf: <http://xmlns.com/foaf/0.1/> .\n@base <https://w3id.org/paperkg/id/> .\n"
)
ZORP = (
    '<model/zorp> a skos:Concept, kg:Model ; skos:prefLabel "Zorp"@en ;'
    " kg:introducedIn <https://arxiv.org/abs/2401.00001> ; foaf:homepage <https://example.org/zorp> .\n"
)
ZORP_7B = (
    '<model/zorp-7b> a skos:Concept, kg:Model ; skos:prefLabel "Zorp-7B"@en ; kg:variantOf <model/zorp> ;'
    " skos:exactMatch <https://huggingface.co/zorp/Zorp-7B> .\n"
)


def read(folder: Path, text: str) -> Vocabulary:
    (folder / "v.ttl").write_text(HEAD + text, encoding="utf-8")
    return load_vocabulary(folder)


def test_what_leads_out_is_read(tmp_path: Path) -> None:
    concepts = read(tmp_path, ZORP + ZORP_7B).concepts
    zorp, zorp_7b = concepts["model/zorp"], concepts["model/zorp-7b"]
    assert zorp.introduced_in == ("https://arxiv.org/abs/2401.00001",)
    assert zorp.homepages == ("https://example.org/zorp",)
    assert zorp_7b.exact_matches == ("https://huggingface.co/zorp/Zorp-7B",)
    assert (zorp_7b.variant_of, zorp_7b.broader) == ("model/zorp", ("model/zorp",))


def test_a_variant_of_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match="model/zorp"):
        read(tmp_path, ZORP_7B)


def test_a_variant_is_not_matched_as_a_label(tmp_path: Path) -> None:
    gazetteer = Gazetteer(read(tmp_path, ZORP + ZORP_7B))
    assert [(m.concept.id, m.end) for m in gazetteer.find("Zorp-7B")] == [("model/zorp", 4)]


def test_addresses_ask_for_new_links_and_for_no_new_extractions() -> None:
    vocabulary = load_vocabulary()
    gsm8k = replace(vocabulary.concepts["benchmark/gsm8k"], homepages=("https://example.org/gsm8k",))
    changed = Vocabulary.of(vocabulary.concepts | {gsm8k.id: gsm8k})
    assert changed.version == vocabulary.version
    assert changed.linking_version != vocabulary.linking_version


def test_variants_ask_for_new_links_and_for_no_new_extractions(tmp_path: Path) -> None:
    without, with_it = tmp_path / "without", tmp_path / "with"
    without.mkdir()
    with_it.mkdir()
    before, after = read(without, ZORP), read(with_it, ZORP + ZORP_7B)
    assert after.version == before.version
    assert after.linking_version != before.linking_version


@pytest.mark.parametrize("file", sorted((ontology_path() / "vocabulary").glob("*.ttl")), ids=lambda file: file.stem)
def test_entries_are_sorted_by_iri(file: Path) -> None:
    found = re.findall(r"^<([a-z]+/[^>]+)>", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert found == sorted(set(found))
