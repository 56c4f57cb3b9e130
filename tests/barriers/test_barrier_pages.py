"""The pages: telling where one is stuck, the public list, and the team's desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree, html
from tests.signed_in import HERE, newest_code, sign_in

from meedoen.barriers import actions, rules
from meedoen.barriers.models import Barrier, StuckReport
from meedoen.barriers.rules import State
from meedoen.mail.models import OutgoingMail
from meedoen.people import rules as people_rules

pytestmark = pytest.mark.django_db
TELL = {"doing": "Ik kom niet op de kaart.", "using": "toetsenbord"}
LIST, DESK = "/toegankelijkheid/drempels/", "/team/drempels/"


def main(response) -> str:
    return " ".join(html.fromstring(response.content).get_element_by_id("inhoud").text_content().split())


@pytest.fixture(autouse=True)
def _time_stands_still(at):
    """It is the day of the story."""


@pytest.fixture
def desk(client, carla):
    """The client with Carla signed in."""
    sign_in(client, "carla@voorbeeld.example")
    return client


# Who got stuck ----------------------------------------------------------------------------------------------


def test_each_page_leads_to_it_with_its_own_address(client):
    page = html.fromstring(client.get(LIST).content)
    (link,) = [each for each in page.iter("a") if each.text_content() == "Vertel waar je hier vastloopt"]
    assert link.get("href") == f"/vastgelopen/?pagina={LIST}"
    assert LIST in main(client.get(link.get("href")))


def test_a_guest_tells_it_without_an_address(client):
    response = client.post("/vastgelopen/?pagina=/gemeenten/", TELL, **HERE)
    report = StuckReport.objects.get()
    assert (report.path, report.doing, report.using, report.person) == (
        "/gemeenten/", TELL["doing"], TELL["using"], None,
    )  # fmt: skip
    assert response.url == f"/vastgelopen/{report.key}/"
    page = client.get(response.url)
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert "Bewaar het adres van deze pagina." in main(page)
    assert OutgoingMail.objects.count() == 0


def test_who_cannot_be_mailed_is_told_so_and_what_they_told_is_kept(client, monkeypatch):
    monkeypatch.setattr(people_rules, "MAX_ACTS_PER_NETWORK_HOUR", 0)
    told = client.post("/vastgelopen/?pagina=/nieuws/", {**TELL, "email": "elif@voorbeeld.example"}, **HERE)
    report = StuckReport.objects.get()
    assert told.url == f"/vastgelopen/{report.key}/?klaar=zonder-mail"
    page = client.get(told.url)
    assert page.content.count(b"autofocus") == 1
    said = main(page)
    assert "We kunnen je e-mailadres nu niet gebruiken" in said
    assert "Bewaar het adres van deze pagina." in said
    assert "We kunnen je" not in main(client.get(report.get_absolute_url()))


def test_a_guest_with_an_address_confirms_it_and_stops_the_mail(client):
    act = client.post("/vastgelopen/?pagina=/nieuws/", {**TELL, "email": "Elif@voorbeeld.example"}, **HERE).url
    assert "Ik kom niet op de kaart." in main(client.get(act))
    client.post(f"{act}versturen/", **HERE)
    own = client.post(f"{act}code/", {"code": newest_code()}, **HERE).url
    assert "Je krijgt een mail met ons antwoord." in main(client.get(own))
    assert OutgoingMail.objects.latest("pk").subject == "We weten waar je vastliep"
    stopped = client.post(f"{own}stop/", {"List-Unsubscribe": "One-Click"})  # from elsewhere, as mail programs do
    page = client.get(stopped.url)
    assert "Je krijgt hierover geen mail meer" in main(page)
    assert page.content.count(b"autofocus") == 1
    assert StuckReport.objects.get().stopped_at
    again = client.post(f"{own}verder/", **HERE)
    assert "Je krijgt hierover weer mail" in main(client.get(again.url))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Schrijf wat je wilde doen, en wat er misging."),
        ({"doing": "a" * 2001}, "Maak hem korter."),
        ({"doing": "Vast.", "using": "b" * 201}, "Dit is te lang. Er passen 200 tekens in."),
        ({"doing": "Vast.", "email": "ans@"}, "Dit is geen e-mailadres."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, given, said):
    page = main_with_fields(client.post("/vastgelopen/?pagina=/nieuws/", given, **HERE))
    assert said in page
    for value in given.values():
        assert value in page
    assert not StuckReport.objects.exists()


def main_with_fields(response) -> str:
    tree = html.fromstring(response.content).get_element_by_id("inhoud")
    values = [each.get("value", "") for each in tree.iter("input")]
    return " ".join([*tree.text_content().split(), *values])


@pytest.mark.parametrize("path", ["https://elders.example/", "//elders.example/", "/een twee/", "x"])
def test_what_is_no_page_of_ours_is_asked_for(client, path):
    page = main(client.get("/vastgelopen/", {"pagina": path}))
    assert "Op welke pagina liep je vast?" in page
    assert "elders" not in page
    client.post(f"/vastgelopen/?pagina={path}", {**TELL, "place": "de kaart"}, **HERE)
    assert StuckReport.objects.get().where == "de kaart"


def test_a_robot_and_a_page_of_elsewhere_are_refused(client):
    assert client.post("/vastgelopen/", {**TELL, "place": "x", "website": "x"}, **HERE).status_code == 422
    assert client.post("/vastgelopen/", {**TELL, "place": "x"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert not StuckReport.objects.exists()


def test_who_is_signed_in_needs_no_code(client, ans):
    sign_in(client)
    own = client.post("/vastgelopen/?pagina=/nieuws/", {**TELL, "wants_mail": "on"}, **HERE).url
    assert StuckReport.objects.get().person == ans
    assert "Je krijgt een mail met ons antwoord." in main(client.get(own))


def test_what_was_erased_says_so(client):
    response = client.get("/vastgelopen/weg/")
    assert response.status_code == 404
    assert "Loop je weer vast?" in main(response)


# The list ---------------------------------------------------------------------------------------------------


def test_the_empty_list_does_not_say_that_all_is_well(client):
    assert "Dat betekent niet dat er geen drempels zijn." in main(client.get(LIST))


def test_the_list_shows_the_open_first_with_their_days_and_nothing_of_who_told(client, at, told, barrier, carla, now):
    report = told("Geheim: ik ben Ans.", using="geheime stok")
    made = barrier("Zonder dag", report)
    late, soon, done, none = (barrier(each) for each in ("Te laat", "Straks", "Gedaan", "Onzin"))
    actions.promise(late, on=now.date(), by=carla, now=now)
    actions.promise(soon, on=now.date() + timedelta(days=9), by=carla, now=now)
    actions.fix(done, words="Het kan nu.", on=now.date(), by=carla, now=now)
    actions.close(none, reason="Dit hoort zo.", by=carla, now=now)
    at(now + timedelta(days=1))
    response = client.get(LIST)
    page = main(response)
    titles = [each.text_content() for each in html.fromstring(response.content).iter("h3")]
    assert titles[:4] == ["Te laat", "Straks", "Zonder dag", "Gedaan"]
    assert "Er zijn nu 3 drempels open. Voor 2 drempels beloofden we een dag. We losten 1 drempel op." in page
    assert "We beloofden dit voor zaterdag 28 november 2026. Dat is niet gelukt." in page
    assert "Op maandag 7 december 2026 moet dit klaar zijn." in page
    assert "Opgelost op zaterdag 28 november 2026." in page
    assert "Hoort bij regel 2.1.1 van WCAG 2.2." in page
    for hidden in ("Geheim", "geheime", "Onzin", "Carla", report.key):
        assert hidden not in response.content.decode()
    assert made.get_absolute_url() == f"{LIST}#drempel-{made.pk}"


def test_a_kept_list_says_by_itself_that_a_day_went_by(client, at, barrier, carla, now):
    actions.promise(barrier(), on=now.date(), by=carla, now=now)
    assert "moet dit klaar zijn" in main(client.get(LIST))
    at(now + timedelta(days=1))
    assert "Dat is niet gelukt" in main(client.get(LIST))


def fixed(carla, now, count) -> None:
    Barrier.objects.bulk_create(
        Barrier(
            title=f"Nummer {number}", text="Zo.", state=State.FIXED, found_on=now.date(), changed="Klaar.",
            fixed_on=now.date() + timedelta(days=number), changed_at=now,
        )
        for number in range(count)
    )  # fmt: skip


def test_what_was_fixed_pages_by_key_and_each_has_its_place(client, carla, now):
    fixed(carla, now, rules.PAGE_SIZE + 5)
    oldest = Barrier.objects.get(title="Nummer 0")
    first = html.fromstring(client.get(LIST).content)
    (older,) = [each.get("href") for each in first.iter("a") if each.get("rel") == "next"]
    assert "Nummer 0" not in first.text_content()
    titles = [each.text_content() for each in html.fromstring(client.get(older).content).iter("h3")]
    assert titles[:5] == [f"Nummer {number}" for number in (4, 3, 2, 1, 0)]
    there = client.get(oldest.get_absolute_url().partition("#")[0])
    assert html.fromstring(there.content).get_element_by_id(oldest.anchor) is not None
    assert "Deze plek in de lijst kennen we niet." in main(client.get(f"{LIST}?voor=onzin"))


@pytest.mark.parametrize("address", [LIST, "/feeds/drempels.atom", "/toegankelijkheid/"])
def test_a_list_asks_as_much_with_one_as_with_many(client, carla, now, barrier, address):
    barrier()
    fixed(carla, now, 1)
    counts = []
    for more in (0, 3):
        fixed(carla, now, more)
        for number in range(more):
            barrier(f"Open {number}")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_the_feed_tells_what_changed(client, barrier, carla, now):
    actions.fix(barrier(), words="Het kan nu.", on=now.date(), by=carla, now=now)
    tree = etree.fromstring(client.get("/feeds/drempels.atom").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert tree.xpath("//a:entry/a:title/text()", namespaces=space) == ["Opgelost: De kaart vraagt een muis"]
    assert "Het kan nu." in tree.xpath("string(//a:entry/a:summary)", namespaces=space)


# The team ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "nieuw/", "1/", "1/beloven/", "melding/1/"])
def test_only_the_team_comes_there(client, ans, path):
    assert client.get(f"{DESK}{path}").url.startswith("/inloggen/")
    sign_in(client)
    assert client.get(f"{DESK}{path}").status_code == 403


def test_from_what_was_told_to_what_is_fixed(desk, told, person, now):
    report = told(person=person(), path="/gemeenten/?naam=x")
    assert "Lees waar 1 bezoeker vastliep" in main(desk.get("/team/"))
    assert "Ik kom niet op de kaart." in main(desk.get(f"{DESK}melding/{report.pk}/"))
    form = html.fromstring(desk.get(f"{DESK}melding/{report.pk}/drempel/").content)
    assert form.get_element_by_id("id_pages").text.strip() == "/gemeenten/"
    sent = {"title": "De kaart vraagt een muis", "text": "Zonder muis kom je er niet.", "pages": "/gemeenten/"}
    done = desk.post(f"{DESK}melding/{report.pk}/drempel/", sent)
    assert "De drempel staat op de lijst" in main(desk.get(done.url))
    made = Barrier.objects.get()
    assert (made.title, made.pages, made.state) == (sent["title"], ["/gemeenten/"], State.FOUND)
    again = desk.post(f"{DESK}melding/{report.pk}/drempel/", sent)
    assert "Een collega las dit intussen al." in main(again)
    desk.post(f"{DESK}{made.pk}/opgelost/", {"words": "Het kan nu.", "on": "28-11-2026"})
    page = main(desk.get(f"{DESK}{made.pk}/"))
    assert "Opgelost (zaterdag 28 november 2026)" in page
    assert "Carla: Het kan nu." in page
    desk.post(f"{DESK}{made.pk}/heropenen/")
    assert Barrier.objects.get().state == State.FOUND
    stale = desk.post(f"{DESK}{made.pk}/heropenen/")
    assert "Een collega veranderde dit intussen." in main(desk.get(stale.url))


def test_the_desk_answers_attaches_changes_and_closes(desk, told, barrier, now):
    made, first, second = barrier(), told("A."), told("B.")
    desk.post(f"{DESK}melding/{first.pk}/hoort-bij/", {"barrier": made.pk})
    desk.post(f"{DESK}melding/{second.pk}/geen-drempel/", {"words": "Dit ligt aan je browser."})
    first.refresh_from_db()
    assert first.barrier == made
    assert "Dit ligt aan je browser." in main(desk.get(f"/vastgelopen/{second.key}/"))
    desk.post(f"{DESK}{made.pk}/veranderen/", {"title": "Anders", "text": "Zo.", "pages": "", "criterion": "1.4.3"})
    desk.post(f"{DESK}{made.pk}/geen-drempel/", {"words": "Dit hoort zo."})
    made.refresh_from_db()
    assert (made.title, made.criterion, made.pages, made.state) == ("Anders", "1.4.3", [], State.NONE)
    own = main(desk.get(f"/vastgelopen/{first.key}/"))
    assert "Dit is geen drempel. Dit hoort zo." in own
    assert "op de lijst" not in own


def test_what_was_promised_and_is_late_stands_on_the_teams_page(desk, at, barrier, carla, now):
    actions.promise(barrier(), on=now.date(), by=carla, now=now)
    assert "Beloofd, en nog niet klaar" not in main(desk.get("/team/"))
    at(now + timedelta(days=1))
    assert "De kaart vraagt een muis: beloofd voor zaterdag 28 november 2026" in main(desk.get("/team/"))
    assert "Te laat. De kaart vraagt een muis" in main(desk.get(DESK))


@pytest.mark.parametrize(
    ("path", "given", "said"),
    [
        ("nieuw/", {"title": "T", "text": "x", "pages": "gemeenten"}, "Dit is geen adres van onze site: gemeenten."),
        (
            "nieuw/",
            {"title": "T", "text": "x", "pages": "/a/\n" * 2 + "//b/"},
            "Dit is geen adres van onze site: //b/.",
        ),
        ("nieuw/", {"title": "T", "text": "x", "pages": "\n".join(f"/{n}/" for n in range(11))}, "Noem hooguit 10"),
        ("nieuw/", {"title": "T", "text": "x", "criterion": "4.1.1"}, "Vul een nummer in dat in WCAG 2.2 staat"),
        ("nieuw/", {"text": "x"}, "Schrijf in een paar woorden wat de drempel is."),
        ("{}/beloven/", {"on": "morgen"}, "Vul een dag in, zoals 28-12-2026."),
        ("{}/beloven/", {"on": "1-1-2020"}, "Kies vandaag of een dag hierna"),
        ("{}/opgelost/", {"on": "28-12-2027", "words": "Klaar."}, "Deze dag moet nog komen."),
        ("{}/geen-drempel/", {}, "Schrijf waarom."),
    ],
)
def test_what_the_team_typed_wrong_is_said_and_stays(desk, barrier, path, given, said):
    made = barrier()
    page = main_with_fields(desk.post(DESK + path.format(made.pk), given))
    assert said in page
    for value in given.values():
        assert value.split("\n")[0] in page
    assert (Barrier.objects.count(), Barrier.objects.get().state) == (1, State.FOUND)
