"""What the shipped vocabulary says of where its entries are to be found."""

from __future__ import annotations

import re
from collections import Counter

from kg.identifiers import arxiv_id
from kg.linking.families import variant_of
from kg.model import EntityType
from kg.text.folding import slug
from kg.vocabulary import Concept, load_vocabulary

CONCEPTS = load_vocabulary().concepts
LINKED = [each for each in CONCEPTS.values() if each.exact_matches or each.introduced_in or each.homepages]
VARIANTS = [each for each in CONCEPTS.values() if each.variant_of is not None]

# An owner and a name, of letters, digits and "-", "_", ".", which neither begins or ends with the last two.
_PART = r"[A-Za-z0-9](?:[\w.-]{0,94}[A-Za-z0-9_-])?"
_HUB = re.compile(rf"https://huggingface\.co/(datasets/)?{_PART}/{_PART}", re.ASCII)
_FORMATS = re.compile(r"(?i)(?:^|[-_.])(?:gguf|gptq|awq|mlx|int[48]|fp[48]|nvfp4|bnb|[48]-?bits?|onnx)(?:$|[-_.])")


def addresses(concept: Concept) -> tuple[str, ...]:
    return (*concept.exact_matches, *concept.introduced_in, *concept.homepages)


def ancestors(concept: Concept) -> set[str]:
    found: set[str] = set()
    waiting = list(concept.broader)
    while waiting:
        parent = waiting.pop()
        if parent not in found:
            found.add(parent)
            waiting += CONCEPTS[parent].broader
    return found


def test_many_entries_lead_out() -> None:
    counts = Counter(concept.type for concept in LINKED)
    assert counts[EntityType.MODEL] >= 1200
    assert counts[EntityType.BENCHMARK] + counts[EntityType.DATASET] >= 700
    assert counts[EntityType.METHOD] >= 350


def test_an_address_is_one_of_the_secure_web() -> None:
    web = re.compile(r"https://[a-z0-9.-]+\.[a-z]+(?:/[^\s<>\"{}|\\^`#]*)?")
    assert not [address for concept in LINKED for address in addresses(concept) if not web.fullmatch(address)]


def test_an_exact_match_is_the_page_of_a_thing_of_its_kind() -> None:
    for concept in LINKED:
        for address in concept.exact_matches:
            match = _HUB.fullmatch(address)
            assert match, address
            assert bool(match[1]) == (concept.type in (EntityType.BENCHMARK, EntityType.DATASET)), address


def test_a_conversion_to_another_format_is_not_the_model() -> None:
    assert not [a for concept in LINKED for a in concept.exact_matches if _FORMATS.search(a.rpartition("/")[2])]


def test_no_two_entries_are_one_thing_elsewhere() -> None:
    times = Counter(address.lower() for concept in LINKED for address in concept.exact_matches)
    assert not [address for address, n in times.items() if n > 1]


def test_no_two_entries_share_a_homepage() -> None:
    # foaf:homepage is an inverse functional property: who has the same is the same.
    times = Counter(address.rstrip("/").lower() for concept in LINKED for address in concept.homepages)
    assert not [address for address, n in times.items() if n > 1]


def test_an_introducing_paper_is_at_arxiv_and_alone() -> None:
    for concept in LINKED:
        assert len(concept.introduced_in) <= 1, concept.id
        for address in concept.introduced_in:
            assert address == f"https://arxiv.org/abs/{arxiv_id(address)}"


def test_a_size_has_not_the_paper_of_its_family() -> None:
    assert not [variant.id for variant in VARIANTS if variant.introduced_in]
    models = [each for each in LINKED if each.type is EntityType.MODEL]
    shared = [m.id for m in models for up in ancestors(m) if set(m.introduced_in) & set(CONCEPTS[up].introduced_in)]
    assert shared == ["model/led"]  # Longformer's paper introduces the encoder and decoder as well


def test_a_variant_is_read_as_its_family_with_more_parts() -> None:
    # Else linking would never come to it: it goes by the id that the parts of the name give.
    for variant in VARIANTS:
        read = variant_of(variant.label, CONCEPTS[variant.variant_of or ""])
        assert read is not None
        assert (read.label, f"model/{slug(read.label)}") == (variant.label, variant.id)
        assert not variant.aliases
        assert not variant.hidden
        assert addresses(variant)
