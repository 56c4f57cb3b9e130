"""Videos in a text: nobody gets one without captions and transcript, and each browser gets it part by part."""

import pytest
from tests.files.samples import VTT, mp4
from tests.signed_in import HERE

from meedoen.files import limiting
from meedoen.files import rules as files
from meedoen.library.desk import actions as desk
from meedoen.library.desk.checking import gaps_of
from meedoen.library.inserts import actions, rules
from meedoen.library.inserts.views import videos
from meedoen.library.models import InsertFile
from meedoen.library.rules import Reading
from meedoen.library.takeaway import pdf, plain
from meedoen.library.takeaway.reading import document_of

from .conftest import sent
from .test_inserts_pages import main_of, published, text_of

TITLE = "Een rondje door de speeltuin"
SAID = "# Welkom\n\n**Ans:** Welkom bij de speeltuin.\n\nKinderen rijden met hun rolstoel op de draaimolen."


def film(**more):
    return sent(mp4(**more), "film.mp4")


def subtitles(text=VTT):
    return sent(text.encode(), "film.vtt")


def blocking(work) -> list[str]:
    return [gap.words for gap in gaps_of(work) if gap.blocks]


@pytest.fixture
def work(saved):
    return saved(body="Kijk:\n\n[video: rondje]\n\nMooi.")


def whole(work, carla, now, **more):
    """A video with all that it needs."""
    actions.add_video(work, film(), title=TITLE, wanted="rondje", by=carla, now=now)
    told = actions.told_video({"title": TITLE, "transcript": SAID, "sign_url": ""}) | more
    assert not actions.tell_video(work, "rondje", told, captions=subtitles(), sign=None, by=carla, now=now)


def test_add_a_video_hear_what_it_lacks_and_give_that(as_carla, work):
    here = f"/beheer/{work.pk}/"
    sends = {"title": TITLE, "file": film(), "name": "rondje"}
    response = as_carla.post(f"{here}video-erbij/", sends, **HERE, follow=True)
    assert response.redirect_chain == [(f"{here}video/rondje/?klaar=video", 302)]
    for words in (
        "De video heeft nog geen ondertiteling.",
        "Schrijf nog uit wat er in de video te horen en te zien is.",
    ):
        assert words in text_of(response)
    labels = {each.get("for"): each.text_content() for each in main_of(response).iterfind(".//label")}
    assert [labels[f"id_{name}"] for name in ("captions", "transcript", "sign")] == [
        "Ondertiteling",
        "Wat er te horen en te zien is",
        "Dezelfde video in gebarentaal (mag je leeg laten)",
    ]
    work.refresh_from_db()
    assert len(blocking(work)) == 2
    assert as_carla.get(f"{here}beelden/rondje/")["Location"] == f"{here}video/rondje/"
    response = as_carla.post(f"{here}video/rondje/", {"title": TITLE, "transcript": SAID}, **HERE, follow=True)
    assert response.redirect_chain == [(f"{here}video/rondje/?klaar=nog", 302)]
    sends = {"title": TITLE, "transcript": SAID, "captions": subtitles(), "sign": film(seconds=95)}
    response = as_carla.post(f"{here}video/rondje/", sends, **HERE, follow=True)
    assert response.redirect_chain == [(f"{here}beelden/?klaar=bewaard", 302)]
    work.refresh_from_db()
    assert blocking(work) == []
    assert sorted(InsertFile.objects.values_list("type", flat=True)) == ["mp4", "mp4", "vtt"]


def test_what_is_well_is_kept_when_captions_are_not(as_carla, work, carla, now):
    actions.add_video(work, film(), title=TITLE, wanted="rondje", by=carla, now=now)
    wrong = "WEBVTT\n\n00:05.000 --> 00:04.000\nTerug"
    sends = {"title": TITLE, "transcript": SAID, "captions": subtitles(wrong), "sign": sent(b"x" * 99, "film.mp4")}
    response = as_carla.post(f"/beheer/{work.pk}/video/rondje/", sends, **HERE)
    assert "In regel 3 van de ondertiteling klopt de tijd niet" in text_of(response)
    assert "Dit is geen video die we kennen" in text_of(response)
    assert SAID in main_of(response).find(".//textarea").text
    work.refresh_from_db()
    assert (work.content["inserts"][0]["transcript"], work.content["inserts"][0]["captions"]) == (SAID, "")


