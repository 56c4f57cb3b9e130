"""The pages on which inserts are added and told of, what readers meet, and who gets a file."""

import datetime
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser
from PIL import Image
from tests.files import samples
from tests.files.test_taking import bomb
from tests.signed_in import HERE, newest_code, sign_in, type_code

from meedoen.files.renditions import cut
from meedoen.files.rules import MAX_BYTES, MAX_READ_BYTES
from meedoen.library.desk import actions as desk
from meedoen.library.inserts import actions
from meedoen.library.models import InsertFile, Work

from .conftest import TOLD, bytes_of, sent

DAY = datetime.timedelta(days=1)


def main_of(response):
    return parser.fromstring(response.content).find(".//main")


def text_of(response) -> str:
    return " ".join(main_of(response).text_content().split())


def published(work, carla, now):
    work.refresh_from_db()
    return desk.publish(work, number=work.number, by=carla, now=now)


def test_add_a_picture_tell_of_it_place_it_and_take_it_away(as_carla, saved):
    work = saved(body="Kijk maar.")
    here = f"/beheer/{work.pk}/"
    assert "Voeg beelden en bestanden toe" in text_of(as_carla.get(here))
    response = as_carla.post(f"{here}beeld-erbij/", {**TOLD, "file": sent(), "name": "Helling"}, **HERE, follow=True)
    assert response.redirect_chain == [(f"{here}beelden/?klaar=erbij", 302)]
    assert "Beeld: Een helling van hout voor de deur" in text_of(response)
    assert main_of(response).find('.//input[@id="helling-regel"]').get("value") == "[beeld: helling]"
    response = as_carla.post(f"{here}beelden/helling/plaatsen/", {"tekst": "body"}, follow=True)
    assert "Staat in: Tekst." in text_of(response)
    work.refresh_from_db()
    assert work.content["body"] == "Kijk maar.\n\n[beeld: helling]"
    told = {**TOLD, "description": "Een brede helling", "focus": "links"}
    assert "Bewaard" in text_of(as_carla.post(f"{here}beelden/helling/", told, follow=True))
    assert "Een brede helling" in as_carla.get(f"{here}voorbeeld/").content.decode()
    assert "De regel staat nog in de tekst" in text_of(as_carla.get(f"{here}beelden/helling/weghalen/"))
    as_carla.post(f"{here}beelden/helling/weghalen/")
    assert "noemt ‘helling’. Dat beeld of bestand is er niet" in text_of(as_carla.get(here))
    assert as_carla.get(f"{here}beelden/helling/").status_code == 404


def test_a_picture_that_is_well_is_kept_when_its_description_is_not(as_carla, saved):
    work = saved()
    sends = {"described": "written", "description": "", "caption": "Zo kan het", "focus": "boven", "name": "deur"}
    response = as_carla.post(f"/beheer/{work.pk}/beeld-erbij/", {**sends, "file": sent()}, **HERE)
    assert "De foto is bewaard" in text_of(response)
    form = main_of(response).find(".//form")
    assert form.get("action") == f"/beheer/{work.pk}/beelden/deur/"
    assert form.find('.//input[@name="caption"]').get("value") == "Zo kan het"
    assert "Schrijf op wat er op de foto staat." in text_of(response)


UNTAKEN = {
    "an svg with script": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "geen foto"),
    "a zip bomb named docx": (samples.package({"a": b"\0" * 10_000_000}), "geen foto"),
    "a photo of an iphone": (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "HEIC"),
    "a bomb": (bomb(), "niet lezen"),
    "fifty megapixels that are no photo": (samples.picture("PNG", size=(8660, 5774), exif=False), "25 miljoen punten"),
    "half a photo": (samples.picture(exif=False)[:300], "niet lezen"),
    "nothing": (b"", "geen foto"),
}


@pytest.mark.parametrize("name", UNTAKEN)
def test_what_cannot_be_taken_is_said_kindly_and_nothing_typed_is_lost(as_carla, saved, name):
    content, words = UNTAKEN[name]
    work = saved()
    response = as_carla.post(f"/beheer/{work.pk}/beeld-erbij/", {**TOLD, "file": sent(content)}, **HERE)
    assert words in text_of(response)
    assert "Een helling van hout voor de deur" in text_of(response)
    assert main_of(response).find('.//input[@name="credit"]').get("value") == "Ans"
    assert not InsertFile.objects.exists()


