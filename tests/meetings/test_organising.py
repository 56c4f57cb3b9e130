"""Making a meeting: begin, be refused, complete, publish, change, cancel and take down; nothing typed is lost."""

import re
from datetime import time, timedelta

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar
from tests.signed_in import sign_in

from meedoen.activity import actions as activity
from meedoen.activity import subjects
from meedoen.activity.models import Happening
from meedoen.activity.rules import Rhythm
from meedoen.mail.models import OutgoingMail
from meedoen.meetings import calendars
from meedoen.meetings.attending import actions as attending
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.models import Party
from meedoen.meetings.attending.rules import State, Way
from meedoen.meetings.models import Loaded, Meeting, OldAddress
from meedoen.meetings.organising import actions
from meedoen.meetings.organising.actions import Answers
from meedoen.meetings.organising.forms.fields import a_time
from meedoen.meetings.rules import needs_of

from .test_organising_rules import complete  # noqa: F401  the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
DAY = timedelta(days=1)
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def draft(complete):  # noqa: F811
    return complete("online")


@pytest.fixture
def published(draft, carla, now):
    return actions.publish(draft, seen=draft.version, by=carla, now=now)


def fields(**values):
    return Answers(fields=values)


def marks():
    return sorted(Happening.objects.values_list("sentence", flat=True))


# Beginning


@pytest.mark.parametrize("name", ["online", "locatie", "beide"])
def test_a_template_leaves_open_what_has_to_be_arranged(name, carla, now):
    meeting = actions.begin(name, title="Praat mee", municipality=None, by=carla, now=now)
    assert (meeting.form, meeting.slug, meeting.published_at) == (name, "praat-mee", None)
    assert {each.state for each in meeting.provisions.all()} == {"onbekend"}
    assert {each.need for each in meeting.provisions.all()} == {need.value for need in needs_of(name)}


def test_an_earlier_one_gives_its_words_but_not_what_was_arranged(published, carla, now):
    published.provisions.filter(need="gebarentolk").update(state="op-verzoek", words="Drie weken vooraf.")
    published.themes.set([])
    meeting = actions.copied(published, title=published.title, municipality=None, by=carla, now=now)
    assert meeting.slug == "praat-mee-over-wonen-2"
    assert (meeting.summary, meeting.costs, meeting.contact_name) == (published.summary, published.costs, "Carla")
    assert (meeting.starts_at, meeting.join_url, meeting.needs_close_on, meeting.sequence) == (None, "", None, 0)
    assert meeting.uid != published.uid
    states = {each.need: each.state for each in meeting.provisions.all()}
    assert states.pop("gebarentolk") == "op-verzoek"
    assert set(states.values()) == {"onbekend"}


@pytest.mark.parametrize("title", ["Nieuw", "Aanmelden", "!!!"])
def test_no_title_takes_an_address_of_ours(title, carla, now):
    meeting = actions.begin("online", title=title, municipality=None, by=carla, now=now)
    assert meeting.slug in ("nieuw-2", "aanmelden-2", "bijeenkomst")


# Publishing


def test_it_is_refused_with_what_is_missing_and_then_published(draft, carla, now):
    draft.provisions.filter(need="schrijftolk").update(state="onbekend")
    with pytest.raises(actions.HasGaps) as refused:
        actions.publish(draft, seen=draft.version, by=carla, now=now)
    assert [gap.field for gap in refused.value.gaps] == ["schrijftolk"]
    assert Meeting.objects.get().published_at is None
    draft.provisions.filter(need="schrijftolk").update(state="geregeld")
    actions.publish(draft, seen=draft.version, by=carla, now=now)
    assert Meeting.objects.get().published_at == now
    assert marks() == ["Nieuwe bijeenkomst: Praat mee over wonen"]


def test_what_somebody_did_not_see_is_not_published(draft, carla, now):
    actions.save(draft, fields(title="Anders"), seen=draft.version, by=carla, now=now)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.publish(draft, seen=draft.version, by=carla, now=now)


