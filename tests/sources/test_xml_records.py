"""Records of XML: whose they are, what is read of each, and what damage and hostility cost."""

from __future__ import annotations

import contextlib
import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.model import Paper, Reject
from kg.sources import SourceFile, read_source, xmltext
from kg.sources.elements import element_text
from kg.sources.xmltext import NoRecordError, read_xml


def read(text: str | bytes) -> list[Paper | Reject]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_source(SourceFile("key", "x.xml", None, data)))


def one(text: str) -> Paper:
    (row,) = read(text)
    assert isinstance(row, Paper), row
    return row


def names(paper: Paper) -> list[str]:
    return [author.name for author in paper.authors]


# Formats

ANTHOLOGY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2031.barn">
  <volume id="main" ingest-date="2031-05-02"><meta>
      <booktitle>Proceedings of the 3rd Barn <fixed-case>W</fixed-case>orkshop</booktitle>
      <editor><first>Ed</first><last>Itor</last></editor><month>May 2–4</month><year>2031</year></meta>
    <frontmatter><url>2031.barn-main.0</url></frontmatter>
    <paper id="1"><title><fixed-case>W</fixed-case>ool of order <tex-math>n^2</tex-math></title>
      <author><first>Ann</first><last>Shepherd</last></author><author><last>Lamb</last></author>
      <abstract>We spin <i>wool</i> &amp; measure
        it.</abstract><url hash="0a">2031.barn-main.1</url><doi>10.1234/barn.1</doi>
      <pwccode url="https://github.com/barn/wool" additional="false">barn/wool</pwccode></paper>
    <paper id="2"><title>Sold Twice</title><author><first>Bo</first><last>Lamb</last></author>
      <retracted date="2031-06-01">Sold twice.</retracted></paper>
  </volume>
  <volume id="demo"><meta><booktitle>Barn Demonstrations</booktitle><year>2032</year></meta>
    <paper id="1"><title>Shears</title></paper></volume>
</collection>
"""


def test_a_paper_of_the_acl_anthology_has_what_its_volume_says_for_all() -> None:
    wool, sold, shears = read(ANTHOLOGY)
    assert isinstance(wool, Paper)
    assert (wool.title, wool.abstract) == ("Wool of order $n^2$", "We spin wool & measure it.")
    assert (wool.doi, wool.date, wool.type) == ("10.1234/barn.1", "2031-05", "conference-paper")
    assert wool.venue == "Proceedings of the 3rd Barn Workshop"
    assert names(wool) == ["Ann Shepherd", "Lamb"]
    assert wool.urls == ("https://aclanthology.org/2031.barn-main.1",)
    assert wool.repositories == ("https://github.com/barn/wool",)
    assert isinstance(sold, Paper)
    assert (sold.status, sold.urls) == ("retracted", ("https://aclanthology.org/2031.barn-main.2",))
    assert isinstance(shears, Paper)
    assert (shears.venue, shears.date) == ("Barn Demonstrations", "2032")


def test_an_old_volume_of_the_anthology_is_its_own_root() -> None:
    paper = one(
        '<volume id="W09"><paper id="1301"><title>Hay</title><author><first>Ann</first><last>Shepherd</last></author>'
        "<year>2009</year><month>June</month><booktitle>Hay Day</booktitle><url>W09-1301</url></paper></volume>"
    )
    assert (paper.date, paper.venue, paper.urls) == ("2009-06", "Hay Day", ("https://aclanthology.org/W09-1301",))


PUBMED = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2031//EN" "https://dtd.nlm.nih.gov/p.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">12345</PMID>
<Article PubModel="Print-Electronic"><Journal><JournalIssue><PubDate><Year>2031</Year><Month>Mar</Month></PubDate>
</JournalIssue><Title>Journal of Hay</Title></Journal><ArticleTitle>Hay and H<sub>2</sub>O in
<i>Ovis</i>.</ArticleTitle><ELocationID EIdType="doi">10.1234/hay.5</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">Hay is dry.</AbstractText>
<AbstractText Label="METHODS" NlmCategory="METHODS">We <b>wet</b> it.</AbstractText>
<CopyrightInformation>(c) Barn</CopyrightInformation></Abstract>
<AuthorList CompleteYN="Y"><Author><LastName>Shepherd</LastName><ForeName>Ann</ForeName><Initials>A</Initials>
<Identifier Source="ORCID">0000-0002-1825-0097</Identifier></Author>
<Author><CollectiveName>Barn Consortium</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
<PublicationType UI="D016441">Retracted Publication</PublicationType></PublicationTypeList>
<ArticleDate><Year>2031</Year><Month>02</Month><Day>09</Day></ArticleDate></Article>
<KeywordList><Keyword>hay</Keyword></KeywordList></MedlineCitation>
<PubmedData><ArticleIdList><ArticleId IdType="pubmed">12345</ArticleId></ArticleIdList>
<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.9999/other</ArticleId></ArticleIdList></Reference>
</ReferenceList></PubmedData></PubmedArticle></PubmedArticleSet>
"""


