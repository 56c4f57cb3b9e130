"""The pages of the desk: who comes in, the round through a form, and what readers meet."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser
from tests.signed_in import HERE, newest_code, sign_in, type_code

from meedoen.kernel import clock
from meedoen.library.desk import actions, rules
from meedoen.library.models import Article, Typing, Work
from meedoen.library.rules import Kind

DAY = datetime.timedelta(days=1)


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


@pytest.fixture
def as_carla(client, carla):
    sign_in(client, "carla@voorbeeld.example")
    return client


@pytest.fixture
def as_bram(client, bram):
    sign_in(client, "bram@voorbeeld.example")
    return client


PAGES = ("", "bewerken/", "voorbeeld/", "opmerking/", "versies/", "versies/vergelijken/?van=1&naar=1", "weggooien/")
OF_THE_TEAM = ("publiceren/", "weghalen/", "adres/")


def test_a_visitor_signs_in_first(client, saved):
    work = saved()
    for path in ("/beheer/", "/beheer/nieuw/", "/beheer/op-de-site/", *(f"/beheer/{work.pk}/{each}" for each in PAGES)):
        response = client.get(path)
        assert (response.status_code, response["Location"].split("?")[0]) in [
            (302, "/inloggen/"),
            (302, "/inloggen/wie/"),
        ]


def test_who_is_no_editor_is_told_whom_to_ask(client, ans, saved):
    sign_in(client)
    assert client.get("/beheer/").status_code == 403
    assert client.get(f"/beheer/{saved().pk}/bewerken/").status_code == 404


def test_the_team_sees_all_and_a_contact_their_own(client, as_bram, saved, utrecht, carla):
    theirs, other = saved(municipality=utrecht), saved()
    for path in PAGES:
        assert client.get(f"/beheer/{theirs.pk}/{path}").status_code == 200, path
        assert client.get(f"/beheer/{other.pk}/{path}").status_code == 404, path
    for path in OF_THE_TEAM:
        assert client.get(f"/beheer/{theirs.pk}/{path}").status_code == 403, path
    for deed in ("afzeggen", "terugzetten"):
        assert client.post(f"/beheer/{theirs.pk}/{deed}/", **HERE).status_code == 403


def test_all_pages_of_the_team(as_carla, saved):
    work = saved()
    for path in (*PAGES, *OF_THE_TEAM):
        assert as_carla.get(f"/beheer/{work.pk}/{path}").status_code == 200, path


@pytest.mark.parametrize("kind", Kind)
def test_begin_write_and_publish_each_kind(as_carla, full, kind, register, now):
    response = as_carla.post("/beheer/nieuw/", {"soort": kind.value}, follow=True)
    work = Work.objects.get()
    assert response.redirect_chain[-1][0] == f"/beheer/{work.pk}/bewerken/"
    fields = {
        "title": "Een titel", "summary": "Kort.", "body": "Lang.\r\n\r\nEn verder.", "themes": ["werk", "wonen"][:1],
        "municipalities": "utrecht\nAlmere", "sources": "VNG, 2023 | https://vng.nl", "convention": "9, 4", "year": "2024",
        "contact": "Het team", "checked_on": "2026-11-01", "url": "https://voorbeeld.nl", "happened": "augustus 2020",
        "base": "0",
    }  # fmt: skip
    as_carla.post(f"/beheer/{work.pk}/bewerken/", fields, **HERE)
    work.refresh_from_db()
    assert (work.content["body"], work.number) == ("Lang.\n\nEn verder.", 1)
    assert len(work.content["municipalities"]) == 2
    response = as_carla.post(f"/beheer/{work.pk}/publiceren/", {"when": "nu", "number": "1"}, follow=True)
    assert "De tekst staat op de site" in text_of(response)
    article = Article.objects.get()
    assert as_carla.get(article.get_absolute_url()).status_code == 200
    if kind != Kind.GUIDE and kind != Kind.TOOL:
        assert article.happened == "2020-08"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("municipalities", "Utrech", "De gemeente Utrech kennen we niet. Bedoel je Utrecht?"),
        ("municipalities", "Geldermalsen", "Geldermalsen heet nu West Betuwe. Typ die naam."),
        ("municipalities", "Qqqqq", "De gemeente Qqqqq kennen we niet. Typ de naam zoals in de lijst met gemeenten."),
        ("sources", "VNG", "Deze bron begrijpen we niet"),
        ("sources", "VNG | geen-adres", "Het adres van de bron “VNG” klopt niet."),
        ("convention", "9, 51", "Artikel 51 kennen we niet."),
        ("happened", "gisteren", "Deze datum begrijpen we niet."),
        ("checked_on", "32-13-2026", "Deze datum begrijpen we niet."),
        ("title", "a" * 121, "Dit is 121 tekens lang."),
    ],
)
def test_what_is_not_understood_is_told_and_kept(as_carla, saved, field, value, said):
    work = saved()
    response = as_carla.post(f"/beheer/{work.pk}/bewerken/", {"body": "Mijn werk.", field: value, "base": "1"}, **HERE)
    assert said in text_of(response)
    assert "Wat je typte, is wel bewaard voor jou." in text_of(response)
    work.refresh_from_db()
    assert work.number == 1
    page = parser.fromstring(as_carla.get(f"/beheer/{work.pk}/bewerken/").content)
    assert page.get_element_by_id(f"id_{field}").value.strip() == value
    assert page.get_element_by_id("id_body").value.strip() == "Mijn werk."


def test_typing_is_kept_by_script_for_who_types_alone(as_carla, saved, client, bram):
    work = saved()
    sent = {"body": "Half", "base": "1", "tab": "een"}
    told = json.loads(
        as_carla.post(f"/beheer/{work.pk}/bewaren/", sent, HTTP_ACCEPT="application/json", **HERE).content
    )
    assert told["said"].startswith("Bewaard voor jou om ")
    again = {**sent, "body": "Half af", "draft": told["draft"], "seen": told["seen"]}
    as_carla.post(f"/beheer/{work.pk}/bewaren/", again, HTTP_ACCEPT="application/json", **HERE)
    assert Typing.objects.get().fields["body"] == "Half af"
    work.refresh_from_db()
    assert work.content["body"] == "We begonnen op school."
    assert "Half af" in as_carla.get(f"/beheer/{work.pk}/bewerken/").content.decode()
    as_carla.post(f"/beheer/{work.pk}/bewerken/", {**again, "title": "Titel"}, **HERE)
    work.refresh_from_db()
    assert (work.content["body"], Typing.objects.count()) == ("Half af", 0)


def test_what_was_typed_while_the_session_ended_stands_in_the_form_again(client, carla, saved):
    work = saved()
    sent = {"body": "Niet kwijt", "themes": ["werk", "vervoer"], "base": "1"}
    response = client.post(f"/beheer/{work.pk}/bewerken/", sent, **HERE)
    assert response["Location"].startswith("/inloggen/?next=")
    script = client.post(f"/beheer/{work.pk}/bewaren/", sent, HTTP_ACCEPT="application/json", **HERE)
    assert (script.status_code, "niet meer ingelogd" in script.json()["said"]) == (401, True)
    then = client.get(response["Location"])
    form = parser.fromstring(then.content).forms
    page = next(each for each in form if "email" in each.fields)
    client.post("/inloggen/", {**dict(page.form_values()), "email": "carla@voorbeeld.example"}, **HERE)
    back = type_code(client, newest_code())
    while back.status_code == 302:
        back = client.get(back["Location"])
    shown = parser.fromstring(back.content)
    assert shown.get_element_by_id("id_body").value.strip() == "Niet kwijt"
    assert {each.get("value") for each in shown.cssselect("[name=themes][checked]")} == {"werk", "vervoer"}
    assert "Hier staat je tekst weer" in text_of(back)


def test_somebody_else_is_writing(as_carla, saved, bram, utrecht, full, carla):
    work = saved(municipality=utrecht)
    actions.keep_typing(work, {"body": "van Bram"}, key="", seen="", tab="", base=1, by=bram, now=clock.now())
    for path in ("", "bewerken/"):
        response = as_carla.get(f"/beheer/{work.pk}/{path}")
        assert "Bram schrijft" in text_of(response)
        assert "van Bram" not in response.content.decode()


def test_the_second_to_save_chooses_between_both_texts(as_carla, saved, bram, utrecht, full):
    work = saved(municipality=utrecht)
    theirs = full(body="Door Bram.", summary="Korter door Bram.", municipalities=[utrecht.code])
    actions.save(work, theirs, base=1, by=bram, now=clock.now())
    page = parser.fromstring(as_carla.get(f"/beheer/{work.pk}/bewerken/").content)
    (form,) = (each for each in page.forms if "body" in each.fields)
    fields = dict(form.form_values())
    fields |= {"body": "Door Carla.", "summary": "Kinderen bedachten de speeltuin zelf.", "base": "1"}
    response = as_carla.post(f"/beheer/{work.pk}/bewerken/", fields, follow=True, **HERE)
    said = text_of(response)
    assert "Bram bewaarde deze tekst terwijl jij schreef. Er is niets kwijt." in said
    assert "Samenvatting" in said  # which only Bram changed
    here = response.redirect_chain[-1][0]
    response = as_carla.post(here, {"base": "2"})
    assert "Kies bij elk stuk welke tekst blijft." in text_of(response)
    as_carla.post(here, {"base": "2", "body": "mijn"})
    work.refresh_from_db()
    assert (work.content["body"], work.content["summary"], work.number) == ("Door Carla.", "Korter door Bram.", 3)
    assert not Typing.objects.exists()


def test_a_preview_is_what_readers_get(as_carla, saved, now, carla):
    easy = {"easy_title": "Makkelijke titel", "easy_summary": "Kort.", "easy_body": "Korte zin."}
    work = saved(body="## Kop\n\nWe begonnen.", **easy)
    here = f"/beheer/{work.pk}/voorbeeld/"
    before = parser.fromstring(as_carla.get(here).content)
    assert "Korte zin." in text_of(as_carla.get(f"{here}?taal=makkelijk"))
    article = actions.publish(work, number=1, by=carla, now=now)
    after = parser.fromstring(as_carla.get(article.get_absolute_url()).content)
    prose = [each.text_content() for each in before.cssselect(".mee-prose")]
    assert prose == [each.text_content() for each in after.cssselect(".mee-prose")]
    assert not before.cssselect("article form")


def test_a_preview_stands_inside_a_page_of_ours_and_of_nobody_else(as_carla, saved):
    here = f"/beheer/{saved().pk}/voorbeeld/"
    around = as_carla.get(f"{here}telefoon/")
    (frame,) = parser.fromstring(around.content).iter("iframe")
    assert (frame.get("src"), frame.get("width")) == (here, "320")
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    assert (around["X-Frame-Options"], "frame-ancestors 'none'" in around["Content-Security-Policy"]) == ("DENY", True)
    inside = as_carla.get(here, HTTP_SEC_FETCH_DEST="iframe")
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
    ways = "Verander de tekst", "Bekijk het op de breedte van een telefoon"
    assert [words in inside.content.decode() for words in ways] == [False, False]
    assert [words in as_carla.get(here).content.decode() for words in ways] == [True, True]


def test_a_preview_of_nothing_yet(as_carla, carla, register, now):
    for kind in Kind:
        work = actions.begin(kind, municipality=None, by=carla, now=now)
        assert "Nog zonder titel" in text_of(as_carla.get(f"/beheer/{work.pk}/voorbeeld/"))


def test_a_link_to_read_along_opens_without_an_account_and_ends(as_carla, saved, client):
    work = saved()
    as_carla.post(f"/beheer/{work.pk}/link/")
    work.refresh_from_db()
    before = vars(Work.objects.get(pk=work.pk)).copy()
    visitor = type(client)()
    here = f"/beheer/voorbeeld/{work.link_key}/"
    response = visitor.get(here)
    assert "Een speeltuin voor iedereen" in text_of(response)
    assert f"/beheer/{work.pk}/" not in response.content.decode()
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    after = vars(Work.objects.get(pk=work.pk))
    assert {name: after[name] for name in before if name != "_state"} == {
        n: v for n, v in before.items() if n != "_state"
    }
    as_carla.post(f"/beheer/{work.pk}/link/", {"stop": "ja"})
    assert visitor.get(here).status_code == 404
    assert visitor.get("/beheer/voorbeeld/geraden/").status_code == 404


def test_gaps_stand_before_publishing_and_keep_it_back(as_carla, saved):
    work = saved(contact="")
    said = text_of(as_carla.get(f"/beheer/{work.pk}/publiceren/"))
    assert "Schrijf wie je naar dit voorbeeld kunt vragen." in said
    as_carla.post(f"/beheer/{work.pk}/publiceren/", {"when": "nu", "number": "1"})
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"when": "later"}, "Kies de dag waarop het op de site komt."),
        ({"when": "later", "day": "2020-01-01"}, "Dit moment is voorbij."),
        ({"when": "later", "day": "2037-03-29", "time": "2.30"}, "Die nacht gaat de klok vooruit."),
        ({"when": "later", "day": "2037-03-29", "time": "half drie"}, "Deze tijd begrijpen we niet."),
    ],
)
def test_a_day_that_cannot_be(as_carla, saved, sent, said):
    work = saved()
    assert said in text_of(as_carla.post(f"/beheer/{work.pk}/publiceren/", {**sent, "number": "1"}))
    work.refresh_from_db()
    assert work.publish_at is None


def test_a_day_is_planned_in_dutch_time_and_called_off(as_carla, saved):
    work = saved()
    sent = {"when": "later", "day": "2037-07-01", "time": "9.00", "number": "1"}
    assert "woensdag 1 juli 2037, 09.00 uur" in text_of(
        as_carla.post(f"/beheer/{work.pk}/publiceren/", sent, follow=True)
    )
    work.refresh_from_db()
    assert work.publish_at == datetime.datetime(2037, 7, 1, 7, tzinfo=datetime.UTC)
    as_carla.post(f"/beheer/{work.pk}/afzeggen/")
    work.refresh_from_db()
    assert work.publish_at is None


def test_readers_of_a_text_that_went_are_led_on_or_told_why(as_carla, saved, carla, now, client):
    old = actions.publish(saved(title="Oud"), number=1, by=carla, now=now)
    new = actions.publish(saved(title="Nieuw"), number=1, by=carla, now=now)
    work = Work.objects.get(article=old)
    wrong = as_carla.post(f"/beheer/{work.pk}/weghalen/", {"reason": "Oud.", "to": "/kennisbank/onzin/"})
    assert "Op dit adres staat geen tekst." in text_of(wrong)
    as_carla.post(f"/beheer/{work.pk}/weghalen/", {"reason": "Er is een betere.", "to": new.get_absolute_url()})
    response = client.get("/kennisbank/oud/")
    assert (response.status_code, response["Location"]) == (302, "/kennisbank/nieuw/")
    newer = Work.objects.get(article=new)
    circle = as_carla.post(f"/beheer/{newer.pk}/weghalen/", {"reason": "x", "to": "/kennisbank/oud/"})
    assert "Op dit adres staat geen tekst." in text_of(circle)  # what is taken down is no place to be led to
    as_carla.post(f"/beheer/{newer.pk}/weghalen/", {"reason": "Het klopte niet meer."})
    for slug in ("oud", "nieuw"):
        response = client.get(f"/kennisbank/{slug}/")
        assert response.status_code == 404
        assert "Het klopte niet meer." in response.content.decode()
    as_carla.post(f"/beheer/{newer.pk}/terugzetten/")
    assert client.get("/kennisbank/nieuw/").status_code == 200
    assert client.get("/kennisbank/oud/")["Location"] == "/kennisbank/nieuw/"


def test_versions_are_compared_in_words_and_restored(as_carla, saved, carla, full, now):
    work = saved()
    actions.save(work, full(body="We eindigden op school."), base=1, by=carla, now=now)
    assert "Vergelijk versie 1 en 2" in text_of(as_carla.get(f"/beheer/{work.pk}/versies/"))
    page = parser.fromstring(as_carla.get(f"/beheer/{work.pk}/versies/vergelijken/?van=1&naar=2").content)
    assert [" ".join(each.text_content().split()) for each in page.cssselect("del, ins")] == [
        "weg: begonnen (einde)",
        "erbij: eindigden (einde)",
    ]
    response = as_carla.post(f"/beheer/{work.pk}/versies/1/herstellen/", follow=True)
    assert "De oude tekst staat weer in het concept." in text_of(response)
    work.refresh_from_db()
    assert (work.number, work.content["body"]) == (3, "We begonnen op school.")


@pytest.mark.parametrize("query", ["", "?van=a&naar=2", "?van=1"])
def test_a_comparison_without_two_versions_leads_to_the_list(as_carla, saved, query):
    assert as_carla.get(f"/beheer/{saved().pk}/versies/vergelijken/{query}").status_code == 302


def test_the_desk_asks_the_same_number_of_queries_with_one_and_three(as_carla, saved, carla, now):
    def put(count):
        for _each in range(count):
            work = saved()
            saved()
            actions.ask(saved(), by=carla, now=now)
            actions.publish(work, number=1, by=carla, now=now)
            actions.keep_typing(work, {"body": "a"}, key="", seen="", tab="", base=1, by=carla, now=now)

    def count(path):
        with CaptureQueriesContext(connection) as asked:
            assert as_carla.get(path).status_code == 200
        return len(asked)

    put(1)
    first = [count(path) for path in ("/beheer/", "/beheer/op-de-site/", "/team/")]
    put(2)
    assert [count(path) for path in ("/beheer/", "/beheer/op-de-site/", "/team/")] == first


def test_the_team_sees_how_many_texts_wait(as_carla, saved, carla, now):
    actions.ask(saved(), by=carla, now=now)
    assert "Kijk naar 1 tekst die wacht bij beheer" in text_of(as_carla.get("/team/"))


def test_published_texts_page_by_key(as_carla, article, monkeypatch):
    monkeypatch.setattr(rules, "PAGE_SIZE", 2)
    for number in range(5):
        article(f"bericht-{number}", dated_on=datetime.date(2026, 11, 1 + number))
    page = parser.fromstring(as_carla.get("/beheer/op-de-site/").content)
    (older,) = (each.get("href") for each in page.cssselect("nav a") if "Oudere" in each.text_content())
    assert "Titel van bericht-2" in text_of(as_carla.get(older))


def test_a_contact_asks_the_team_from_their_own_page(as_bram, utrecht, carla, register):
    page = text_of(as_bram.get("/beheer/"))
    assert "Je schrijft voor: Utrecht." in page
    choices = text_of(as_bram.get("/beheer/nieuw/"))
    assert "Handreiking" not in choices
    as_bram.post("/beheer/nieuw/", {"soort": "praktijkvoorbeeld", "gemeente": str(utrecht.pk)})
    work = Work.objects.get()
    assert (work.municipality, work.content["municipalities"]) == (utrecht, [utrecht.code])
    as_bram.post(f"/beheer/{work.pk}/bewerken/", {"title": "Ons voorbeeld", "base": "0"}, **HERE)
    response = as_bram.post(f"/beheer/{work.pk}/vragen/", follow=True)
    assert "Het team kijkt naar je tekst." in text_of(response)
    work.refresh_from_db()
    assert (work.stand, work.content["municipalities"]) == ("asked", [utrecht.code])


def test_a_guide_is_not_for_a_contact_to_begin(as_bram, utrecht):
    as_bram.post("/beheer/nieuw/", {"soort": "handreiking", "gemeente": str(utrecht.pk)})
    assert not Work.objects.exists()
