"""Components: what the engine refuses, and what each component makes."""

import datetime
import re

import pytest
from django import forms
from django.template import Context, Library, TemplateSyntaxError, engines
from django.templatetags.static import static

from meedoen.ui.components import ComponentError, component
from meedoen.ui.preferences import DEFAULT, parse


def make(source, **context):
    return engines["django"].engine.from_string(source).render(Context(context))


# What is refused when the template is compiled ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% heading level=2 %}", "{% heading %} needs text=…"),
        ("{% heading level=2 txt='x' text='y' %}", "{% heading %} has no txt=…; it takes: level, text, id, lang"),
        ("{% heading level=7 text='x' %}", "{% heading level=7 %}: choose from 1, 2, 3, 4, 5, 6"),
        ("{% heading level=2 text='' %}", "{% heading %} needs text in text=…"),
        ("{% heading level=2 text='  ' %}", "{% heading %} needs text in text=…"),
        ("{% heading level=2 text=_('') %}", "{% heading %} needs text in text=…"),
        ("{% heading 2 'x' %}", "{% heading %}: write 2 as name=value"),
        ("{% button text='x' kind='loud' %}", "{% button kind='loud' %}: choose from primary, secondary, danger"),
        ("{% notification kind='info' heading='x' level=1 %}{% endnotification %}", "{% notification level=1 %}"),
        ("{% paragraph %} {% endparagraph %}", "{% paragraph %} needs content before {% endparagraph %}"),
        ("{% details summary='x' %}{% enddetails %}", "{% details %} needs content before {% enddetails %}"),
        ("{% tag text='x' %}y{% endtag %}", "Invalid block tag on line 1: 'endtag'"),
        ("{% text_link text='x' %}", "{% text_link %} needs href=…"),
        ("{% field %}", "{% field %} needs field=…"),
        ("{% figure src='a' width=1 height=1 %}", "{% figure %} needs one of: alt, decorative"),
        ("{% figure src='a' width=1 height=1 alt='' %}", "{% figure %} needs text in alt=…"),
        ("{% figure src='a' width=1 height=1 alt='x' decorative=True %}", "{% figure %} needs one of: alt, decorative"),
        ("{% figure src='a' width=1 alt='x' %}", "{% figure %} needs height=…"),
        ("{% data_table %}x{% enddata_table %}", "{% data_table %} needs caption=…"),
        ("{% chart heading='x' level=2 rows=rows label_heading='a' value_heading='b' %}", "needs conclusion=…"),
        (
            "{% moment at=at style='relative' %}",
            "{% moment style='relative' %}: choose from date, datetime, month, year",
        ),
        ("{% life_domain id='werk' %}", "{% life_domain %} needs text=…"),
    ],
)
def test_a_call_that_does_not_fit_is_refused_before_anybody_sees_it(source, words):
    with pytest.raises(TemplateSyntaxError) as refusal:
        make(source)
    assert words in str(refusal.value)


def test_a_component_without_content_takes_none():
    library = Library()
    signature = component(library, "dot", "ui/components/tag.html", required=["text"])
    assert (signature.content, list(library.tags)) == ("none", ["dot"])


# What is refused when the page is made -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{% heading level=2 text=nothing %}", "{% heading %} got nothing in text=…"),
        ("{% heading level=2 text=blank %}", "{% heading %} got nothing in text=…"),
        ("{% heading level=deep text='x' %}", "{% heading %} got level=9"),
        ("{% paragraph %}{{ blank }}{% endparagraph %}", "{% paragraph %} has no content"),
        ("{% steps steps=none current=1 %}", "{% steps %} got nothing in steps=…"),
        ("{% figure src='a' width=1 height=1 alt=blank %}", "{% figure %} got nothing in alt or decorative"),
        ("{% sources items=none %}", "{% sources %} got nothing in items=…"),
    ],
)
def test_nothing_where_a_reader_needs_text_is_refused(source, words):
    with pytest.raises(ComponentError) as refusal:
        make(source, blank=" ", deep=9, none=[])
    assert words in str(refusal.value)


