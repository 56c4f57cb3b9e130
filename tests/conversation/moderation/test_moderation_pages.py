"""Reporting, looking it up and objecting, as somebody with nothing but a browser does."""

import re

import pytest
from lxml import html as parser
from tests.conversation.conftest import decide
from tests.conversation.test_pages import article as article
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.conversation import actions as conversation
from meedoen.conversation.models import Contribution, Objection, Report, Thread
from meedoen.conversation.moderation import rules
from meedoen.conversation.moderation.rules import Deed
from meedoen.kernel import clock
from meedoen.mail.models import OutgoingMail
from meedoen.people.models import Person

UNKIND = {"concern": "onvriendelijk", "text": "Hier wordt gescholden."}
WHY = {"ground": "reclame", "reason": "Er staat een webwinkel in."}


@pytest.fixture
def one(write, person):
    return write(person("Elif"), now=clock.now())


@pytest.fixture
def address(one):
    return f"/melden/?reactie={one.pk}"


def text_of(response) -> str:
    return " ".join(parser.fromstring(response.content).find(".//main").text_content().split())


def test_a_guest_reports_and_sees_what_becomes_of_it(client, one, address):
    page = client.get(address)
    assert (page.status_code, page.cookies) == (200, {})
    assert "Goed bericht." in text_of(page)
    answer = client.post(address, UNKIND, **HERE)
    report = Report.objects.get()
    assert (answer.url, report.contribution, report.text) == (f"/melding/{report.key}/", one, UNKIND["text"])
    assert "We hebben je melding" in text_of(client.get(answer.url))
    assert "Bewaar het adres van deze pagina." in text_of(client.get(answer.url))
    decide(one, Deed.KEEP, now=clock.now())
    assert "We laten het bericht zoals het is." in text_of(client.get(answer.url))


def test_with_an_address_a_code_makes_it_count(client, one, address):
    answer = client.post(address, {**UNKIND, "email": "Bram@Voorbeeld.example"}, **HERE)
    assert Report.objects.get().confirmed_at is None  # kept before anything is asked
    page = text_of(client.get(answer.url))
    assert "Dit meld je" in page
    client.post(f"{answer.url}versturen/", **HERE)
    done = client.post(f"{answer.url}code/", {"code": newest_code()}, **HERE)
    report = Report.objects.get()
    assert (done.url, report.person.address.email) == (f"/melding/{report.key}/", "bram@voorbeeld.example")
    assert report.confirmed_at
    assert "Daarna krijg je een mail." in text_of(client.get(done.url))
    assert OutgoingMail.objects.latest("pk").subject == "We hebben je bericht aan ons team: Een bericht"
    assert "We hebben je melding" in text_of(client.get(answer.url))


def test_who_only_reported_says_their_name_when_they_sign_in(client, one, address):
    answer = client.post(address, {**UNKIND, "email": "bram@voorbeeld.example"}, **HERE)
    client.post(f"{answer.url}versturen/", **HERE)
    client.post(f"{answer.url}code/", {"code": newest_code()}, **HERE)
    sign_in(client, "bram@voorbeeld.example")
    assert client.get("/mijn/").url.startswith("/inloggen/wie/")
    page = client.get("/inloggen/wie/")
    token = parser.fromstring(page.content).find(".//input[@name='csrfmiddlewaretoken']").get("value")
    client.post("/inloggen/wie/", {"name": "Bram", "csrfmiddlewaretoken": token})
    person = Person.objects.get(address__email="bram@voorbeeld.example")
    assert (person.name, person.reports.count()) == ("Bram", 1)


def test_who_is_signed_in_needs_no_code(client, ans, one, address):
    sign_in(client)
    assert "E-mailadres" not in text_of(client.get(address))
    client.post(address, UNKIND, **HERE)
    assert Report.objects.get().person == ans


