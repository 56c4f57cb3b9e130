"""A text without markup: what is read from the HTML of a page, and what is left of it."""

from tests.taken_away import document

from meedoen.library.takeaway.document import (
    Callout,
    Heading,
    Items,
    Paragraph,
    Quotation,
    Ruler,
    Run,
    Table,
    Verbatim,
    plain,
    told,
)


def read(body):
    return document(body).blocks[1:]


def test_the_parts_of_a_text():
    assert read(
        "Begin\nhier.\n\n# Kop\n\n- een\n- twee\n\n3. drie\n\n> Gezegd.\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\n---\n\n```\nx  y\n```",
    ) == (
        Paragraph(plain("Begin hier.")),
        Heading(2, plain("Kop")),
        Items(((Paragraph(plain("een")),), (Paragraph(plain("twee")),))),
        Items(((Paragraph(plain("drie")),),), start=3),
        Quotation((Paragraph(plain("Gezegd.")),)),
        Table((plain("A"), plain("B")), ((plain("1"), plain("2")),)),
        Ruler(),
        Verbatim("x  y"),
    )


def test_how_words_look():
    assert read("Dit is **dik**, *schuin*, `letterlijk` en een\\\nnieuwe regel.") == (
        Paragraph(
            (
                Run("Dit is "),
                Run("dik", is_strong=True),
                Run(", "),
                Run("schuin", is_emphasised=True),
                Run(", "),
                Run("letterlijk", is_code=True),
                Run(" en een"),
                Run("\n"),
                Run("nieuwe regel."),
            )
        ),
    )


def test_a_callout_has_its_name_and_what_stands_in_it():
    assert read("> [let op]\n> Vroeg.\n>\n> - een\n\n> [tip]\n> > Gezegd.") == (
        Callout("Let op", (Paragraph(plain("Vroeg.")), Items(((Paragraph(plain("een")),),))), is_warning=True),
        Callout("Tip", (Quotation((Paragraph(plain("Gezegd.")),)),)),
    )


def test_words_keep_their_language():
    (paragraph,) = read("Ons [Engels: **motto** [here](https://vng.example/)].")
    assert paragraph.runs == (
        Run("Ons "),
        Run("motto", is_strong=True, language="en"),
        Run(" ", language="en"),
        Run("here", url="https://vng.example/", language="en"),
        Run("."),
    )


def test_links_have_whole_addresses_and_say_them_once():
    (paragraph,) = read("[Hier](/contact/), <https://vng.example/> of [bel](tel:+31700000000).")
    assert [(run.text, run.url, run.address) for run in paragraph.runs if run.url] == [
        ("Hier", "https://netwerk.example/contact/", "https://netwerk.example/contact/"),
        ("https://vng.example/", "https://vng.example/", ""),
        ("bel", "tel:+31700000000", "+31700000000"),
    ]


def test_a_space_that_holds_words_together_stays():
    assert read("Het kost 5\u00a0euro.") == (Paragraph(plain("Het kost 5\u00a0euro.")),)


def test_a_heading_without_words_is_none():
    assert read("#\n\nTekst.") == (Paragraph(plain("Tekst.")),)


def test_a_row_that_is_too_short_gets_empty_cells():
    (table,) = read("| A | B |\n| --- | --- |\n| 1 |")
    assert table.rows == ((plain("1"), ()),)


def test_a_table_is_told_row_by_row():
    table = Table((plain("Wat"), ()), ((plain("Helling"), plain("klaar")), ((), plain("later"))))
    assert told(table) == Items(
        (
            (Paragraph((Run("Wat: "), Run("Helling"), Run("\n"), Run("klaar"))),),
            (Paragraph((Run("later"),)),),
        )
    )