def test_a_component_shows_only_what_it_was_given():
    assert make("{% tag text='Wonen' %}", href="/elders/", context="geheim") == '<span class="mee-tag">Wonen</span>'


def test_what_people_wrote_is_escaped():
    made = make("{% card heading=text level=2 meta=text %}{{ text }}{% endcard %}", text="<b>&")
    assert made == (
        '<article class="mee-card"><h2 class="mee-card__heading nl-heading nl-heading--level-3">&lt;b&gt;&amp;</h2>'
        '<p class="mee-card__meta">&lt;b&gt;&amp;</p>&lt;b&gt;&amp;</article>'
    )


def test_a_component_can_stand_in_a_component_and_in_a_loop():
    made = make("{% for n in list %}{% paragraph %}{% tag text=n %}{% endparagraph %}{% endfor %}", list=["a", "b"])
    assert made == (
        '<p class="nl-paragraph"><span class="mee-tag">a</span></p><p class="nl-paragraph"><span class="mee-tag">b</span></p>'
    )


# What each component makes -----------------------------------------------------------------------------------

AT = datetime.datetime(2026, 12, 3, 13, 0, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{% heading level=2 text='Hoi' id='a' lang='en' %}", '<h2 class="nl-heading nl-heading--level-2" id="a" lang="en">Hoi</h2>'),
        ("{% paragraph %}Hoi{% endparagraph %}", '<p class="nl-paragraph">Hoi</p>'),
        ("{% paragraph lead=True %}Hoi{% endparagraph %}", '<p class="nl-paragraph nl-paragraph--lead">Hoi</p>'),
        ("{% text_link href='/a/' text='Lees' %}", '<a class="nl-link" href="/a/">Lees</a>'),
        (
            "{% text_link href='/a/' text='Lees' context='over wonen' lang='en' current=True %}",
            '<a class="nl-link" href="/a/" hreflang="en" aria-current="true">Lees<span class="mee-hidden"> over wonen</span></a>',
        ),
        (
            "{% text_link href='https://a.example/' text='Lees' external=True %}",
            '<a class="nl-link" href="https://a.example/" rel="external noopener">Lees (andere site)</a>',
        ),
        ("{% button text='Stuur' %}", '<button class="nl-button nl-button--primary" type="submit">Stuur</button>'),
        (
            "{% button text='Weg' kind='danger' name='weg' value='ja' %}",
            '<button class="nl-button nl-button--danger" type="submit" name="weg" value="ja">Weg</button>',
        ),
        ("{% button_link href='/a/' text='Ga' kind='secondary' %}", '<a class="nl-button nl-button--secondary" href="/a/">Ga</a>'),
        ("{% tag text='Werk' %}", '<span class="mee-tag">Werk</span>'),
        (
            "{% tag text='Werk' href='/a/' context='haal weg' %}",
            '<a class="mee-tag" href="/a/">Werk<span class="mee-hidden"> haal weg</span></a>',
        ),
        ("{% moment at=at %}", '<time datetime="2026-12-03">donderdag 3 december 2026</time>'),
        (
            "{% moment at=at style='datetime' %}",
            '<time datetime="2026-12-03T14:00:00+0100">donderdag 3 december 2026, 14.00 uur</time>',
        ),
        ("{% moment at=at style='month' %}", '<time datetime="2026-12">december 2026</time>'),
        ("{% moment at=at style='year' %}", '<time datetime="2026">2026</time>'),
        ("{% in_language code='en' %}Hello{% endin_language %}", '<span lang="en">Hello</span>'),
        (
            "{% example_mark %}",
            '<p class="mee-example"><strong>Voorbeeld</strong> Dit is verzonnen, om te laten zien hoe het werkt.</p>',
        ),
        (
            "{% author_line name='Bram' role='ambtenaar' municipality='Voorbeeldstad' at=at %}",
            '<p class="mee-author"><strong>Bram</strong>, ambtenaar in Voorbeeldstad'
            ', <time datetime="2026-12-03">donderdag 3 december 2026</time></p>',
        ),
        (
            "{% notification kind='warning' heading='Let op' %}<p>x</p>{% endnotification %}",
            '<div class="mee-notification mee-notification--warning"><h2 class="nl-heading nl-heading--level-3">'
            '<span class="mee-hidden">Let op: </span>Let op</h2><p>x</p></div>',
        ),
        (
            "{% notification kind='success' heading='Bewaard' level=3 announce=True %}{% endnotification %}",
            '<div class="mee-notification mee-notification--success" role="status" tabindex="-1" autofocus data-focus>'
            '<h3 class="nl-heading nl-heading--level-3"><span class="mee-hidden">Gelukt: </span>Bewaard</h3></div>',
        ),
        (
            "{% card heading='Kop' level=3 href='/a/' meta='vandaag' id='k' %}<p>x</p>{% endcard %}",
            '<article class="mee-card mee-card--link" id="k"><h3 class="mee-card__heading nl-heading nl-heading--level-3">'
            '<a class="nl-link mee-card__link" href="/a/">Kop</a></h3><p class="mee-card__meta">vandaag</p><p>x</p></article>',
        ),
        (
            "{% card_list label='Nieuws' %}<li>x</li>{% endcard_list %}",
            '<ul class="mee-grid mee-cards mee-plain" aria-label="Nieuws"><li>x</li></ul>',
        ),
        (
            "{% data_table caption='Cijfers' caption_hidden=True %}<tbody></tbody>{% enddata_table %}",
            '<div class="mee-table" role="region" tabindex="0" aria-label="Cijfers"><table>'
            '<caption class="mee-hidden">Cijfers</caption><tbody></tbody></table></div>',
        ),
        (
            "{% details summary='Waarom?' %}<p>Daarom.</p>{% enddetails %}",
            '<details class="mee-details"><summary>Waarom?</summary>'
            '<div class="mee-details__body"><p>Daarom.</p></div></details>',
        ),
        (
            "{% empty_state heading='Leeg' level=2 %}<p>Begin.</p>{% endempty_state %}",
            '<div class="mee-empty"><h2 class="nl-heading nl-heading--level-3">Leeg</h2><p>Begin.</p></div>',
        ),
        (
            "{% steps steps=steps current=2 %}",
            '<ol class="mee-steps" aria-label="Stappen"><li class="mee-steps__done">'
            '<span class="mee-hidden">Stap 1: </span>Een<span class="mee-hidden"> (klaar)</span></li>'
            '<li aria-current="step"><span class="mee-hidden">Stap 2: </span>Twee</li>'
            '<li><span class="mee-hidden">Stap 3: </span>Drie</li></ol>',
        ),
        (
            "{% summary_list rows=rows %}",
            '<dl class="mee-summary"><div class="mee-summary__row"><dt>Naam</dt><dd>Ans</dd><dd class="mee-summary__change">'
            '<a class="nl-link" href="#naam">Verander<span class="mee-hidden">: je naam</span></a></dd></div></dl>',
        ),
        (
            "{% pagination label='Bladeren' newer_url='/n/' older_url='/o/' %}",
            '<nav class="mee-pagination" aria-label="Bladeren"><a class="nl-link" rel="prev" href="/n/">'
            '<span aria-hidden="true">← </span>Nieuwer</a><a class="nl-link mee-pagination__older" rel="next" href="/o/">'
            'Ouder<span aria-hidden="true"> →</span></a></nav>',
        ),
        ("{% pagination label='Bladeren' %}", ""),
        (
            "{% page_numbers label='Bladzijden' pages=pages current=2 %}",
            '<nav class="mee-pagination" aria-label="Bladzijden"><ul class="mee-plain">'
            '<li><a class="nl-link" href="?p=1"><span class="mee-hidden">Bladzijde </span>1</a></li>'
            '<li><a class="nl-link" href="?p=2" aria-current="page"><span class="mee-hidden">Bladzijde </span>2</a></li></ul></nav>',
        ),
        (
            "{% breadcrumb trail=trail current='Hier' %}",
            '<nav class="mee-breadcrumb" aria-label="Kruimelpad"><ol><li><a class="nl-link" href="/">Home</a></li>'
            '<li><a class="nl-link" href="/nieuws/">Nieuws</a></li><li aria-current="page">Hier</li></ol></nav>',
        ),
        (
            "{% sources items=items heading='Bronnen' level=3 %}",
            '<section class="mee-sources" aria-labelledby="bronnen"><h3 class="nl-heading nl-heading--level-3" id="bronnen">Bronnen</h3>'
            '<ul><li><a class="nl-link" href="https://a.example/" rel="external noopener">Een</a></li><li>Twee</li></ul></section>',
        ),
        (
            "{% figure src='/a.png' width=1200 height=800 alt='Een plein' caption='Het plein' %}",
            '<figure class="mee-figure"><img src="/a.png" width="1200" height="800" alt="Een plein" loading="lazy">'
            '<figcaption>Het plein</figcaption></figure>',
        ),
        (
            "{% figure src='/a.png' width=1200 height=800 decorative=True %}",
            '<figure class="mee-figure"><img src="/a.png" width="1200" height="800" alt="" loading="lazy"></figure>',
        ),
        (
            "{% chart heading='Groei' level=2 conclusion='Het groeide.' rows=chart label_heading='Jaar' value_heading='Aantal' source='VNG' %}",
            '<section class="mee-chart"><h2 class="nl-heading nl-heading--level-2">Groei</h2>'
            '<p class="nl-paragraph nl-paragraph--lead">Het groeide.</p>'
            '<div class="mee-table" role="region" tabindex="0" aria-label="Groei"><table><caption class="mee-hidden">Groei</caption>'
            '<thead><tr><th scope="col">Jaar</th><th scope="col">Aantal</th></tr></thead><tbody>'
            '<tr><th scope="row">2018</th><td>500<svg data-picture aria-hidden="true" focusable="false" width="100%" height="20">'
            '<rect width="50%" height="100%"/></svg></td></tr>'
            '<tr><th scope="row">2020</th><td>1.000<svg data-picture aria-hidden="true" focusable="false" width="100%" height="20">'
            '<rect width="100%" height="100%"/></svg></td></tr></tbody></table></div><p class="mee-hint">Bron: VNG</p></section>',
        ),
    ],
)  # fmt: skip
def test_each_component_makes_accessible_markup(source, html):
    made = make(
        source,
        at=AT,
        steps=["Een", "Twee", "Drie"],
        rows=[{"key": "Naam", "value": "Ans", "change_url": "#naam", "change_text": "je naam"}],
        pages=[(1, "?p=1"), (2, "?p=2")],
        trail=[("Nieuws", "/nieuws/")],
        items=[("Een", "https://a.example/"), ("Twee", "")],
        chart=[("2018", 500), ("2020", 1000)],
    )
    assert made == html