@pytest.mark.parametrize(
    ("sends", "words"),
    [
        (dict, "Kies een video, of vul in waar hij staat."),
        (
            lambda: {"file": film(), "url": "https://video.example/1"},
            "Kies een van de twee: een bestand of een adres.",
        ),
        (lambda: {"url": "geen adres"}, "Dit is geen adres van een website."),
        (lambda: {"file": sent(), "title": TITLE}, "Dit is geen video die we kennen."),
        (lambda: {"file": film(brand=b"qt  "), "title": TITLE}, "MOV"),
        (lambda: {"file": film(packing=b"hvc1"), "title": TITLE}, "meest compatibel"),
        (lambda: {"file": film()}, "Vul in hoe de video heet."),
    ],
    ids=["nothing", "both", "no address", "a photo", "a mov", "hevc", "no title"],
)
def test_what_is_not_taken_is_said_kindly(as_carla, work, sends, words):
    response = as_carla.post(f"/beheer/{work.pk}/video-erbij/", sends(), **HERE)
    assert words in text_of(response)
    assert not InsertFile.objects.exists()


def test_a_video_is_no_document(as_carla, work):
    sends = {"title": TITLE, "language": "nl", "file": film()}
    assert "Dit is een video." in text_of(as_carla.post(f"/beheer/{work.pk}/bestand-erbij/", sends, **HERE))


def test_a_video_that_is_too_large_costs_no_words(as_carla, work, carla, now, monkeypatch):
    monkeypatch.setattr(videos, "MAX_FILM_BYTES", 1000)
    response = as_carla.post(f"/beheer/{work.pk}/video-erbij/", {"title": TITLE, "file": film()}, **HERE)
    assert response.status_code == 413
    assert main_of(response).find('.//input[@name="title"]').get("value") == TITLE
    actions.add_video(work, None, title=TITLE, url="https://video.example/1", wanted="rondje", by=carla, now=now)
    sends = {"title": TITLE, "transcript": SAID, "sign": film()}
    response = as_carla.post(f"/beheer/{work.pk}/video/rondje/", sends, **HERE)
    assert response.status_code == 413
    work.refresh_from_db()
    assert work.content["inserts"][0]["transcript"] == SAID


def test_more_than_is_read_says_so(as_carla, work, carla, now):
    actions.add_video(work, None, title=TITLE, url="https://video.example/1", wanted="rondje", by=carla, now=now)
    for path in ("video-erbij/", "video/rondje/"):
        length = {"CONTENT_LENGTH": str(files.MAX_FILM_READ_BYTES + 1)}
        response = as_carla.post(f"/beheer/{work.pk}/{path}", {"title": TITLE}, **length, **HERE)
        assert (response.status_code, "Typ dat opnieuw" in text_of(response)) == (413, True)
    assert limiting.too_large_words(files.MAX_FILM_BYTES).startswith("Je bestand is te groot. Het mag 150 MB zijn.")