def test_a_photo_of_fifty_megapixels_is_made_small(as_carla, saved):
    work = saved()
    content = samples.picture(size=(8660, 5774), exif=False)
    as_carla.post(f"/beheer/{work.pk}/beeld-erbij/", {**TOLD, "file": sent(content)}, **HERE)
    file = InsertFile.objects.get()
    assert (file.width, file.widths) == (1600, [480, 800, 1200, 1600])
    assert file.byte_count < 500_000


def test_of_a_file_that_is_too_large_what_was_typed_stays(as_carla, saved):
    work = saved()
    large = sent(b"\xff\xd8\xff" + bytes(MAX_BYTES))
    response = as_carla.post(f"/beheer/{work.pk}/beeld-erbij/", {**TOLD, "file": large}, **HERE)
    assert response.status_code == 413
    assert "Het mag 10 MB zijn" in text_of(response)
    assert "Een helling van hout voor de deur" in text_of(response)


def test_two_hundred_megabytes_are_not_read(as_carla, saved):
    work = saved()
    response = as_carla.post(f"/beheer/{work.pk}/beeld-erbij/", TOLD, CONTENT_LENGTH=str(MAX_READ_BYTES + 1), **HERE)
    assert response.status_code == 413
    assert "Je bestand is te groot" in text_of(response)
    assert "Wat je op deze bladzijde typte, niet. Typ dat opnieuw." in text_of(response)


def test_whose_session_ended_finds_their_words_again(client, saved, carla):
    work = saved()
    here = f"/beheer/{work.pk}/beeld-erbij/"
    response = client.post(here, {**TOLD, "file": sent()}, **HERE)
    assert response["Location"].startswith("/inloggen/?next=")
    client.post(response["Location"], {"email": "carla@voorbeeld.example"}, **HERE)
    response = client.get(type_code(client, newest_code())["Location"])
    assert "Een helling van hout voor de deur" in text_of(response)


def test_only_its_editors_come_here(client, pictured, bram, utrecht, now):
    work = pictured()
    paths = ("beelden/", "beeld-erbij/", "beelden/helling/", "beelden/helling/weghalen/")
    for path in paths:
        assert client.get(f"/beheer/{work.pk}/{path}").status_code == 302
    sign_in(client, "bram@voorbeeld.example")
    for path in paths:
        assert client.get(f"/beheer/{work.pk}/{path}").status_code == 404
    assert client.post(f"/beheer/{work.pk}/beelden/helling/weghalen/").status_code == 404
    assert client.post(f"/beheer/{work.pk}/beeld-erbij/", {**TOLD, "file": sent()}, **HERE).status_code == 404
    Work.objects.filter(pk=work.pk).update(municipality=utrecht)
    for path in paths:
        assert client.get(f"/beheer/{work.pk}/{path}").status_code == 200


def test_a_post_from_another_site_is_refused(as_carla, saved):
    work = saved()
    response = as_carla.post(
        f"/beheer/{work.pk}/beeld-erbij/", {**TOLD, "file": sent()}, HTTP_SEC_FETCH_SITE="cross-site"
    )
    assert (response.status_code, InsertFile.objects.exists()) == (403, False)


@pytest.mark.parametrize("kind", ["nieuws", "handreiking", "praktijkvoorbeeld", "hulpmiddel"])
def test_readers_see_hear_and_share_it_in_each_kind_of_text(client, pictured, carla, now, kind):
    work = pictured(kind=kind, url="https://vng.nl" if kind == "hulpmiddel" else "", cost="[beeld: helling]")
    article = published(work, carla, now)
    response = client.get(article.get_absolute_url())
    image = main_of(response).find(".//figure//img")
    assert (image.get("alt"), image.get("width"), image.get("height"), image.get("loading")) == (
        TOLD["description"], "750", "1000", "eager",
    )  # fmt: skip
    assert len(main_of(response).findall(".//figure")) == (2 if kind == "praktijkvoorbeeld" else 1)
    assert "[beeld" not in text_of(response)
    addresses = [
        image.get("src"),
        *(each.split()[0] for each in main_of(response).find(".//source").get("srcset").split(", ")),
    ]
    sizes = []
    for address in addresses:
        got = client.get(address)
        assert (got.status_code, got["Cache-Control"], got["X-Content-Type-Options"]) == (
            200,
            "public, no-cache",
            "nosniff",
        )
        with Image.open(bytes_of(got)) as opened:
            sizes.append((opened.format, opened.size))
            assert not opened.getexif()
    assert sizes == [("JPEG", (360, 480)), ("WEBP", (480, 640)), ("WEBP", (750, 1000))]
    shared = parser.fromstring(response.content).xpath('//meta[@property="og:image"]/@content')[0]
    with Image.open(
        bytes_of(client.get(shared.removeprefix("http://testserver").replace("https://voorbeeld.example", "")))
    ) as opened:
        assert (opened.format, opened.size) == ("JPEG", (1200, 630))