def test_a_pictogram_never_comes_without_its_word():
    sprite = static("ui/pictograms.svg")
    assert make("{% life_domain id='werk' text='Werk' href='/a/' %}") == (
        '<a class="mee-domain" href="/a/"><svg class="mee-pictogram" data-picture aria-hidden="true" focusable="false"'
        f' width="40" height="40"><use href="{sprite}#werk"/></svg> Werk</a>'
    )


def test_a_map_has_its_sentence_and_its_list():
    made = make(
        "{% map_figure src='/k.svg' dark_src='/d.svg' contrast_src='/c.svg' width=1000 height=1200 title='Kaart'"
        " summary='37 gemeenten.' list_url='/gemeenten/' list_text='Bekijk de lijst' attribution='Bron: CBS' %}"
    )
    assert '<p class="mee-map__summary">37 gemeenten.</p>' in made
    assert 'alt="Kaart"' in made
    assert made.count('width="1000" height="1200"') == 1
    assert '<a class="nl-link" href="/gemeenten/">Bekijk de lijst</a>' in made
    # What asks for more contrast goes before what asks for dark: the first source that fits is taken.
    assert made.index("prefers-contrast") < made.index("prefers-color-scheme")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "{% figure src='/a.png' width=1200 height=800 alt='Een plein' caption='Het plein' %}",
            '<figure class="mee-figure"><p>Op de afbeelding: Een plein</p><figcaption>Het plein</figcaption></figure>',
        ),
        ("{% figure src='/a.png' width=1200 height=800 decorative=True %}", ""),
        ("{% life_domain id='werk' text='Werk' %}", '<span class="mee-domain"> Werk</span>'),
        (
            "{% map_figure src='/k.svg' dark_src='/d.svg' width=10 height=12 title='Kaart' summary='37 gemeenten.'"
            " list_url='/gemeenten/' list_text='Bekijk de lijst' attribution='Bron: CBS' %}",
            '<figure class="mee-figure mee-map"><p class="mee-map__summary">37 gemeenten.</p>'
            '<p><a class="nl-link" href="/gemeenten/">Bekijk de lijst</a></p><p class="mee-hint">Bron: CBS</p></figure>',
        ),
    ],
)  # fmt: skip
def test_who_reads_without_pictures_is_sent_none(source, html):
    assert make(source, preferences=parse("p1")) == html
    assert make(f"{{% card heading='x' level=2 %}}{source}{{% endcard %}}", preferences=parse("p1")).count("src=") == 0
    assert "svg" in make(source, preferences=DEFAULT) or "img" in make(source, preferences=DEFAULT)