def test_an_article_of_pubmed_is_read_though_it_names_its_document_type() -> None:
    paper = one(PUBMED)
    assert paper.title == "Hay and H2O in Ovis."
    assert paper.abstract == "BACKGROUND: Hay is dry.\nMETHODS: We wet it."
    assert (paper.doi, paper.date, paper.venue) == ("10.1234/hay.5", "2031-02-09", "Journal of Hay")
    assert (paper.type, paper.status, paper.keywords) == ("article", "retracted", ("hay",))
    assert names(paper) == ["Ann Shepherd", "Barn Consortium"]
    assert paper.authors[0].orcid == "0000-0002-1825-0097"
    assert paper.urls == ("https://pubmed.ncbi.nlm.nih.gov/12345/",)


def test_a_document_type_that_declares_something_is_refused_whoever_it_is_of() -> None:
    with pytest.raises(SourceError, match="declares a document type"):
        read(PUBMED.replace('p.dtd">', 'p.dtd" [<!ENTITY a "b">]>'))


JATS = """<article article-type="research-article" xmlns:mml="http://www.w3.org/1998/Math/MathML">
<front><journal-meta><journal-title-group><journal-title>Hay</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1234/j.1</article-id><title-group><article-title>On
<italic>Hay</italic></article-title></title-group><contrib-group>
<contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/0000-0002-1825-0097</contrib-id>
<name><surname>Shepherd</surname><given-names>Ann</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Itor</surname><given-names>Ed</given-names></name></contrib>
</contrib-group><pub-date pub-type="ppub"><year>2031</year></pub-date><pub-date pub-type="epub"><day>3</day>
<month>2</month><year>2031</year></pub-date><abstract><title>Abstract</title><sec><title>Aims</title>
<p>We store <inline-formula><alternatives><tex-math>\\documentclass{minimal}\\begin{document}$$n^2$$\\end{document}
</tex-math><mml:math><mml:mi>n2</mml:mi></mml:math></alternatives></inline-formula> bales.</p></sec></abstract>
<abstract abstract-type="teaser"><p>Hay!</p></abstract><kwd-group><kwd>hay</kwd></kwd-group></article-meta></front>
<body><sec><title>Introduction</title><p>Long ago.</p></sec></body></article>"""


def test_an_article_in_jats_is_read_by_what_heads_it() -> None:
    paper = one(JATS)
    assert (paper.title, paper.abstract) == ("On Hay", "Aims: We store $n^2$ bales.")
    assert (paper.doi, paper.date, paper.venue, paper.type) == ("10.1234/j.1", "2031-02-03", "Hay", "article")
    assert names(paper) == ["Ann Shepherd"]


def test_a_record_in_mods_is_read() -> None:
    paper = one(
        '<?xml version="1.0"?><modsCollection xmlns="http://www.loc.gov/mods/v3"><mods ID="x"><titleInfo><title>Hay'
        '</title></titleInfo><name type="personal"><namePart type="given">Ann</namePart>'
        '<namePart type="family">Shepherd'
        '</namePart><role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>'
        "<originInfo><dateIssued>2031-07</dateIssued></originInfo><relatedItem type='host'><titleInfo><title>Barn Days"
        "</title></titleInfo><name><namePart type='family'>Itor</namePart><role><roleTerm>editor"
        "</roleTerm></role></name>"
        "<genre>conference publication</genre></relatedItem><abstract>We stack.</abstract>"
        "<identifier type='doi'>10.1234/m.1</identifier><location><url>https://example.org/hay</url></location>"
        "</mods></modsCollection>"
    )
    assert (paper.title, paper.abstract, paper.doi, paper.date) == ("Hay", "We stack.", "10.1234/m.1", "2031-07")
    assert (names(paper), paper.venue) == (["Ann Shepherd"], "Barn Days")


