import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from meedoen.kernel.text import render_markdown
from meedoen.mail import rendering
from meedoen.mail.references import Reference
from meedoen.mail.rendering import Own, Written, render, text_of
from meedoen.mail.rules import Refused

FOOTER = (
    "Deze mail komt van Iedereen doet mee! (http://localhost:8000).\n\n"
    "Kom je er niet uit? Bel 070 000 00 00 of mail naar hulp@voorbeeld.example.\n"
)


@pytest.fixture
def template(monkeypatch):
    """Render a mail from the text of a template."""

    def render_text(source, **context):
        real = rendering.get_template
        made = engines["django"].from_string(source)
        monkeypatch.setattr(rendering, "get_template", lambda name: made if name == "x.md" else real(name))
        return render("x.md", context)

    return render_text


def test_one_template_makes_subject_text_and_html():
    mail = render("mail/test_mail.md", {"sent_at": datetime(2026, 12, 3, 13, tzinfo=UTC)})
    assert mail.subject == "Proefmail van Iedereen doet mee!"
    assert mail.text == (
        "Proefmail van Iedereen doet mee!\n\n"
        "Deze mail is een proef. Je hoeft niets te doen.\n\n"
        "De mail is gemaakt op donderdag 3 december 2026, 14.00 uur.\n\n"
        "Wat je nu weet\n\n"
        "- De site kan mail versturen.\n"
        "- De mail komt bij jou aan.\n\n"
        "Ga naar de site:\nhttp://localhost:8000\n\n" + FOOTER
    )
    page = lxml_html.document_fromstring(mail.html)
    assert page.get("lang") == "nl"
    assert page.findtext(".//title") == mail.subject
    assert [(tag.tag, tag.text_content()) for tag in page.xpath("//h1 | //h2")] == [
        ("h1", "Proefmail van Iedereen doet mee!"),
        ("h2", "Wat je nu weet"),
    ]
    assert page.xpath("//main//a/@href") == ["http://localhost:8000"]
    assert page.xpath("//img | //script | //link | //@style | //@color | //@bgcolor") == []
    assert "color:" not in rendering.STYLE
    assert not re.search(r"color-?[a-z]*:(?!light dark)", rendering.STYLE)


def test_every_link_of_the_html_stands_in_the_text():
    source = (
        "Lees [het artikel](https://a.example/1?x=1&y=2), of [stop](https://a.example/stop).\n\n"
        "[Bekijk het bericht](https://a.example/2)\n\n- [Een](https://a.example/3)\n\n"
        "1. een\n2. twee\n   - **vet** en `code`\n\nMail [a@b.example](mailto:a@b.example) & bel <https://c.example>"
    )
    assert text_of(render_markdown(source)) == (
        "Lees het artikel (https://a.example/1?x=1&y=2), of stop (https://a.example/stop).\n\n"
        "Bekijk het bericht:\nhttps://a.example/2\n\n"
        "- Een:\n  https://a.example/3\n"
        "1. een\n2. twee\n  - vet en code\n\n"
        "Mail a@b.example & bel https://c.example"
    )


def test_a_name_cannot_bring_a_link_a_heading_or_html(template):
    evil = "[Win](https://evil.example) <b>x</b> **vet**\n\n# Kop\nBcc: elif@voorbeeld.example"
    mail = template("# Bericht van {{ name }}\n\nHallo {{ name }},\n\n- {{ name }}", name=evil)
    shown = "[Win](https://evil.example) <b>x</b> **vet** # Kop Bcc: elif@voorbeeld.example"
    assert mail.subject == f"Bericht van {shown}"
    assert mail.text == f"Bericht van {shown}\n\nHallo {shown},\n\n- {shown}\n\n{FOOTER}"
    page = lxml_html.document_fromstring(mail.html)
    assert page.xpath("//main//a | //main//b | //main//strong | //main//h2") == []


@given(st.text())
def test_any_value_is_shown_letter_by_letter(value):
    shown = rendering.rules.one_line(value)
    html = render_markdown(f"Hallo {rendering.Fact(value).__html__()}!")
    assert html.count("<") == 2  # one paragraph and nothing else
    assert text_of(html).split() == f"Hallo {shown}!".split()


def test_values_in_a_translated_sentence_and_in_lists_are_facts_too(template):
    mail = template(
        "# Kort\n\n{% blocktranslate trimmed %}Van {{ name }}.{% endblocktranslate %}\n\n"
        "{% for item in items %}- {{ item.title }}\n{% endfor %}\n{% if name == '*Ans*' %}Dag Ans{% endif %}",
        name="*Ans*",
        items=[{"title": "_een_"}, {"title": "2. twee"}],
    )
    assert mail.text == f"Kort\n\nVan *Ans*.\n\n- _een_\n- 2. twee\n\nDag Ans\n\n{FOOTER}"