# The form field ------------------------------------------------------------------------------------------------


class Question(forms.Form):
    email = forms.EmailField(
        label="Je e-mailadres",
        help_text="We mailen je één keer.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(label="Je telefoonnummer", required=False)
    place = forms.ChoiceField(label="Provincie", required=False, choices=[("", "Alle"), ("z", "Zeeland")])
    way = forms.ChoiceField(label="Hoe?", choices=[("a", "Online"), ("b", "Op locatie")], widget=forms.RadioSelect)
    themes = forms.MultipleChoiceField(
        label="Waarover?", required=False, choices=[("a", "Wonen")], widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label="Je vraag", max_length=2000, widget=forms.Textarea)
    agree = forms.BooleanField(label="Mail mij", required=False)


def field(name, data=None, initial=None):
    return make("{% field field=field %}", field=Question(data, initial=initial)[name])


def test_a_field_ties_its_label_and_hint_to_its_input():
    assert field("email") == (
        '<div class="mee-field"><label class="mee-label" for="id_email">Je e-mailadres</label>'
        '<div class="mee-hint" id="id_email_helptext">We mailen je één keer.</div>'
        '<input type="email" name="email" autocomplete="email" maxlength="320" aria-describedby="id_email_helptext" id="id_email"></div>'
    )


def test_an_error_stands_before_the_input_and_is_said_with_it():
    made = field("email", {"email": "ans"})
    assert made.index("id_email_error") < made.index("<input")
    assert '<p class="mee-error" id="id_email_error"><span class="mee-hidden">Fout: </span>' in made
    assert 'value="ans"' in made
    assert 'aria-describedby="id_email_helptext id_email_error"' in made
    assert 'aria-invalid="true"' in made


def test_a_field_with_a_summary_is_folded_in_until_something_is_chosen_or_wrong():
    class People(forms.Form):
        name = forms.CharField(label="Naam")
        people = forms.MultipleChoiceField(
            label="Kies", required=False, choices=[("1", "Bram")], widget=forms.CheckboxSelectMultiple
        )

    People.base_fields["people"].summary = "Wie moet dit weten?"

    def folded(*given, **more):
        return make("{% field field=field %}", field=People(*given, **more)["people"])

    beginning = (
        '<details class="mee-details"><summary>Wie moet dit weten?</summary><div class="mee-details__body"><fieldset'
    )
    assert folded().startswith(beginning)
    assert folded().endswith("</fieldset></div></details>")
    for chosen in (folded({"people": ["1"]}), folded({"people": ["2"]}), folded(initial={"people": ["1"]})):
        assert chosen.startswith('<details class="mee-details" open>')


def test_a_field_that_may_stay_empty_says_so_and_one_that_may_not_is_not_called_invalid():
    assert '<span class="mee-optional">(mag je leeg laten)</span></label>' in field("phone")
    assert "leeg laten" not in field("email")
    assert "leeg laten" not in field("place")
    assert "leeg laten" not in field("agree")
    assert [name for name in Question.base_fields if "required" in field(name)] == []


def test_a_form_of_which_nothing_is_required_does_not_say_so_at_each_field():
    class Filter(forms.Form):
        name = forms.CharField(label="Naam", required=False)

    assert "leeg laten" not in make("{% field field=form.name %}", form=Filter())


def test_a_group_has_one_question_and_a_label_for_each_choice():
    assert field("way", initial={"way": "b"}) == (
        '<fieldset class="mee-field mee-field--group" id="id_way"><legend class="mee-label">Hoe?</legend>'
        '<div class="mee-option"><input type="radio" name="way" value="a" id="id_way_0"><label for="id_way_0">Online</label></div>'
        '<div class="mee-option"><input type="radio" name="way" value="b" id="id_way_1" checked>'
        '<label for="id_way_1">Op locatie</label></div></fieldset>'
    )


def test_what_was_ticked_is_ticked_again():
    made = field("themes", {"themes": ["a"]})
    assert '<input type="checkbox" name="themes" value="a" id="id_themes_0" checked>' in made
    assert "(mag je leeg laten)" in made


def test_a_long_text_is_counted_and_never_cut_off():
    made = field("text")
    assert "maxlength" not in made
    assert 'data-max="2000"' in made
    assert 'aria-describedby="id_text_count"' in made
    assert '<p class="mee-hint" id="id_text_count"' in made
    assert "Je kunt 2.000 tekens schrijven.</p>" in made


def test_a_tick_has_its_label_beside_it():
    assert field("agree") == (
        '<div class="mee-field"><div class="mee-option"><input type="checkbox" name="agree" id="id_agree">'
        '<label for="id_agree">Mail mij</label></div></div>'
    )


def test_the_summary_of_errors_leads_to_each_field():
    form = Question({"email": "ans"})
    form.is_valid()
    form.add_error(None, "Het forum is dicht.")
    made = make("{% error_summary form=form %}", form=form)
    assert made.startswith(
        '<div class="mee-summary-of-errors" role="alert" tabindex="-1" id="fouten" autofocus data-focus>'
    )
    assert "<p>Het forum is dicht.</p>" in made
    assert [part.partition('"')[0] for part in made.split('href="')[1:]] == ["#id_email", "#id_way_0", "#id_text"]


def test_there_is_no_summary_without_errors():
    assert make("{% error_summary form=form %}", form=Question()) == ""


def test_options_of_which_none_need_be_chosen_say_so_unless_one_is():
    class Asks(forms.Form):
        name = forms.CharField()
        use = forms.ChoiceField(choices=[("veel", "Veel"), ("niet", "Niet")], required=False, widget=forms.RadioSelect)
        kind = forms.ChoiceField(choices=[("", "Alles"), ("a", "A")], required=False, widget=forms.RadioSelect)

    source = "{% field field=field %}"
    assert "(mag je leeg laten)" in make(source, field=Asks()["use"])
    assert "leeg laten" not in make(source, field=Asks(initial={"use": "veel"})["use"])
    assert "leeg laten" not in make(source, field=Asks()["kind"])


def test_a_device_finds_half_a_text_again_when_the_secret_changes(settings):
    def names(source="{% device form taken_in %}"):
        said = make(source, form="/forum/vraag/", taken_in=["topic:2"])
        return [name for names in re.findall(r'"([^"]*)"', said) for name in names.split(" ")]

    assert make("{% device form %}", form="/forum/vraag/") == f'data-device="{names()[0]}"'
    name, of_taken_in = names()
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 8
    now_called, *before = names()
    assert before[0] == name
    assert of_taken_in in before
    assert len({now_called, *before}) == 4