def test_readers_play_read_and_see_it_signed(client, work, carla, now):
    whole(work, carla, now, sign_url="https://www.gebaren.example/rondje")
    response = client.get(published(work, carla, now).get_absolute_url())
    player = main_of(response).find(".//video")
    assert dict(player.attrib) == {
        "controls": "", "preload": "none", "width": "640", "height": "360", "aria-label": TITLE,
    }  # fmt: skip
    track = player.find(".//track")
    assert (track.get("kind"), track.get("srclang"), track.get("default")) == ("captions", "nl", "")
    details = main_of(response).find(".//details")
    assert details.find("summary").text == f"Lees wat er in ‘{TITLE}’ te horen en te zien is"
    assert "Kinderen rijden met hun rolstoel" in details.text_content()
    assert details.xpath(".//*[starts-with(name(), 'h')]") == []  # it may stand under any heading
    assert f"‘{TITLE}’ in gebarentaal, op gebaren.example (andere site)" in text_of(response)
    captions = client.get(track.get("src"))
    assert (captions.status_code, captions["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert b"Bram" not in captions.content
    assert "media-src 'self'" in response["Content-Security-Policy"]


def test_its_words_go_along(work, carla, now):
    whole(work, carla, now)
    document = document_of(published(work, carla, now), Reading.PLAIN, terms=None)
    lines = plain.write(document).decode().split("\r\n")
    assert any(line.startswith(f"Video: {TITLE} (2 minuten, ") for line in lines)
    assert f"Dit is in ‘{TITLE}’ te horen en te zien:" in " ".join(lines)
    assert any("Ans: Welkom bij de speeltuin." in line for line in lines)
    assert pdf.write(document)


def test_a_browser_gets_the_part_that_it_asks(client, work, carla, now):
    whole(work, carla, now)
    published(work, carla, now)
    file = InsertFile.objects.get(type="mp4")
    address = f"/bij-tekst/{file.key}/"

    def part(asked, **more):
        response = client.get(address, headers={"range": asked, **more})
        content = b"".join(response.streaming_content) if response.streaming else response.content
        return response.status_code, response.get("Content-Range"), len(content)

    everything = client.get(address)
    size = file.byte_count
    assert (everything.status_code, everything["Content-Length"], everything["Accept-Ranges"]) == (
        200,
        str(size),
        "bytes",
    )
    assert (everything["Content-Type"], len(b"".join(everything.streaming_content))) == ("video/mp4", size)
    assert part("bytes=0-99") == (206, f"bytes 0-99/{size}", 100)
    assert part("bytes=100-") == (206, f"bytes 100-{size - 1}/{size}", size - 100)
    assert part("bytes=-10") == (206, f"bytes {size - 10}-{size - 1}/{size}", 10)
    assert part(f"bytes=0-{size * 2}") == (206, f"bytes 0-{size - 1}/{size}", size)
    assert part("bytes=0-1", **{"if-range": '"iets anders"'}) == (200, None, size)
    for asked in (f"bytes={size}-", "bytes=9-2", "bytes=-0", "bytes=-"):
        assert part(asked) == (416, f"bytes */{size}", 0)
    for asked in ("bytes=0-1,3-4", "regels=0-1", "bytes=a-b"):
        assert part(asked) == (200, None, size)
    assert client.get(address, headers={"if-none-match": everything["ETag"]}).status_code == 304


def test_a_video_of_a_draft_is_for_its_editors(client, work, carla, now):
    whole(work, carla, now)
    for key in InsertFile.objects.values_list("key", flat=True):
        assert client.get(f"/bij-tekst/{key}/").status_code == 404


def test_a_link_says_where_it_goes_and_needs_captions_and_transcript_too(client, work, carla, now):
    url = "https://www.video.example/1"
    actions.add_video(work, None, title=TITLE, url=url, wanted="rondje", by=carla, now=now)
    assert len(blocking(work)) == 2
    told = actions.told_video({"title": TITLE, "transcript": SAID, "sign_url": "", "is_captioned": True})
    actions.tell_video(work, "rondje", told, captions=None, sign=None, by=carla, now=now)
    assert blocking(work) == []
    response = client.get(published(work, carla, now).get_absolute_url())
    link = main_of(response).xpath(f'.//a[@href="{url}"]')[0]
    assert link.text_content() == f"Bekijk de video: {TITLE} (op video.example) (andere site)"
    for tag in ("iframe", "embed", "object", "video"):
        assert main_of(response).find(f".//{tag}") is None


def test_captions_that_stop_early_are_told(work, carla, now):
    actions.add_video(work, film(seconds=600), title=TITLE, wanted="rondje", by=carla, now=now)
    told = actions.told_video({"title": TITLE, "transcript": SAID, "sign_url": ""})
    actions.tell_video(work, "rondje", told, captions=subtitles(), sign=None, by=carla, now=now)
    assert ["stopt vroeg" in gap.words for gap in gaps_of(work) if gap.insert] == [True]


def test_a_version_keeps_the_captions_that_it_had(work, carla, now):
    whole(work, carla, now)
    first = InsertFile.objects.get(type="vtt")
    told = actions.told_video({"title": TITLE, "transcript": SAID, "sign_url": ""})
    other = subtitles("WEBVTT\n\n00:00.000 --> 01:20.000\nAnders")
    actions.tell_video(work, "rondje", told, captions=other, sign=None, by=carla, now=now)
    first.refresh_from_db()
    assert first.removed_at == now
    actions.erase_old(now=now + rules.KEEP_UNNAMED)
    assert InsertFile.objects.filter(pk=first.pk).exists()
    version = next(
        each
        for each in work.versions.all()
        if each.content["inserts"] and each.content["inserts"][0]["captions"] == first.key
    )
    desk.restore(work, version, by=carla, now=now)
    first.refresh_from_db()
    assert first.removed_at is None