def test_a_double_click_and_a_reload_report_once(client, one, address):
    answers = {client.post(address, UNKIND, **HERE).url for _ in range(3)}
    assert (len(answers), Report.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"text": "Zomaar."}, "Kies wat er mis is."),
        ({"concern": "onzin"}, "Kies wat er mis is."),
        ({"concern": "wet"}, "Leg uit waarom het volgens jou niet mag van de wet."),
        ({"concern": "anders"}, "Leg uit wat er mis is."),
        ({**UNKIND, "email": "bram@"}, "Dit is geen e-mailadres."),
        ({**UNKIND, "text": "x" * 2001}, "Je uitleg is 2001 tekens lang."),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_lost(client, one, address, sent, told):
    page = client.post(address, sent, **HERE)
    assert told in text_of(page)
    assert parser.fromstring(page.content).find(".//title").text.startswith("Fout:")
    if "text" in sent:
        assert sent["text"] in page.content.decode()
    assert not Report.objects.exists()


def test_a_page_can_be_reported_and_so_can_anything(client, db):
    client.post("/melden/?pagina=/nieuws/", UNKIND, **HERE)
    client.post("/melden/", {**UNKIND, "where": "In een mail"}, **HERE)
    assert "Vul in waar je het ziet." in text_of(client.post("/melden/", UNKIND, **HERE))
    assert list(Report.objects.order_by("pk").values_list("title", "url")) == [
        ("/nieuws/", "/nieuws/"),
        ("In een mail", ""),
    ]


@pytest.mark.parametrize(
    "path", ["//kwaad.example/", "https://kwaad.example/", "/\\kwaad.example", "javascript:x", "/" + "a" * 400]
)
def test_what_is_no_page_of_ours_is_no_link(client, db, path):
    page = client.get("/melden/", {"pagina": path})
    assert "kwaad" not in page.content.decode().partition("Van de pagina")[0]
    assert "Waar zie je het?" in text_of(page)


@pytest.mark.parametrize("asked", ["0", "99999", "-1", "onzin", "9" * 30, "²"])
def test_what_is_not_there_cannot_be_reported(client, db, asked):
    assert client.get("/melden/", {"reactie": asked}).status_code == 404


def test_what_waits_for_the_team_is_shown_to_nobody_who_reports(client, write, person):
    waiting = write(person("Joost", trusted=False), "Geheime woorden.", now=clock.now())
    assert client.get(f"/melden/?reactie={waiting.pk}").status_code == 404


def test_a_robot_that_fills_in_everything_is_refused(client, one, address):
    page = client.post(address, {**UNKIND, "website": "https://x.example"}, **HERE)
    assert (page.status_code, Report.objects.count()) == (422, 0)
    assert "Je melding lijkt van een robot" in text_of(page)


def test_a_post_from_another_site_is_refused(client, one, address):
    assert client.post(address, UNKIND, HTTP_ORIGIN="https://kwaad.example").status_code == 403
    assert not Report.objects.exists()


def test_a_network_that_reports_too_much_is_told(client, one, address):
    for number in range(rules.MAX_REPORTS_PER_NETWORK_HOUR):
        client.post(address, {**UNKIND, "text": str(number)}, **HERE)
    page = client.post(address, {**UNKIND, "text": "Nog een."}, **HERE)
    assert page.status_code == 429
    assert "Nog een." in page.content.decode()


def test_the_writer_reads_why_and_objects_by_the_link_in_the_mail(client, one):
    decision = decide(one, Deed.REMOVE, now=clock.now(), **WHY)
    mail = OutgoingMail.objects.latest("pk").text
    link = re.search(r"/besluit/[\w-]+/", mail)[0]
    page = text_of(client.get(link))
    for part in ("Je bericht staat niet op de site", "Goed bericht.", "Reclame maken mag niet", WHY["reason"]):
        assert part in page
    assert not Objection.objects.exists()  # opening does nothing
    client.get(f"{link}bezwaar/")
    assert "Schrijf waarom je het er niet mee eens bent." in text_of(client.post(f"{link}bezwaar/", {}, **HERE))
    answer = client.post(f"{link}bezwaar/", {"text": "Het is mijn eigen winkel."}, **HERE)
    assert (answer.url, Objection.objects.get().decision) == (f"{link}?klaar=bezwaar", decision)
    assert "Iemand anders van het team kijkt opnieuw." in text_of(client.get(link))
    assert "Het is mijn eigen winkel." in client.get(f"{link}bezwaar/").content.decode()


