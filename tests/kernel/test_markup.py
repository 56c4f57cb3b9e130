"""What our Markdown has beyond the common: callouts, and words in another language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.kernel.markup import CALLOUTS, language_named
from meedoen.kernel.text import plain_text, render_markdown

NOTE = '<div class="mee-callout" role="note">\n<p><strong>Tip</strong></p>\n'
WARNING = '<div class="mee-callout mee-callout--warning" role="note">\n<p><strong>Let op</strong></p>\n'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> [tip]\n> Vraag het.", f"{NOTE}<p>Vraag het.</p>\n</div>\n"),
        (">[ TIP ]  \nVraag het.", f"{NOTE}<p>Vraag het.</p>\n</div>\n"),
        ("> [tip]\\\n> Vraag het.", "<blockquote>\n<p>[tip]<br>\nVraag het.</p>\n</blockquote>\n"),
        ("> [tip]\n>\n> - een\n> - twee", f"{NOTE}<ul>\n<li>een</li>\n<li>twee</li>\n</ul>\n</div>\n"),
        ("> [let op]\n> Tolken\n> zijn **schaars**.", f"{WARNING}<p>Tolken\nzijn <strong>schaars</strong>.</p>\n</div>\n"),
        ("> [let op]\n> > [tip]\n> > Vraag het.", f"{WARNING}{NOTE}<p>Vraag het.</p>\n</div>\n</div>\n"),
        ("> [tip]\n> > Gezegd.", f"{NOTE}<blockquote>\n<p>Gezegd.</p>\n</blockquote>\n</div>\n"),
        ("> Gezegd.\n>\n> [tip]", "<blockquote>\n<p>Gezegd.</p>\n<p>[tip]</p>\n</blockquote>\n"),
        ("> [tip] vraag het", "<blockquote>\n<p>[tip] vraag het</p>\n</blockquote>\n"),
        ("> [weetje]\n> Zo is het.", "<blockquote>\n<p>[weetje]\nZo is het.</p>\n</blockquote>\n"),
        ("> \\[tip\\]\n> Zo is het.", "<blockquote>\n<p>[tip]\nZo is het.</p>\n</blockquote>\n"),
        ("[tip]\n\nZo is het.", "<p>[tip]</p>\n<p>Zo is het.</p>\n"),
    ],
)  # fmt: skip
def test_a_quotation_that_names_a_kind_is_a_callout(text, html):
    assert render_markdown(text) == html


@pytest.mark.parametrize("kind", CALLOUTS)
def test_each_kind_says_itself_in_words(kind):
    assert plain_text(f"> [{kind}]\n> Zo is het.") == f"{CALLOUTS[kind]} Zo is het."


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("Ons [Engels: motto].", 'Ons <span lang="en">motto</span>.'),
        ("[engels:  **nothing** about us ]", '<span lang="en"><strong>nothing</strong> about us </span>'),
        ("**[Duits: nichts]**", '<strong><span lang="de">nichts</span></strong>'),
        ("[Arabisch: مرحبا]", '<span lang="ar" dir="rtl">مرحبا</span>'),
        ("[Engels: a [Frans: b] c]", '<span lang="en">a <span lang="fr">b</span> c</span>'),
        (
            "[Engels: [the text](https://un.example/)]",
            '<span lang="en"><a href="https://un.example/" rel="noopener noreferrer">the text</a></span>',
        ),
        ("[Engels: tekst](/x/)", '<a href="/x/" rel="noopener noreferrer">Engels: tekst</a>'),
        ("[Nederlands: gewoon]", "[Nederlands: gewoon]"),
        ("[Latijn: anno]", "[Latijn: anno]"),
        ("[Engels: ]", "[Engels: ]"),
        ("[Engels: open", "[Engels: open"),
        ("\\[Engels: motto]", "[Engels: motto]"),
        ("`[Engels: motto]`", "<code>[Engels: motto]</code>"),
    ],
)
def test_words_after_the_name_of_a_language_are_in_it(text, inside):
    assert render_markdown(text) == f"<p>{inside}</p>\n"


def test_the_own_language_is_none_of_the_others():
    assert (language_named("ENGELS"), language_named("Nederlands"), language_named("Klingon")) == ("en", "", "")


@given(
    st.lists(
        st.sampled_from(["> ", "[tip]", "[Engels: ", "]", "(", ")", "\n", "\n\n", "x", "- ", "**", "\\"]), max_size=40
    )
)
def test_any_marks_give_a_page_that_closes_what_it_opens(pieces):
    html = render_markdown("".join(pieces))
    for tag in ("div", "span", "blockquote", "p", "li"):
        assert html.count(f"<{tag}>") + html.count(f"<{tag} ") == html.count(f"</{tag}>")


def test_what_is_not_an_editors_has_no_marks():
    html = render_markdown("> [let op]\n> [Engels: *x*](https://kwaad.example/)", is_editors=False)
    assert html.startswith("<blockquote>\n<p>[let op]\n<a href=")