def test_a_record_of_endnote_is_read_without_its_styles() -> None:
    paper = one(
        '<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>'
        "<author><style>Shepherd, Ann</style></author></authors></contributors><titles><title>"
        "<style face='x'>Hay</style>"
        "<style> and more</style></title><secondary-title>Barn</secondary-title></titles><dates><year>2031</year>"
        "<pub-dates><date>Mar 4</date></pub-dates></dates><abstract><style>We stack.</style></abstract>"
        "<electronic-resource-num>10.1234/e.1</electronic-resource-num></record></records></xml>"
    )
    assert (paper.title, paper.abstract, paper.doi, paper.date) == (
        "Hay and more",
        "We stack.",
        "10.1234/e.1",
        "2031-03-04",
    )
    assert (names(paper), paper.venue, paper.type) == (["Ann Shepherd"], "Barn", "article")


def oai(metadata: str, header: str = "") -> str:
    return (
        '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record>'
        f"<header{header}><identifier>oai:arXiv.org:2402.01234</identifier></header>{metadata}"
        f"</record></GetRecord></OAI-PMH>"
    )


def test_dublin_core_tells_an_abstract_from_a_comment_and_the_first_date_from_later_ones() -> None:
    paper = one(
        oai(
            '<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Hay</dc:title><dc:creator>Shepherd, Ann</dc:creator>'
            "<dc:creator>Lamb, Bo</dc:creator><dc:subject>Computer Science - Hay</dc:subject>"
            "<dc:description>  We stack hay,\nhigh.\n</dc:description>"
            "<dc:description>Comment: 12 pages</dc:description>"
            "<dc:date>2024-06-01</dc:date><dc:date>2024-02-05</dc:date>"
            "<dc:identifier>http://arxiv.org/abs/2402.01234</dc:identifier>"
            "<dc:identifier>doi:10.1234/h.1</dc:identifier>"
            "</oai_dc:dc></metadata>"
        )
    )
    assert (paper.abstract, paper.date) == ("We stack hay, high.", "2024-02-05")
    assert (paper.arxiv, paper.doi) == ("2402.01234", "10.1234/h.1")
    assert names(paper) == ["Ann Shepherd", "Bo Lamb"]


def test_arxivs_raw_format_has_versions_and_a_withdrawal() -> None:
    paper = one(
        oai(
            '<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2402.01234</id><version version="v1">'
            '<date>Mon, 5 Feb 2024 18:55:32 GMT</date></version><version version="v2">'
            "<date>Sat, 1 Jun 2024 10:00:00 GMT"
            "</date></version><title>Hay</title><authors>Ann Shepherd and Bo Lamb</authors>"
            "<categories>cs.LG</categories>"
            "<comments>This paper has been withdrawn by the authors</comments><abstract>We stack.</abstract></arXivRaw>"
            "</metadata>"
        )
    )
    assert (paper.date, paper.author_count, paper.status) == ("2024-02-05", 2, "withdrawn")


@pytest.mark.parametrize(
    ("metadata", "header", "said"),
    [
        ("", ' status="deleted"', "is deleted at its source: 'oai:arXiv.org:2402.01234'"),
        ("", "", "holds no metadata"),
        ('<metadata><marc xmlns="m"/></metadata>', "", "is in a format that is not read: 'marc'"),
    ],
)
def test_a_record_without_a_paper_is_set_aside_with_the_reason(metadata: str, header: str, said: str) -> None:
    (row,) = read(oai(metadata, header))
    assert isinstance(row, Reject)
    assert row.reason.startswith(said)


def test_an_error_of_a_repository_is_told() -> None:
    (row,) = read(
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="noRecordsMatch">None.</error></OAI-PMH>'
    )
    assert isinstance(row, Reject)
    assert row.reason == "the repository answers with an error: 'noRecordsMatch' 'None.'"


# Feeds

RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:arxiv="http://arxiv.org/schemas/atom" '
    'xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/"><channel><title>T</title>'
    "<item>{}</item></channel></rss>"
)


def item(content: str) -> Paper:
    return one(RSS.format(content))


def test_an_item_of_a_journal_has_its_abstract_without_the_imprint_before_it() -> None:
    paper = item(
        "<title><![CDATA[Hay &amp; <i>straw</i>]]></title><link>https://example.org/hay?rss=1</link>"
        "<content:encoded><![CDATA[<p>Barn, Published online: 05 March 2031; <a href='x'>doi:10.1234/r.1</a></p>"
        "We stack&nbsp;hay.]]></content:encoded><dc:creator>Ann Shepherd</dc:creator><dc:creator>Bo Lamb</dc:creator>"
        "<dc:identifier>doi:10.1234/r.1</dc:identifier><dc:date>2031-03-05</dc:date>"
        "<prism:publicationName>Barn</prism:publicationName>"
    )
    assert (paper.title, paper.abstract) == ("Hay & straw", "We stack\u00a0hay.".replace("\u00a0", " "))
    assert (paper.doi, paper.date, paper.venue) == ("10.1234/r.1", "2031-03-05", "Barn")
    assert names(paper) == ["Ann Shepherd", "Bo Lamb"]


