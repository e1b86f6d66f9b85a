"""What stands in a title and is not the paper's own: marks before and behind it, and titles of what is no paper.

Publishers set "RETRACTED:" before a title and "[Retracted]" behind it, conferences "Poster:"; an "Erratum to" is about
another paper, and "Front Matter" is none. The kinds are rows of one table each; every pattern is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from kg.model import PaperStatus, PaperType

__all__ = ["TitleMark", "is_only_notice", "title_marks", "type_by_title", "unmarked", "withdrawal"]

_PAPER = r"article|paper|chapter|manuscript|preprint|study|submission|work"
_SIGN = r"(?:[ \t]{0,2}(?:[:.\u2013\u2014)\]*|]|-(?=\s))){1,3}\s{0,4}"
"""What parts a mark from the title behind it; a hyphen alone makes one word ("Retraction-Based Planning")."""
_OPENING = r"\s{0,4}[\[(*\u201c\"']{0,3}\s?"
_QUOTE = r"(?=\s{0,2}[\"'\u201c\u2018\u00ab])"
_ABOUT = rf"(?:\s(?:to|for|on|in|of|about|regarding|concerning)\b(?:{_SIGN})?|{_SIGN}|\W{{0,3}}\Z)"
# Ordinary words ("Correction of Errors") are a mark only before a sign or a quoted title.
_SURELY_ABOUT = rf"(?:(?:\s(?:to|for|of))?{_SIGN}|\s(?:to|for|of){_QUOTE}|\W{{0,3}}\Z)"


@dataclass(frozen=True, slots=True)
class TitleMark:
    """A mark in a title, from ``start`` to ``end``.

    It says what became of the paper (``status``), that this is about another paper (``type``), or neither: a label of
    the kind of presentation, ``word``, which could be a name as well ("DEMO: ...").
    """

    start: int
    end: int
    word: str
    status: PaperStatus | None = None
    type: PaperType | None = None


_NOTICES: Mapping[PaperType, str] = {
    PaperType.ERRATUM: (
        rf"(?:erratum|errata|corrigend(?:um|a)|addendum(?= to\b)){_ABOUT}|"
        rf"(?:(?:author|publisher|editorial)(?:['\u2019]?s)? )?corrections?{_SURELY_ABOUT}"
    ),
    PaperType.RETRACTION: (
        rf"(?:(?:retraction|withdrawal) (?:note|notice|statement)|notice of (?:retraction|withdrawal|removal)|"
        rf"(?:editorial )?expression of concern){_ABOUT}|(?:retraction|withdrawal){_SURELY_ABOUT}"
    ),
}
_LABELS = (
    "poster(?: abstract| paper| session)?|wip|work[- ]in[- ]progress|demo(?:nstration)?(?: abstract| paper| track)?|"
    "invited(?: talk| paper| lecture| commentary| presentation)?|keynote(?: talk| lecture| address| speech)?|"
    "plenary(?: talk| lecture)?|tutorial|panel(?: discussion)?|(?:extended |student |conference |meeting )?abstracts?|"
    "(?:short|full|long|regular|research|position|vision|industry|industrial|workshop|student) (?:paper|track|talk)|"
    "position|late[- ]breaking(?: results?| work| abstract)?|brief announcement|doctoral (?:consortium|symposium)|"
    "technical report|preprint|draft"
)
_BEFORE = re.compile(
    rf"{_OPENING}(?:(?P<status>retracted|withdrawn|removed)(?: (?:{_PAPER}))?{_SIGN}|"
    rf"(?P<erratum>{_NOTICES[PaperType.ERRATUM]})|(?P<retraction>{_NOTICES[PaperType.RETRACTION]})|"
    rf"(?P<label>{_LABELS})[ \t]{{0,2}}[:\])|][:\])| \t]{{0,3}})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"\s{{0,2}}(?:[(\[](?P<bracketed>retracted|withdrawn)(?: (?:{_PAPER}))?(?:[.,;:][^()\[\]]{{0,100}})?[)\]]|"
    r"[\u2013\u2014:-] ?(?P<bare>RETRACTED|WITHDRAWN))[\s.]{0,3}\Z",
    re.IGNORECASE,
)
_END, _MARKS_END = "\t\n .", (")", "]", "retracted", "withdrawn")
_LONGEST_MARK = 160  # characters from its end in which a mark behind a title is looked for
_STATUS = {"retracted": PaperStatus.RETRACTED, "removed": PaperStatus.WITHDRAWN, "withdrawn": PaperStatus.WITHDRAWN}

# Titles of volumes and of what a volume has beside its papers; a number may follow ("Preface - Volume 12").
_NUMBERED = r"(?:[\s:,.\u2013-]{1,4}(?:volume|vol\.?|part|page|issue|no\.?)?\s?(?:[ivxlcdm]{1,8}|\d{1,6}))?"
_ORDINAL = r"(?:\d{1,3}(?:st|nd|rd|th)|\d{4}|first|second|third|fourth|fifth|[a-z]{3,12}th)"
_MEETING = r"(?:conference|symposium|workshop|meeting|congress)"
_OF_VOLUMES: Mapping[PaperType, str] = {
    PaperType.PROCEEDINGS: (
        r"(?:the )?(?:(?:conference|workshop|companion|joint|adjunct) )?proceedings (?:of|for|from)\b.*|"
        rf"(?:selected |collected )?(?:abstracts|papers|contributions) (?:of|from) (?:the )?{_ORDINAL}\b.*|"
        r"findings of the association\b.*"
    ),
    PaperType.EDITORIAL: (
        r"(?:guest )?editorial(?: (?:note|introduction|comment))?s?(?:: .*)?|editor(?:s|'s|s'|\u2019s|s\u2019)? "
        r"(?:note|introduction|page|message)|from the (?:guest )?editors?(?: in chief)?|"
        r"(?:preface|foreword)(?: (?:to|by|from) .*)?|(?:a )?(?:welcome )?(?:message|letter|welcome|note) from "
        r"(?:the )?.*(?:chairs?|editors?|presidents?|organi[sz]ers?|committee)\b.*|"
        r"(?:general|program(?:me)?|conference|technical)?(?: ?co-?)? ?chairs?(?:'|\u2019)?s? "
        r"(?:message|welcome|foreword|introduction)|"
        r"introduction to (?:the )?(?:special (?:issue|section)|minitrack|proceedings|volume)\b.*"
    ),
    PaperType.PARATEXT: (
        rf"(?:front|back|end) ?matter{_NUMBERED}|(?:table of )?contents|(?:half[- ])?title page|"
        r"(?:inside )?(?:front|back) cover|cover(?: page| image| art)?|copyright(?: (?:page|notice|information))?|"
        r"(?:authors?|subject|keyword|name|paper)(?:'s|s'|\u2019s|s\u2019)? index|"
        r"index(?: of (?:authors|subjects|papers))?|"
        r"(?:list of )?(?:authors|contributors|participants|reviewers|referees|sponsors|committees|abbreviations)|"
        r"acknowledge?ments? (?:to|of) (?:the |our )?(?:reviewers|referees)|reviewer acknowledge?ments?|"
        r"thanks to (?:the |our )?(?:reviewers|referees)|"
        r"(?:(?:organi[sz]ing|program(?:me)?|steering|technical|conference|workshop|advisory|editorial|scientific|"
        r"executive|local|review|international) ){1,3}(?:committees?|board)|organi[sz](?:ation|ers)|masthead|"
        r"(?:publication|publisher'?s?) information|(?:information|instructions) for authors|in this issue|"
        r"call for (?:papers|participation)|(?:conference|workshop|technical) program(?:me)?|"
        r"program(?:me)? at a glance|(?:intentionally )?(?:left )?blank(?: page)?"
    ),
}
_ENDING = (
    r".{5,300}[,:.(] ?(?:revised selected papers|(?:conference |workshop )?proceedings)"
    r"(?:,? (?:part|volume|vol\.?) [ivxlcdm\d]{1,8})?\)?"
)


def _whole(words: str) -> re.Pattern[str]:
    """A pattern of whole titles in small letters: one that ignores case takes longer, up to twice as long."""
    return re.compile(rf"[\[(\s]{{0,3}}(?:{words}){_NUMBERED}[\])\s.]{{0,3}}\Z")


_WHOLE = _whole("|".join(f"(?P<{kind}>{words})" for kind, words in _OF_VOLUMES.items()))
_WHOLE_BY_ENDING = _whole(_ENDING)
_VOLUME_WITHOUT_ABSTRACT = re.compile(
    rf"(?:the |proceedings )?{_ORDINAL} (?:[\w/&.-]{{1,30}} ){{0,6}}{_MEETING} (?:on|for|of) "
)
_LETTERS_OF_I_AND_S = str.maketrans("\u0130\u0131\u017f", "iis")  # as patterns that ignore case take them
_LONGEST_TITLE = 500  # characters; what is longer is the title of no volume


@lru_cache(maxsize=4096)  # reading, grouping and extraction ask one after another
def title_marks(title: str) -> tuple[TitleMark, ...]:
    """The marks of a stored title: at most one before it and one behind.

    >>> [(mark.word, str(mark.status)) for mark in title_marks("RETRACTED: Counting Sheep")]
    [('RETRACTED', 'retracted')]
    >>> title_marks("Retraction-Based Planning"), title_marks("Correction of Errors")
    ((), ())
    """
    found = []
    if match := _BEFORE.match(title):
        found.append(_mark(match))
    behind = max(len(title) - _LONGEST_MARK, found[0].end if found else 0)
    # From a sign to the end: each sign is tried once, and what follows it is bounded.
    ends_with_mark = title.rstrip(_END).lower().endswith(_MARKS_END)
    if match := _BEHIND.search(title, behind) if ends_with_mark else None:
        word = match["bracketed"] or match["bare"]
        found.append(TitleMark(match.start(), match.end(), word, _STATUS[word.lower()]))
    return tuple(found)


def _mark(match: re.Match[str]) -> TitleMark:
    start, end = match.span()
    if word := match["status"]:
        return TitleMark(start, end, word, _STATUS[word.lower()])
    if word := match["label"]:
        return TitleMark(start, end, word)
    kind = PaperType.ERRATUM if match["erratum"] else PaperType.RETRACTION
    return TitleMark(start, end, match[str(kind)].strip(), type=kind)


def unmarked(title: str) -> str:
    """A title without marks of what became of the paper, which has the same title with them and without.

    >>> unmarked("RETRACTED ARTICLE: Counting Sheep"), unmarked("Counting Sheep (Retracted article. See vol. 3)")
    ('Counting Sheep', 'Counting Sheep')
    """
    for mark in reversed(title_marks(title)):
        if mark.status is not None and (rest := (title[: mark.start] + title[mark.end :]).strip()):
            title = rest
    return title


def type_by_title(title: str, *, has_abstract: bool) -> PaperType | None:
    """What a title says that its record is: a notice, a volume, or what a volume has beside papers; None of a paper.

    >>> str(type_by_title("Proceedings of the 3rd Workshop on Sheep", has_abstract=False))
    'proceedings'
    >>> str(type_by_title("Author Index", has_abstract=False)), type_by_title("Counting Sheep", has_abstract=True)
    ('paratext', None)
    """
    for mark in title_marks(title):
        if mark.type is not None:
            return mark.type
    if len(title) > _LONGEST_TITLE:
        return None
    small = (title if title.isascii() else title.translate(_LETTERS_OF_I_AND_S)).lower()
    # One of the two stands in each such title; the pattern takes far longer.
    if ("proceedings" in small or "selected papers" in small) and _WHOLE_BY_ENDING.match(small):
        return PaperType.PROCEEDINGS
    if match := _WHOLE.match(small):
        return PaperType(str(match.lastgroup))
    return PaperType.PROCEEDINGS if not has_abstract and _VOLUME_WITHOUT_ABSTRACT.match(small) else None


# What stands in place of an abstract

_GONE = r"(?P<word>withdrawn|retracted|removed)"
_NOTICE = re.compile(
    rf"\W{{0,3}}(?:(?:this|the|our) (?:arxiv |above |present )?(?:{_PAPER})(?: \S{{1,30}})? "
    rf"(?:(?:has|have|had) been|is|was) (?:temporarily |permanently |voluntarily )?{_GONE}\b|"
    rf"(?:(?:this |the )?(?:{_PAPER}) )?(?P<only>withdrawn|retracted)"
    r"(?: (?:by|due|because|from|at|as|on)\b|\W{0,3}\Z|\.\s)|"
    r"the authors? (?:has|have) (?P<by>withdrawn|retracted) (?:this|the)\b|arxiv admin note: .{0,60}withdrawn\b)",
    re.IGNORECASE,
)
_OF_NOTICES = re.compile(
    r"\b(?:withdr[ae]wn?|withdrawal|retract\w*|errors?|errone\w+|mistakes?|flaw\w*|incorrect\w*|invalid\w*|superseded|"
    r"replaced|merged|plagiari\w+|duplicat\w+|no longer|new(?:er)? version|updated version|revis\w+|dispute\w*|"
    r"please (?:see|refer|contact|cite|do not)|apologi\w+|not be cited|permission|administrators?|see arxiv)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_LONGEST_NOTICE = 1500  # characters


def withdrawal(abstract: str) -> PaperStatus | None:
    """What an abstract that begins with a notice says of its paper.

    >>> str(withdrawal("This paper has been withdrawn by the authors due to an error."))
    'withdrawn'
    """
    match = _NOTICE.match(abstract)
    if match is None:
        return None
    word = (match["word"] or match["only"] or match["by"] or "withdrawn").lower()
    return _STATUS[word]


def is_only_notice(abstract: str) -> bool:
    """Whether nothing stands in an abstract but that, and why, the paper was withdrawn.

    >>> is_only_notice("This paper has been withdrawn. Table 2 has an error."), is_only_notice("Withdrawn. We count.")
    (True, False)
    """
    if len(abstract) > _LONGEST_NOTICE or withdrawal(abstract) is None:
        return False
    behind_the_first = _SENTENCE_END.split(abstract.strip())[1:]
    return all(_OF_NOTICES.search(sentence) for sentence in behind_the_first)