def test_a_plan_can_be_stopped_and_tells_nobody(draft, carla, client, at, now):
    actions.publish(draft, seen=draft.version, by=carla, now=now, at=now + DAY)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert marks() == ["Nieuwe bijeenkomst: Praat mee over wonen"]
    assert Happening.objects.get().at == now + DAY
    actions.stop_plan(draft, now=now)
    assert marks() == []
    at(now + 2 * DAY)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_it_is_not_planned_for_after_its_beginning(draft, carla, now):
    with pytest.raises(actions.CannotDo):
        actions.publish(draft, seen=draft.version, by=carla, now=now, at=draft.starts_at)


def test_who_follows_is_mailed_of_a_new_one_and_of_another_time(draft, person, carla, now):
    ans = person("Ans")
    activity.follow(ans, subjects.find("meetings", "alle"), rhythm=Rhythm.EACH, now=now - DAY)
    actions.publish(draft, seen=draft.version, by=carla, now=now)
    activity.tell(now=now + timedelta(minutes=20))
    actions.save(
        draft, fields(starts_at=draft.starts_at + DAY, ends_at=draft.ends_at + DAY), seen=draft.version,
        sentence="Het is een dag later.", by=carla, now=now + timedelta(hours=1),
    )  # fmt: skip
    activity.tell(now=now + timedelta(hours=2))
    mails = list(OutgoingMail.objects.order_by("pk"))
    assert [each.to for each in mails] == ["ans@voorbeeld.example"] * 2
    assert "Nieuwe bijeenkomst: Praat mee over wonen" in mails[0].text
    assert "Geregeld: schrijftolk" in mails[0].text
    assert "Het is een dag later. vrijdag 11 december 2026, 14.00 tot 16.00 uur." in " ".join(mails[1].text.split())


# Changing


def test_another_time_or_place_asks_for_a_sentence_and_raises_the_sequence(published, carla, now):
    later = fields(starts_at=published.starts_at + DAY, ends_at=published.ends_at + DAY)
    with pytest.raises(actions.MustSay):
        actions.save(published, later, seen=published.version, by=carla, now=now)
    saved = actions.save(published, later, seen=published.version, by=carla, now=now, sentence="Een dag later.")
    assert (saved.sequence, saved.version) == (1, published.version + 1)
    assert [(each.words, each.by) for each in saved.changes.all()] == [("Een dag later.", carla)]
    assert marks() == ["Nieuwe bijeenkomst: Praat mee over wonen", "Veranderd: Praat mee over wonen"]


@pytest.mark.parametrize(
    ("given", "sequence"),
    [
        ({"summary": "Anders."}, 0),
        ({"costs": "Vijf euro."}, 0),
        ({"title": "Anders"}, 1),
        ({"join_url": "https://x.example"}, 0),  # the door has it
        ({"join_by_phone": "030 123"}, 1),
    ],
)
def test_what_calendars_need_not_take_over_leaves_the_sequence(published, carla, now, given, sequence):
    saved = actions.save(published, fields(**given), seen=published.version, by=carla, now=now)
    assert saved.sequence == sequence
    assert saved.slug == published.slug


def test_what_came_free_once_it_had_begun_is_offered_when_it_is_moved(complete, carla, person, now):  # noqa: F811
    draft = complete("beide", title="Vol", begins=now + 10 * DAY, room_places=1, online_places=1)
    full = actions.publish(draft, seen=draft.version, by=carla, now=now)
    for name in ("Ans", "Bram"):
        attending.sign_up(full, person(name), Coming(Way.ROOM), network="", now=now)
    first, waiting = Party.objects.filter(meeting=full).order_by("pk")
    assert (first.state, waiting.state) == (State.PLACED, State.WAITING)
    first.delete()
    moved = fields(starts_at=full.starts_at + 7 * DAY, ends_at=full.ends_at + 7 * DAY)
    begun = full.starts_at + timedelta(minutes=1)
    actions.save(full, moved, seen=full.version, by=carla, now=begun, sentence="Een week later.")
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED


def test_what_readers_have_stays_complete(published, carla, now):
    for answers in (
        fields(contact_phone=""),
        fields(form="beide"),
        Answers(provisions={"schrijftolk": ("onbekend", "")}),
    ):
        with pytest.raises(actions.HasGaps):
            actions.save(published, answers, seen=published.version, by=carla, now=now, sentence="Anders.")
    assert Meeting.objects.get().contact_phone == "030 1234567"
    assert set(published.provisions.values_list("state", flat=True)) == {"geregeld"}


def test_of_two_who_save_at_once_the_second_is_told(draft, carla, bram, now):
    actions.save(draft, fields(summary="Van Carla"), seen=draft.version, by=carla, now=now)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.save(draft, fields(summary="Van Bram"), seen=draft.version, by=bram, now=now)
    assert Meeting.objects.get().summary == "Van Carla"


def test_what_can_never_be_true_is_refused_in_words(published, carla, now):
    past = now + 30 * DAY
    with pytest.raises(actions.CannotDo, match="programma"):
        actions.save(published, fields(online_program=""), seen=published.version, by=carla, now=past)


def test_a_changed_example_is_loaded_no_more(draft, carla, now):
    Loaded.objects.create(name="x", mark="x", meeting=draft)
    actions.save(draft, fields(summary="Anders"), seen=draft.version, by=carla, now=now)
    assert Loaded.objects.get().meeting is None


# Cancelling and taking down


def test_cancelled_and_on_after_all_is_told_everywhere(published, carla, client, now):
    actions.cancel(published, reason="De zaal is dicht.", by=carla, now=now)
    found = Meeting.objects.get()
    (event,) = Calendar.from_ical(calendars.one(found)).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "gaat niet door" in client.get(found.get_absolute_url()).content.decode()
    assert marks() == ["Gaat niet door: Praat mee over wonen"]
    with pytest.raises(actions.CannotDo):
        actions.cancel(published, reason="Nog eens.", by=carla, now=now)
    actions.go_on(published, by=carla, now=now)
    found = Meeting.objects.get()
    (event,) = Calendar.from_ical(calendars.one(found)).walk("VEVENT")
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 2)
    assert marks() == ["Gaat toch door: Praat mee over wonen"]


def test_what_is_over_is_cancelled_no_more(published, carla, now):
    with pytest.raises(actions.CannotDo):
        actions.cancel(published, reason="Te laat.", by=carla, now=published.ends_at)


def test_what_was_taken_down_can_be_put_back(published, client, now):
    actions.withdraw(published, reason="Dubbel.", now=now)
    assert client.get(published.get_absolute_url()).status_code == 410
    actions.put_back(published, now=now)
    assert client.get(published.get_absolute_url()).status_code == 200


def test_another_address_leaves_the_old_one_leading_there(published, client, draft, carla, now):
    actions.rename(published, slug="wonen", now=now)
    assert client.get("/bijeenkomsten/praat-mee-over-wonen/")["Location"] == "/bijeenkomsten/wonen/"
    other = actions.begin("online", title="Ander", municipality=None, by=carla, now=now)
    for taken in ("wonen", "praat-mee-over-wonen", "nieuw"):
        with pytest.raises(actions.CannotDo):
            actions.rename(other, slug=taken, now=now)
    actions.rename(published, slug="praat-mee-over-wonen", now=now)
    assert list(OldAddress.objects.values_list("slug", flat=True)) == ["wonen"]


def test_only_a_draft_is_thrown_away(published, carla, now):
    with pytest.raises(actions.CannotDo):
        actions.discard(published, now=now)
    actions.discard(actions.begin("online", title="Weg", municipality=None, by=carla, now=now), now=now)
    assert [each.pk for each in Meeting.objects.all()] == [published.pk]


# The pages


@pytest.fixture
def desk(client, carla):
    """Carla, signed in; and a form of a page, as a browser fills it in."""
    sign_in(client, "carla@voorbeeld.example")
    return client