def test_an_item_that_only_says_where_it_appeared_has_no_abstract() -> None:
    paper = item(
        "<title>Hay</title><description><![CDATA[<p>Publication date: March 2031</p><p><b>Source:"
        "</b> Barn, Volume 3</p>"
        "<p>Author(s): Ann Shepherd</p>]]></description>"
    )
    assert paper.abstract == ""


@pytest.mark.parametrize(("kind", "date"), [("new", "2024-02-06"), ("replace", "2024-02"), ("cross", "2024-02")])
def test_the_day_of_an_announcement_counts_only_for_first_versions(kind: str, date: str) -> None:
    paper = item(
        "<title>Hay</title><link>https://arxiv.org/abs/2402.01234</link>"
        f"<description>arXiv:2402.01234v1 Announce Type: {kind} \nAbstract: We stack.</description>"
        f"<pubDate>Tue, 06 Feb 2024 00:00:00 -0500</pubDate><arxiv:announce_type>{kind}</arxiv:announce_type>"
    )
    assert (paper.abstract, paper.arxiv, paper.date) == ("We stack.", "2402.01234", date)


def test_an_item_of_arxivs_old_feed_has_its_id_behind_the_title() -> None:
    paper = one(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="http://arxiv.org/abs/2402.01234">'
        "<title>Hay. (arXiv:2402.01234v1 [cs.LG])</title><link>http://arxiv.org/abs/2402.01234</link>"
        "<description>&lt;p&gt;We stack.&lt;/p&gt;</description>"
        "<dc:creator>&lt;a href='x'&gt;Ann Shepherd&lt;/a&gt;, &lt;a href='y'&gt;Bo Lamb&lt;/a&gt;</dc:creator>"
        "</item></rdf:RDF>"
    )
    assert (paper.title, paper.abstract, paper.arxiv) == ("Hay", "We stack.", "2402.01234")
    assert names(paper) == ["Ann Shepherd", "Bo Lamb"]


def test_a_post_of_a_blog_is_no_paper() -> None:
    (row,) = read(RSS.format("<title>My week</title><dc:creator>Ann</dc:creator><slash:comments>0</slash:comments>"))
    assert isinstance(row, Reject)
    assert row.reason.startswith("is a post or an episode")


def test_an_entry_of_atom_says_all_that_arxiv_knows() -> None:
    paper = one(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>'
        "<id>http://arxiv.org/abs/2402.01234v2</id><title>Hay</title><summary>We stack.</summary>"
        "<published>2024-02-05T00:00:00Z</published><author><name>Ann Shepherd</name></author>"
        "<arxiv:journal_ref>Barn 3 (2031)</arxiv:journal_ref><arxiv:comment>12 pages</arxiv:comment>"
        '<link href="http://arxiv.org/abs/2402.01234v2" rel="alternate"/><link href="http://x.example" rel="replies"/>'
        '<category term="cs.LG"/><category term="68T50 (Primary)"/>'
        '<arxiv:primary_category term="cs.CL"/></entry></feed>'
    )
    assert (paper.venue, paper.categories) == ("Barn 3 (2031)", ("cs.CL", "cs.LG"))
    assert paper.urls == ("http://arxiv.org/abs/2402.01234v2",)


def test_html_in_an_entry_is_told_by_its_type() -> None:
    paper = one(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
        '<title type="html">Hay &amp;amp; &lt;b&gt;straw&lt;/b&gt;</title>'
        '<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>We <b>stack</b>.</p></div></summary>'
        "</entry></feed>"
    )
    assert (paper.title, paper.abstract) == ("Hay & straw", "We stack.")


# Damage

RECORD = "<r><t>{}</t></r>"


def titles(document: str | bytes) -> list[str]:
    data = document.encode() if isinstance(document, str) else document
    return [
        "damaged" if record.element is None else element_text(record.element.find("t"))
        for record in read_xml(io.BytesIO(data), "x.xml", ("r",))
    ]


