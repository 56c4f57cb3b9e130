"""Words that become links: where, how often, in which form; and that nothing else of the text changes."""

import re
import time

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.kernel.text import render_markdown
from meedoen.terms.linking import MAX_ON_PAGE, Index, Linked, Word, link_words

INDEX = Index(
    (
        Word("lia", ("Lokale Inclusie Agenda", "LIA", "LIA's")),
        Word("inclusie", ("inclusie",)),
        Word("drempel", ("drempel",)),
        Word("beperking", ("beperking",)),
        Word("gemeente", ("gemeente",)),
        Word("b-en-w", ("college van B en W", "B en W")),
        Word("leus", ("niets over ons, zonder ons",)),
        Word("ieder-in", ("Ieder(in)",)),
        Word("wmo", ("Wmo",)),
        Word("raad", ("raad", "raden")),
    )
)
LINK = re.compile(r'<a class="mee-word" id="bij-[\w-]+" href="#woord-[\w-]+">(.*?)</a>', re.DOTALL)


def linked(markdown):
    """The text with [brackets] around what became a link."""
    return LINK.sub(r"[\1]", link_words(render_markdown(markdown), INDEX).html).strip()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("Een drempel.", "<p>Een [drempel].</p>"),
        ("Beperkingen en gemeenten.", "<p>[Beperkingen] en [gemeenten].</p>"),
        ("Drempels zijn er.", "<p>[Drempels] zijn er.</p>"),
        ("Een drempel en nog een drempel.", "<p>Een [drempel] en nog een drempel.</p>"),
        ("Een **drempel** en een *LIA*.", "<p>Een <strong>[drempel]</strong> en een <em>[LIA]</em>.</p>"),
        # The longest counts, and none inside another.
        ("Onze Lokale Inclusie Agenda.", "<p>Onze [Lokale Inclusie Agenda].</p>"),
        ("Inclusie in de Lokale\nInclusie Agenda.", "<p>[Inclusie] in de [Lokale\nInclusie Agenda].</p>"),
        ("Het college van B en W.", "<p>Het [college van B en W].</p>"),
        # Small letters may be capitals at the start, capitals have to be capitals.
        ("Lia en lia.", "<p>Lia en lia.</p>"),
        ("Onze LIA's.", "<p>Onze [LIA's].</p>"),
        ("Onze LIA’s.", "<p>Onze [LIA’s].</p>"),
        ("DREMPEL", "<p>DREMPEL</p>"),
        # Not part of another word.
        ("Drempelvrees en inclusief.", "<p>Drempelvrees en inclusief.</p>"),
        ("Het Wmo-loket en de Wmo.", "<p>Het Wmo-loket en de [Wmo].</p>"),
        # What stands between words counts.
        ("Dus: niets over ons, zonder ons!", "<p>Dus: [niets over ons, zonder ons]!</p>"),
        ("Niets over ons. Zonder ons!", "<p>Niets over ons. Zonder ons!</p>"),
        ("Vraag Ieder(in) of ieder in huis.", "<p>Vraag [Ieder(in)] of ieder in huis.</p>"),
        ("Het college van B. En W!", "<p>Het college van B. En W!</p>"),
        # Not there.
        ("## Een drempel\n\nEen drempel.", "<h2>Een drempel</h2>\n<p>Een [drempel].</p>"),
        ("> Een drempel.\n\nDe drempel", "<blockquote>\n<p>Een drempel.</p>\n</blockquote>\n<p>De [drempel]</p>"),
        # All that a block has: as a link it would be too small a thing to hit.
        (
            "Drempel.\n\n- drempel\n- een drempel",
            "<p>Drempel.</p>\n<ul>\n<li>drempel</li>\n<li>een [drempel]</li>\n</ul>",
        ),
        ("`drempel`", "<p><code>drempel</code></p>"),
        ("&lt;drempel&gt; & drempel", "<p>&lt;[drempel]&gt; &amp; drempel</p>"),
        ("| raad |\n| --- |\n| de raden |", None),
        ("", ""),
    ],
)
def test_what_becomes_a_link(markdown, shown):
    if shown is None:
        assert linked(markdown).count("[") == 1  # a cell of a table is text
    else:
        assert linked(markdown) == shown


def test_nothing_is_linked_in_a_link():
    html = '<p><a href="/drempel/" rel="noopener">een drempel</a> en een drempel</p>'
    assert LINK.sub(r"[\1]", link_words(html, INDEX).html) == html.replace("en een drempel", "en een [drempel]")


def test_attributes_stay_as_they_are():
    html = '<p title="een drempel > LIA"><a href="/x?drempel=1">x</a></p>'
    assert link_words(html, INDEX) == Linked(html)


def test_the_words_come_in_the_order_of_the_text_and_each_once():
    found = link_words("<p>De LIA, een drempel, de LIA</p><p>De Wmo</p>", INDEX)
    assert found.met == ("lia", "drempel", "wmo")
    assert '<a class="mee-word" id="bij-wmo" href="#woord-wmo">Wmo</a>' in found.html


def test_a_word_that_is_explained_elsewhere_on_the_page_is_left_alone():
    assert link_words("<p>LIA, drempel</p>", INDEX, already=["lia"]).met == ("drempel",)


def test_a_page_explains_so_many_words_and_no_more():
    words = [f"woordje{chr(97 + number)}" for number in range(MAX_ON_PAGE + 5)]
    index = Index(tuple(Word(word, (word,)) for word in words))
    assert link_words(" ".join(words), index).met == tuple(words[:MAX_ON_PAGE])


def test_without_words_the_text_is_the_same():
    assert link_words("<p>Een drempel</p>", Index(())) == Linked("<p>Een drempel</p>")


PIECES = st.sampled_from(
    ["drempel", "LIA", "Lokale Inclusie Agenda", "raad", " ", "\n\n", "**", "*", "[", "](/raad/)", "> ", "## ", "- ", "`",
     "<b>", "&amp;", "&", '"', "|", "|\n|---|\n", "e", "1. ", "<", ">", "’", "("]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_links_taken_out_again_leave_the_text_byte_by_byte_and_the_html_is_valid(markdown):
    html = render_markdown(markdown)
    found = link_words(html, INDEX)
    assert LINK.sub(r"\1", found.html) == html
    assert len(set(found.met)) == len(found.met)
    tree = html5lib.parseFragment(found.html, namespaceHTMLElements=False)
    links = [link for link in tree.iter("a") if link.get("class") == "mee-word"]
    assert [link.get("href") for link in links] == [f"#woord-{name}" for name in found.met]
    assert [inner for link in tree.iter("a") for inner in link.iter("a") if inner is not link] == []


@pytest.mark.parametrize(
    "text",
    ["Lokale Inclusie " * 12_000, "niets over ons, " * 12_000, "<" * 100_000, '<a "' * 50_000, "<p>" * 60_000,
     "&" * 100_000, "a" * 200_000, "a-" * 100_000, "<a>" * 60_000, "a(" * 80_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_any_text_takes_time_by_its_length(text):
    before = time.process_time()
    link_words(text, INDEX)
    assert time.process_time() - before < 2