def test_what_has_to_stay_in_sight_stays_when_it_is_cut():
    tall = Image.new("RGB", (300, 900), "white")
    tall.paste("red", (0, 0, 300, 200))
    written = io.BytesIO()
    tall.save(written, "PNG")
    for focus, colour in (((0.5, 0.0), (255, 0, 0)), ((0.5, 1.0), (255, 255, 255))):
        with Image.open(io.BytesIO(cut(written.getvalue(), (1200, 630), focus))) as opened:
            found = opened.getpixel((600, 100))
            assert all(abs(a - b) < 12 for a, b in zip(found, colour, strict=True))


def test_who_may_see_a_file_is_who_may_read_its_text(client, pictured, carla, bram, utrecht, now, monkeypatch):
    """A draft is for its editors and who has the link; what is on the site for all; what was taken down again not."""
    work = pictured()
    key = InsertFile.objects.get().key
    paths = [f"/bij-tekst/{key}/{form}" for form in ("", "klein/", "480/", "delen/midden/")]

    def answers(**query):
        return {client.get(path, query).status_code for path in paths}

    assert answers() == {404}
    desk.make_link(work, now=now)
    work.refresh_from_db()
    assert answers(link=work.link_key) == {200}
    assert answers(link="x") == {404}
    preview = client.get(f"/beheer/voorbeeld/{work.link_key}/")
    assert client.get(main_of(preview).find(".//figure//img").get("src")).status_code == 200
    sign_in(client, "bram@voorbeeld.example")
    assert answers() == {404}
    Work.objects.filter(pk=work.pk).update(municipality=utrecht)
    assert answers() == {200}
    assert client.get(paths[0])["Cache-Control"] == "private, no-cache"
    client.logout()
    work.refresh_from_db()
    desk.publish(work, number=work.number, by=carla, now=now)
    assert answers() == {200}
    work.refresh_from_db()
    desk.withdraw(work, reason="Klopt niet meer", to=None, by=carla, now=now)
    assert answers() == {404}
    desk.put_back(work, now=now)
    work.refresh_from_db()
    work = desk.save(work, {**work.content, "body": "Zonder."}, base=work.number, by=carla, now=now)
    assert answers() == {200}
    desk.publish(work, number=work.number, by=carla, now=now)
    assert answers() == {404}


def test_a_planned_text_shows_its_picture_when_its_moment_comes(client, pictured, carla, now):
    work = pictured()
    desk.plan(work, number=work.number, at=now + DAY, by=carla, now=now)
    work.refresh_from_db()
    actions.take_away(work, "helling", by=carla, now=now)
    desk.publish_due(now=now + DAY)
    work.refresh_from_db()
    assert [each["name"] for each in work.article.inserts] == ["helling"]


@pytest.mark.parametrize("path", ["800/", "abc/", "0/", "delen/scheef/", f"{9 * 10**20}/"])
def test_another_form_of_it_does_not_exist(client, pictured, carla, now, path):
    published(pictured(), carla, now)
    assert client.get(f"/bij-tekst/{InsertFile.objects.get().key}/{path}").status_code == 404


def test_a_page_asks_as_much_with_one_as_with_three(client, pictured, carla, now):
    def count(article):
        client.get(article.get_absolute_url())  # what a process asks once
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{article.get_absolute_url()}?taal=gewoon").status_code == 200
        return len(queries)

    one = published(pictured(title="Een"), carla, now)
    work = pictured(title="Drie")
    for number in (1, 2):
        actions.add_picture(work, sent(sent().read() + b" " * number), TOLD, by=carla, now=now)
    lines = "\n".join(f"[beeld: {each['name']}]" for each in work.content["inserts"])
    work = desk.save(work, {**work.content, "body": lines}, base=work.number, by=carla, now=now)
    three = published(work, carla, now)
    assert len(three.inserts) == 3
    assert count(one) == count(three)


def test_versions_are_compared_in_words(as_carla, pictured, carla, now):
    work = pictured()
    actions.tell(work, "helling", {"description": "Een brede helling"}, by=carla, now=now)
    response = as_carla.get(f"/beheer/{work.pk}/versies/vergelijken/?van=3&naar=4")
    assert "Beelden en bestanden" in text_of(response)
    assert "brede" in text_of(response)
    assert InsertFile.objects.get().key not in text_of(response)