@pytest.mark.parametrize(
    "bad",
    ["<r><t>a & b</t></r>", "<r><t>a", "<r><t>a</u></r>", "<r><t>&nosuch;</t></r>", "<r><t a=1/></r>",
     "<r><t>\x80</t></r>", "<r>" + "<u>" * 5_000 + "</r>", '<r><t a="', "<r><!-- -- --></r>"],
)  # fmt: skip
def test_a_damaged_record_costs_only_itself(bad: str) -> None:
    good = RECORD.format("good")
    found = titles(f"<a><b>{good}{bad}\n".encode("latin-1") + (good * 3 + "</b></a>").encode())
    assert found[:2] == ["good", "damaged"]
    assert found.count("good") >= 3


def test_entities_of_html_are_read_and_characters_that_xml_forbids_are_blanks() -> None:
    assert titles("<a><r><t>a&nbsp;b\x0cc &eacute;</t></r></a>") == ["a\u00a0b c é"]


def test_several_documents_may_follow_one_another() -> None:
    document = f'<?xml version="1.0"?>\n<a>{RECORD.format("one")}</a>\n'
    assert titles(document + document + "\n\n" + document) == ["one"] * 3


def test_behind_damage_namespaces_and_the_elements_around_are_as_they_were() -> None:
    data = b'<p:a xmlns:p="u" xmlns="v" k="1"><p:r>a</p:r><p:r>&</p:r><p:r><x/></p:r></p:a>'
    rows = list(read_xml(io.BytesIO(data), "x.xml", ("{u}r",)))
    assert [row.element is None for row in rows] == [False, True, False]
    assert rows[2].element is not None
    assert [child.tag for child in rows[2].element] == ["{v}x"]
    assert [(each.tag, each.get("k")) for each in rows[2].within] == [("{u}a", "1")]


def test_a_record_that_is_too_long_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmltext, "LONGEST_RECORD", 200_000)
    good = RECORD.format("good")
    for bad in (RECORD.format("x" * 300_000), RECORD.format("<u/>" * 20_000), f"<r><t a='{'x' * 300_000}'/></r>"):
        assert titles(f"<a>{good}{bad}{good}</a>") == ["good", "damaged", "good"]


def test_no_record_is_an_error_with_the_root() -> None:
    with pytest.raises(NoRecordError) as caught:
        titles("<p:barn xmlns:p='u'/>")
    assert caught.value.root == "barn"


HOSTILE = ["<r>", "<r>&", "<r></a>", "<r><!--", "<r><![CDATA[", "<?", "<r><?xml ?>", "<a>", "&", "<r a='", "</r>",
           "<r/>", "<r xmlns:a='b'>", "<r>]]>"]  # fmt: skip


@pytest.mark.parametrize("unit", HOSTILE)
def test_what_is_parsed_grows_no_faster_than_the_document(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed = 0
    parse = xmltext._Document._parse

    def counted(self: xmltext._Document, data: memoryview, final: bool = False) -> object:
        nonlocal parsed
        parsed += len(data) + 1
        return parse(self, data, final)

    monkeypatch.setattr(xmltext._Document, "_parse", counted)

    def cost(size: int) -> int:
        nonlocal parsed
        parsed = 0
        with contextlib.suppress(SourceError, NoRecordError):
            titles("<a>" + unit * (size // len(unit)))
        return parsed

    assert cost(400_000) < 5 * cost(100_000)


def test_memory_does_not_grow_with_damage() -> None:
    class Damaged(io.RawIOBase):
        left = 40

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return b"<a><r><t>" + b"word " * 10_000 + b"&</t></r>" if self.left > 0 else b""

    tracemalloc.start()
    list(read_xml(Damaged(), "x.xml", ("r",)))  # type: ignore[arg-type]
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


DOCUMENTS = [ANTHOLOGY, PUBMED, JATS, oai("<metadata><x/></metadata>"), RSS.format("<title>Hay</title>")]


@given(st.sampled_from(DOCUMENTS), st.data())
def test_any_damage_gives_papers_and_rejects_or_a_source_error(document: str, data: st.DataObject) -> None:
    damaged = bytearray(document.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(damaged)))
        match data.draw(st.sampled_from(("cut", "flip", "insert", "repeat"))):
            case "cut":
                del damaged[place : place + data.draw(st.integers(1, 60))]
            case "flip" if place < len(damaged):
                damaged[place] ^= 1 << data.draw(st.integers(0, 7))
            case "insert":
                damaged[place:place] = data.draw(
                    st.sampled_from((b"<", b"&", b"]]>", b"<paper>", b"\x00", b"</volume>"))
                )
            case _:
                damaged[place:place] = damaged[place : place + 200]
    try:
        rows = read(bytes(damaged))
    except SourceError:
        return
    assert rows
    assert all(isinstance(row, Reject) or row.title for row in rows)
