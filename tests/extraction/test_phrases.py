import pytest

from kg.errors import ExtractionError
from kg.extraction.phrases import Phrase, read_phrases, shipped_phrases

PHRASES = list(shipped_phrases().patterns.values())


@pytest.mark.parametrize(
    ("phrase", "text"), [pytest.param(p, text, id=f"{p.name}: {text}") for p in PHRASES for text in p.must]
)
def test_phrase_is_found_where_it_must_be(phrase: Phrase, text: str) -> None:
    assert phrase.is_found(text)


@pytest.mark.parametrize(
    ("phrase", "text"), [pytest.param(p, text, id=f"{p.name}: {text}") for p in PHRASES for text in p.must_not]
)
def test_phrase_is_not_found_where_it_must_not_be(phrase: Phrase, text: str) -> None:
    assert not phrase.is_found(text)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.name)
def test_every_phrase_has_examples_of_both_kinds(phrase: Phrase) -> None:
    assert phrase.must
    assert phrase.must_not


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pieces", "p.toml: not TOML"),
        ("[patterns.a]\npattern = '('\nreads = 'within'", "pattern 'a' is no regular expression"),
        ("[patterns.a]\npattern = '{b}'\nreads = 'within'", r"names \{b\}, which is no piece of the file"),
        ("[pieces]\nb = '{c}'\nc = '{b}'\n[patterns.a]\npattern = '{b}'\nreads = 'within'", "names itself"),
        ("[patterns.a]\npattern = 'b'\nreads = 'inside'", "reads 'inside'; write before, after or within"),
        ("[patterns.a]\nreads = 'within'", "needs 'pattern' and 'reads'"),
    ],
)
def test_wrong_phrases_are_an_error_that_says_where(text: str, said: str) -> None:
    with pytest.raises(ExtractionError, match=said):
        read_phrases(text, "p.toml")


def test_pieces_are_put_in_and_line_breaks_taken_out() -> None:
    text = "[pieces]\nzorp = 'zorp|zop'\n[patterns.a]\nreads = 'before'\npattern = '''a\n  {zorp}\n  s'''"
    phrase = read_phrases(text, "p.toml").patterns["a"]
    assert phrase.is_found("in azorps")
    assert phrase.is_found("azops")
    assert not phrase.is_found("azops again")


def test_examples_and_notes_change_no_version() -> None:
    text = "[patterns.a]\nreads = 'within'\npattern = 'b'\n"
    plain, noted, other = (
        read_phrases(each, "p").content() for each in (text, text + "must = ['b']\n# note", text.replace("b'", "c'"))
    )
    assert plain == noted != other