def filled(client, address, **values):
    """Send a form of a page with what stands in it, and these values."""
    tree = lxml.html.fromstring(client.get(address).content.decode())
    form = next(each for each in tree.forms if each.method == "POST" and each.get("action", address) == address)
    given = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return client.post(address, {**given, **values}, **HERE)


def text(response):
    return " ".join(lxml.html.fromstring(response.content.decode()).get_element_by_id("inhoud").text_content().split())


def test_the_organiser_makes_is_refused_completes_and_publishes(desk, municipality, now):
    utrecht = municipality()
    made = filled(desk, "/team/bijeenkomsten/nieuw/", title="Praat mee", start="beide")
    work = made["Location"]
    publish, part = f"{work}publiceren/", f"{work}deel/"
    refused = text(desk.get(publish))
    assert "Daarom kan het nog niet op de site" in refused
    assert "Zet de bijeenkomst op de site" not in refused
    desk.post(publish, {"when": "nu", "seen": "1"}, **HERE)
    assert Meeting.objects.get().published_at is None
    answers = {
        "inhoud": {"summary": "Samen praten.", "for_whom": "Iedereen"},
        "tijd": {"day": "2027-01-14", "begins": "13.30", "ends": "15.30", "needs_close_on": "2026-12-21"},
        "plaats": {
            "place_name": "De Kring", "place_address": "Dorpsstraat 1", "place_municipality": utrecht.pk, "route": "Recht.",
            "public_transport": "Bus 1.", "parking": "Voor.", "entrance": "Vlak.", "toilet": "Ja.", "quiet_room": "Ja.",
        },
        "online": {"online_program": "Zoom", "online_by_phone": "Ja."},
        "meedoen": {f"state_{need}": "geregeld" for need in needs_of("beide")},
        "geld": {"expert_pay": "ja", "expert_pay_words": "50 euro.", "expert_travel": "ja"},
        "contact": {"contact_name": "Carla", "contact_email": "carla@voorbeeld.example", "contact_phone": "030"},
        "programma": {"programme": "13.30 | Welkom | Carla\nPauze\n14.30 | Praten"},
    }  # fmt: skip
    for name, values in answers.items():
        assert filled(desk, f"{part}{name}/", **values)["Location"] == f"{work}?klaar=bewaard", name
    assert "Praat mee" in text(desk.get(f"{work}voorbeeld/"))
    done = filled(desk, publish, when="nu")
    assert done["Location"] == f"{work}?klaar=op-de-site"
    meeting = Meeting.objects.get()
    assert (meeting.published_at, f"{meeting.starts_at:%H.%M}") == (now, "12.30")
    assert [(f"{each.time:%H.%M}" if each.time else "", each.title, each.speakers) for each in meeting.programme.all()] == [
        ("13.30", "Welkom", "Carla"), ("", "Pauze", ""), ("14.30", "Praten", ""),
    ]  # fmt: skip
    assert desk.get("/bijeenkomsten/praat-mee/").status_code == 200


def test_each_gap_leads_to_a_field_that_is_there(desk, carla, now):
    meeting = actions.begin("beide", title="Praat mee", municipality=None, by=carla, now=now)
    tree = lxml.html.fromstring(desk.get(f"/team/bijeenkomsten/{meeting.pk}/publiceren/").content.decode())
    links = [each.get("href") for each in tree.cssselect("main li a") if "#id_" in each.get("href")]
    assert len(links) > 30
    pages = {}
    for link in links:
        path, _hash, anchor = link.partition("#")
        pages.setdefault(path, desk.get(path).content.decode())
        assert f'id="{anchor}"' in pages[path], link


def test_a_changed_time_asks_what_changed_and_keeps_what_was_typed(desk, published):
    address = f"/team/bijeenkomsten/{published.pk}/deel/tijd/"
    answer = filled(desk, address, begins="15.00", ends="17.00")
    assert "Schrijf in één zin wat er veranderde" in text(answer)
    assert 'value="15.00"' in answer.content.decode()
    assert filled(desk, address, begins="15.00", ends="17.00", sentence="Een uur later.").status_code == 302
    assert "Een uur later." in desk.get(published.get_absolute_url()).content.decode()