def test_who_reported_objects_on_the_page_of_the_report(client, one, address):
    page = client.post(address, UNKIND, **HERE).url
    assert client.get(f"{page}bezwaar/").url == page  # there is nothing to object to yet
    decide(one, Deed.KEEP, now=clock.now())
    client.post(f"{page}bezwaar/", {"text": "Lees het nog eens."}, **HERE)
    assert Objection.objects.get().report == Report.objects.get()
    assert "Je maakte bezwaar op" in text_of(client.get(page))


def test_one_cannot_object_to_what_took_nothing(client, one):
    decision = decide(one, Deed.REMOVE, now=clock.now(), **WHY)
    placed = decide(Contribution.objects.get(), Deed.RESTORE, now=clock.now())
    assert client.get(f"/besluit/{placed.key}/bezwaar/").url == f"/besluit/{placed.key}/"
    assert client.get(f"/besluit/{decision.key}/").status_code == 200


@pytest.mark.parametrize("path", ["melding", "besluit"])
def test_without_the_key_there_is_nothing(client, db, path):
    for key in ("1", "onzin", "x" * 41):
        for page in (f"/{path}/{key}/", f"/{path}/{key}/bezwaar/"):
            assert client.get(page).status_code == 404


def test_the_reporters_page_says_nothing_of_the_writer_and_the_other_way_round(client, one, address):
    page = client.post(address, {**UNKIND, "email": "bram@voorbeeld.example"}, **HERE).url
    client.post(f"{page}versturen/", **HERE)
    page = client.post(f"{page}code/", {"code": newest_code()}, **HERE).url
    decision = decide(one, Deed.REMOVE, now=clock.now(), **WHY)
    for shown in (client.get(page), client.get(f"/besluit/{decision.key}/")):
        assert "voorbeeld.example" not in text_of(shown)
    assert "webwinkel" not in text_of(client.get(page))
    assert "gescholden" not in text_of(client.get(f"/besluit/{decision.key}/"))


def test_the_figures_stand_there_for_everybody(client, one, address):
    assert "nog niets gemeld of besloten" in text_of(client.get("/spelregels/cijfers/"))
    client.post(address, UNKIND, **HERE)
    decide(one, Deed.REMOVE, now=clock.now(), **WHY)
    page = text_of(client.get("/spelregels/cijfers/"))
    for part in ("1 melding.", "1 besluit.", "Weggehaald1", "De computer nam er geen."):
        assert part in page
    for asked in ("1999", "onzin", "9" * 30):
        assert client.get("/spelregels/cijfers/", {"jaar": asked}).status_code == 200


def test_the_page_of_a_thread_offers_to_report_each_reaction_that_stands(client, article, person):
    thread = Thread.objects.about(
        "article", str(article.pk), title="x", url=article.get_absolute_url(), now=clock.now()
    )
    bram = person("Bram")
    written = [
        conversation.contribute(
            thread, person=bram, text=text, hides_name=False, score=0, looks_like_spam=False, now=clock.now()
        )
        for text in ("Eerst.", "Dan.")
    ]
    conversation.retract(written[0], now=clock.now())
    links = parser.fromstring(client.get(article.get_absolute_url()).content).cssselect(".mee-contribution a")
    found = {link.text_content(): link.get("href") for link in links if "melden" in link.get("href")}
    assert found == {"Meld bericht 2": f"/melden/?reactie={written[1].pk}"}
