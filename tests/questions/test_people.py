from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Author
from kg.questions.people import Likeness, Person
from kg.text.folding import fold_person

JANE, PARTED = Author("Jane Smith"), Author("Jane Q. Smith", "Jane Q.", "Smith", "0000-0002-1825-0097")
SPANISH, DUTCH = Author("Ana García Márquez", "Ana", "García Márquez"), Author("Ludwig van der Berg")
SAME = {
    JANE: ("Smith", "smith", "SMITH", "Jane Smith", "J. Smith", "J Smith", "Smith, Jane", "Smith, J.", "Smith J",
           "Smith Jane"),
    PARTED: ("Smith", "Jane Smith", "J. Q. Smith", "JQ Smith", "Smith JQ", "Smith, Jane Q.", "0000-0002-1825-0097",
             "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
    SPANISH: ("García", "Garcia", "Márquez", "Garcia Marquez", "Ana Garcia", "A. Márquez", "Ana García Márquez"),
    DUTCH: ("Berg", "van der Berg", "L. Berg", "Ludwig van der Berg", "van der Berg, Ludwig", "L. van der Berg"),
    Author("Þór Weiß-Cæsar"): ("Weiss-Caesar", "Thor Weiss-Caesar", "weiß-cæsar", "Caesar"),
    Author("Søren Łukaszewicz-Ødegård"): ("Lukaszewicz-Odegard", "S. Ødegard", "Soren Lukaszewicz-Odegard"),
    Author("王小明"): ("王小明",),
    Author("Xiaoming Wang"): ("Wang", "Wang Xiaoming", "Xiaoming Wang", "X. Wang"),
    Author("Conan O'Brien"): ("O'Brien", "OBrien", "O’Brien", "C. O'Brien"),
    Author("Martin Luther King Jr."): ("King", "Martin Luther King", "M. L. King Jr."),
    Author("J. R. R. Tolkien"): ("Tolkien", "J. R. R. Tolkien", "JRR Tolkien", "J. Tolkien"),
    Author("Jean-Luc Godard"): ("J.-L. Godard", "Jean Luc Godard", "J. Godard"),
}  # fmt: skip
PERHAPS = {
    Author("J. Smith"): ("Jane Smith", "Smith, Jane", "Jane Quentin Smith"),
    Author("Smith J", "J", "Smith"): ("Jane Smith",),
    JANE: ("Jane Q. Smith", "J. Q. Smith"),
}
OTHER = {
    JANE: ("Jane", "Smithson", "John Smith", "K. Smith", "Smi", "Jane Jones", "0000-0002-1825-0097"),
    PARTED: ("Jane Robin Smith", "0000-0001-0000-0000", "Jane"),
    DUTCH: ("van", "van der", "Ludwig", "Karl van der Berg"),
    SPANISH: ("Ana", "Luis García"),
    Author("王小明"): ("王",),
    Author("?"): ("Smith",),
}


def cases(table: dict[Author, tuple[str, ...]]) -> list[tuple[Author, str]]:
    return [(author, name) for author, names in table.items() for name in names]


@pytest.mark.parametrize(("author", "name"), cases(SAME))
def test_an_author_goes_by_every_form_of_the_name(author: Author, name: str) -> None:
    assert Person.called(name).likeness(author) is Likeness.SAME


@pytest.mark.parametrize(("author", "name"), cases(SAME) + cases(PERHAPS))
def test_a_head_of_a_name_is_in_every_name_like_it(author: Author, name: str) -> None:
    person = Person.called(name)
    for form in ("NFC", "NFD"):
        stored = [fold_person(unicodedata.normalize(form, text)) for text in (author.name, author.family or "")]
        heads = any(head in text for head in person.heads for text in stored)
        assert heads or (person.orcid is not None and person.orcid == author.orcid)


@pytest.mark.parametrize(("author", "name"), cases(PERHAPS))
def test_who_is_named_by_less_than_is_asked_is_perhaps_the_one(author: Author, name: str) -> None:
    assert Person.called(name).likeness(author) is Likeness.PERHAPS


@pytest.mark.parametrize(("author", "name"), cases(OTHER))
def test_others_are_others(author: Author, name: str) -> None:
    assert Person.called(name).likeness(author) is Likeness.OTHER


@pytest.mark.parametrize("name", ["", " ", "42", "---", ",", "_"])
def test_a_name_without_a_letter_is_refused(name: str) -> None:
    with pytest.raises(KgError, match="names nobody"):
        Person.called(name)


@given(st.text(), st.text())
def test_any_two_names_can_be_compared(asked: str, name: str) -> None:
    try:
        person = Person.called(asked)
    except KgError:
        return
    assert person.likeness(Author(name)) in Likeness