def test_what_people_wrote_is_quoted_and_cleaned(template):
    words = "Een **mooi** plan.\n\n- [lees](https://a.example)\n- <script>alert(1)</script>\n\n[x](javascript:alert(1))"
    mail = template("# Reactie\n\nElif schreef:\n\n{{ words }}\n\nEinde", words=Written(words))
    assert mail.text == (
        "Reactie\n\nElif schreef:\n\n> Een mooi plan.\n\n> - lees:\n>   https://a.example\n"
        f"> - <script>alert(1)</script>\n\n> [x](javascript:alert(1))\n\nEinde\n\n{FOOTER}"
    )
    quote = lxml_html.document_fromstring(mail.html).find(".//blockquote")
    assert quote is not None
    assert quote.xpath(".//strong/text() | .//a/@href") == ["mooi", "https://a.example"]


def test_what_somebody_wrote_never_becomes_a_warning_of_ours(template):
    mail = template("# Reactie\n\n{{ words }}", words=Written("[let op]\n[Engels: Log in](https://kwaad.example/)"))
    assert "mee-callout" not in mail.html
    assert "<blockquote" in mail.html
    assert "<strong>Let op</strong>" not in mail.html


def test_a_sender_cannot_replace_the_facts_of_the_site(template):
    mail = template("# Van {{ site_name }}", site_name="Een bank", help_phone="0900")
    assert mail.text == f"Van Iedereen doet mee!\n\n{FOOTER}"


@pytest.mark.parametrize(
    "source",
    [
        "Geen onderwerp",
        "## Te laag",
        "# ",
        "# Kop\n\n{{ name|upper }}",
        "# Kop\n\n{{ name|safe }}",
        "# Kop\n\n{% autoescape off %}{{ name }}{% endautoescape %}",
        "# Kop\n\n{% if name %}{{ name|lower }}{% endif %}",
        "# Kop\n\n{% blocktranslate with n=name|upper %}{{ n }}{% endblocktranslate %}",
        '# Kop\n\n{% include "mail/footer.md" %}',
    ],
)
def test_a_template_without_subject_or_with_more_than_facts_is_refused(template, source):
    with pytest.raises(Refused):
        template(source, name="Ans")


def test_a_value_that_is_no_fact_is_refused(template):
    with pytest.raises(Refused, match=r"items\.one is a object"):
        template("# Kop", items={"one": object()})


def mail_templates():
    source = Path(rendering.__file__).parents[1]
    return sorted(path.relative_to(path.parents[1]).as_posix() for path in source.glob("*/templates/mail/*.md"))


@pytest.mark.parametrize("name", mail_templates())
def test_every_mail_template_shows_facts_only_and_starts_with_its_subject(name):
    template = get_template(name).template
    rendering.check_template(template)
    assert name == "mail/footer.md" or template.source.startswith("# ")


def test_mail_templates_are_found_and_have_names_of_their_own():
    names = mail_templates()
    assert {"mail/footer.md", "mail/test_mail.md"} <= set(names)
    assert len(names) == len(set(names))


SAYING = "# Hoi {{ name }}\n\nKom je, {{ name }}? {% if count %}{{ count }} mee.{% endif %}\n\n- [Kijk hier]({{ site_url }}{{ path }})"


@given(key=st.from_regex(r"/[A-Za-z0-9/_-]{0,60}", fullmatch=True), name=st.text(min_size=1).filter(str.split))
def test_a_mail_that_is_made_once_for_many_reads_as_one_of_its_own(key, name):
    made = engines["django"].from_string(SAYING)
    real = rendering.get_template
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rendering, "get_template", lambda name: made if name == "once.md" else real(name))
        try:
            by_itself = render("once.md", {"name": name, "count": 1, "path": key})
        except Refused:  # a name of nothing that can be seen
            return
        assert render("once.md", {"name": name, "count": 1, "path": Own(key)}) == by_itself


def test_mails_are_one_only_where_all_but_the_own_address_is_the_same(template, settings):
    def said(name, count, path):
        return template(SAYING, name=name, count=count, path=Own(path)).text.split("\n\nDeze mail")[0]

    assert said("Ans", 1, "/a/") == "Hoi Ans\n\nKom je, Ans? 1 mee.\n\n- Kijk hier:\n  http://localhost:8000/a/"
    assert said("Ans", 1, "/b/").endswith(" http://localhost:8000/b/")
    assert said("Bram", 1, "/a/").startswith("Hoi Bram")
    assert "True mee." in said("Ans", True, "/a/")  # equal to 1, and another word
    settings.BASE_URL = "https://netwerk.example"
    assert said("Ans", 1, "/a/").endswith(" https://netwerk.example/a/")


@pytest.mark.parametrize("value", ["/a b/", "/<b>/", "/a/?x=1&y=2", "/a\n/", "[a](b)", "a/"])
def test_what_is_of_one_reader_is_the_path_of_an_address(template, value):
    with pytest.raises(Refused, match="path"):
        template(SAYING, name="Ans", count=1, path=Own(value))


def test_what_is_of_one_reader_stands_in_no_subject_and_is_not_remembered_with_what_is_looked_up(template):
    with pytest.raises(Refused, match="subject"):
        template("# Hoi {{ path }}", path=Own("/a/"))
    with pytest.raises(Refused, match="looked up"):
        template(SAYING, name="Ans", count=Reference("need", {"id": "1"}), path=Own("/a/"))