@pytest.mark.parametrize("written", ["14.30", "14:30", "14.30 uur", " 14:30 Uur", "14.30u", "14.30 u."])
def test_a_time_is_understood_as_people_write_it(written):
    assert a_time("Hoe laat?").clean(written) == time(14, 30)


def test_a_whole_hour_needs_no_minutes_where_it_says_that_it_is_one():
    assert a_time("Hoe laat?").clean("9 uur") == time(9)
    for unclear in ("9", "uur", "25 uur", "14.30 uur uur"):
        with pytest.raises(ValidationError, match=r"zoals 9\.00 of 14\.30"):
            a_time("Hoe laat?").clean(unclear)


@pytest.mark.parametrize(
    ("part", "given", "problem"),
    [
        ("tijd", {"day": "2026-12-24", "begins": "22.00", "ends": "01.00"}, "Duurt het tot na middernacht?"),
        ("tijd", {"day": "2027-03-28", "begins": "2.30", "ends": "4.00"}, "Deze tijd bestaat niet"),
        ("tijd", {"day": "2026-12-24", "begins": "", "ends": "16.00"}, "Vul ook in hoe laat."),
        ("tijd", {"day": "", "begins": "14.00", "ends": ""}, "Kies ook de dag."),
        ("tijd", {"begins": "twee uur"}, "Deze tijd begrijpen we niet. Schrijf het zoals 9.00 of 14.30."),
        ("tijd", {"begins": "half drie"}, "Schrijf het zoals 9.00 of 14.30."),
        ("tijd", {"closes_day": "2027-01-01"}, "Dan is de bijeenkomst al voorbij"),
        ("vorm", {"online_places": "veel"}, "Vul een aantal in"),
        ("online", {"join_url": "javascript:alert(1)"}, "Dit is geen adres van een website"),
        ("meedoen", {"state_gebarentolk": "kan-niet", "words_gebarentolk": ""}, "Schrijf wat wel kan"),
        ("programma", {"programme": "13.30 |  | Carla"}, "Deze regel begrijpen we niet"),
        ("contact", {"contact_email": "carla"}, "Dit is geen e-mailadres"),
        ("inhoud", {"title": ""}, "Vul een titel in."),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk, draft, part, given, problem):
    answer = filled(desk, f"/team/bijeenkomsten/{draft.pk}/deel/{part}/", **given)
    assert answer.status_code == 200
    assert problem in text(answer)
    for value in given.values():
        assert lxml.html.tostring(lxml.html.fromstring(answer.content.decode()), encoding="unicode").count(value) >= 1
    assert Meeting.objects.get().version == draft.version


def test_a_meeting_over_midnight_and_over_the_change_of_the_clock(desk, draft):
    filled(
        desk,
        f"/team/bijeenkomsten/{draft.pk}/deel/tijd/",
        day="2027-10-30",
        begins="23.00",
        ends="4.00",
        end_day="2027-10-31",
    )
    found = Meeting.objects.get()
    assert found.ends_at - found.starts_at == timedelta(hours=6)
    page = desk.get(f"/team/bijeenkomsten/{draft.pk}/deel/tijd/").content.decode()
    assert re.search(r'name="end_day"[^>]*value="2027-10-31"|value="2027-10-31"[^>]*name="end_day"', page)


def test_who_saves_second_sees_it_and_saves_by_pressing_again(desk, draft, carla, now):
    address = f"/team/bijeenkomsten/{draft.pk}/deel/contact/"
    given = {"contact_name": "Carla twee", "contact_email": "c@voorbeeld.example", "contact_phone": "1", "seen": "1"}
    actions.save(draft, fields(summary="Anders"), seen=1, by=carla, now=now)
    answer = desk.post(address, given, **HERE)
    assert "Iemand anders bewaarde intussen iets" in text(answer)
    seen = re.search(r'name="seen" value="(\d+)"', answer.content.decode())[1]
    assert desk.post(address, {**given, "seen": seen}, **HERE).status_code == 302
    assert Meeting.objects.get().contact_name == "Carla twee"


def test_what_was_typed_comes_back_after_the_session_ended(client, carla, draft):
    address = f"/team/bijeenkomsten/{draft.pk}/deel/inhoud/"
    led = client.post(address, {"title": "Anders", "summary": "Nog niet bewaard.", "themes": ["thuis", "werk"]}, **HERE)
    sign_in(client, "carla@voorbeeld.example")
    back = re.search(r"ingevuld%3D([^&]+)", led["Location"])[1]
    body = client.get(f"{address}?ingevuld={back}").content.decode()
    assert "Nog niet bewaard." in body
    assert len(re.findall(r'name="themes"[^>]* checked', body)) == 2


def test_a_contact_organises_for_the_own_municipality_alone(client, bram, meeting, municipality, now):
    own, other = meeting("Van ons", municipality=municipality()), meeting("Van het team")
    sign_in(client, "bram@voorbeeld.example")
    page = text(client.get("/team/bijeenkomsten/"))
    assert "Van ons" in page
    assert "Van het team" not in page
    assert client.get(f"/team/bijeenkomsten/{own.pk}/").status_code == 200
    for path in ("", "deel/inhoud/", "publiceren/", "afzeggen/"):
        assert client.get(f"/team/bijeenkomsten/{other.pk}/{path}").status_code == 404
    made = filled(client, "/team/bijeenkomsten/nieuw/", title="Nog een", start="online")
    assert made.status_code == 302
    assert Meeting.objects.get(title="Nog een").municipality == municipality()


def test_cancelling_by_the_page_asks_why(desk, published):
    address = f"/team/bijeenkomsten/{published.pk}/afzeggen/"
    assert "Schrijf waarom. Lezers zien dit." in text(desk.post(address, {"reason": " "}, **HERE))
    assert filled(desk, address, reason="De zaal is dicht.").status_code == 302
    assert Meeting.objects.get().cancelled_reason == "De zaal is dicht."
    desk.post(f"/team/bijeenkomsten/{published.pk}/toch-door/", **HERE)
    assert Meeting.objects.get().cancelled_at is None


def test_a_recording_needs_captions_and_words(desk, published, at, now):
    at(published.ends_at + DAY)
    address = f"/team/bijeenkomsten/{published.pk}/deel/verslag/"
    answer = text(filled(desk, address, report="Goed.", recording_url="https://film.example/1"))
    assert "Zonder ondertiteling kan niet iedereen de opname volgen" in answer
    assert "Schrijf uit wat er gezegd is" in answer
    given = {"recording_url": "https://film.example/1", "recording_has_captions": "on", "transcript": "Welkom."}
    assert filled(desk, address, report="Goed.", **given).status_code == 302
    assert "met ondertiteling" in desk.get(published.get_absolute_url()).content.decode()


def test_the_team_sees_what_waits_today(desk, meeting, at, now):
    meeting("Oud", begins=now - 5 * DAY)
    meeting("Straks", begins=now + 5 * DAY, published_at=None)
    today = text(desk.get("/team/"))
    assert "Werk aan 1 bijeenkomst die je aandacht vraagt" in today
    assert "Schrijf het verslag van 1 bijeenkomst die geweest is" in today
    assert "Hier mist nog een verslag" in text(desk.get("/team/bijeenkomsten/"))


def test_the_desk_asks_the_same_number_of_queries_with_one_and_with_more(
    desk, meeting, now, django_assert_max_num_queries
):
    def make(number):
        meeting(f"concept {number}", published_at=None)
        meeting(f"komt {number}")
        meeting(f"was {number}", begins=now - 5 * DAY)

    def count():
        with django_assert_max_num_queries(100) as asked:
            desk.get("/team/bijeenkomsten/")
        return len(asked)

    make(1)
    before = count()
    for number in (2, 3, 4):
        make(number)
    assert count() == before
