"""Videos and captions that people send: what is taken, what is wiped out, and what is said of what is not."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meedoen.files import captions, films
from meedoen.files.refusing import NotTaken
from tests.files.samples import CAMERA, VTT, box, mp4


def test_a_video_keeps_its_pictures_in_their_place_and_tells_nothing_of_its_maker():
    sent = mp4(picture=b"beeld" * 1000)
    file = io.BytesIO(sent)
    assert films.cleaned(file) == films.Film(seconds=90, width=640, height=360)
    kept = file.read()
    assert len(kept) == len(sent)
    assert kept.find(b"beeld") == sent.find(b"beeld")
    for words in (CAMERA.encode(), b"+52.0907", b"udta", b"meta", b"uuid"):
        assert words in sent
        assert words not in kept
    assert films.cleaned(io.BytesIO(kept)) == films.Film(90, 640, 360)


def test_a_part_whose_length_stands_elsewhere_is_read():
    large = (1).to_bytes(4) + b"mdat" + (16 + 4000).to_bytes(8) + bytes(4000)
    to_the_end = bytes(4) + b"mdat" + bytes(4000)
    for part in (large, to_the_end):
        assert films.cleaned(io.BytesIO(mp4(mdat=part))).seconds == 90


REFUSED = {
    "nothing": (b"", "niet lezen"),
    "no mp4": (b"RIFF" + bytes(200), "niet lezen"),
    "half of it": (mp4()[:2000], "niet lezen"),
    "without an index": (mp4(moov=b""), "niet lezen"),
    "without pictures": (mp4(mdat=b""), "niet lezen"),
    "a mov": (mp4(brand=b"qt  "), "MOV"),
    "packed for an iphone": (mp4(packing=b"hvc1"), "H.264"),
    "sound alone": (mp4(packing=b"mp4a"), "H.264"),
    "a length that is too short": (mp4(extra=(4).to_bytes(4) + b"free"), "niet lezen"),
    "a length that is too long": (mp4(extra=(2**31).to_bytes(4) + b"free"), "niet lezen"),
    "an index of 17 MB": (mp4(moov=box(b"moov", bytes(17 * 1024 * 1024))), "niet lezen"),
    "boxes without end": (mp4(extra=box(b"free") * 10_001), "niet lezen"),
    "no size": (mp4(size=(0, 0)), "niet lezen"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_said_kindly(name):
    content, words = REFUSED[name]
    with pytest.raises(NotTaken, match=words):
        films.cleaned(io.BytesIO(content))


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 900), st.binary(min_size=1, max_size=8))
def test_a_video_broken_anywhere_is_taken_or_refused_kindly(at, bytes_):
    whole = mp4()
    file = io.BytesIO(whole[:at] + bytes_ + whole[at + len(bytes_) :])
    try:
        films.cleaned(file)
    except NotTaken:
        return
    assert len(file.getvalue()) == len(whole)


def test_captions_are_written_again_with_nothing_but_what_is_said():
    kept = captions.cleaned(VTT.encode())
    assert (kept.count, kept.seconds) == (2, 80)
    assert kept.content.decode() == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:04.500\n<v Ans>Welkom bij de <b>speeltuin</b>.\nalert(1)\n\n"
        "00:00:05.000 --> 00:01:20.000\n[vogels]\n"
    )
    assert captions.cleaned(kept.content).content == kept.content


def test_captions_of_another_program_are_taken_too():
    subrip = "1\r\n00:00:01,000 --> 00:00:02,000\r\nHoi\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nDag\r\n"
    assert captions.cleaned(subrip.encode()).count == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "geen ondertiteling die we kennen"),
        (b"Gewoon een tekst.", "geen ondertiteling die we kennen"),
        ("é -->".encode("cp1252"), "UTF-8"),
        (b"WEBVTT\n\n00:05.000 --> 00:04.000\nTerug", "In regel 3 .* klopt de tijd niet: 00:05.000 --> 00:04.000"),
        (b"WEBVTT\n\n1\n0:5 --> 0:7\nKort", "In regel 4 .* klopt de tijd niet"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\n\n", "geen woorden"),
        (b"x" * (1024 * 1024 + 1), "te groot"),
    ],
)
def test_captions_that_are_not_well_say_where(content, words):
    with pytest.raises(NotTaken, match=words):
        captions.cleaned(content)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("0123:.-> \n<vb/>WEBVTTé\r"))))
def test_any_text_is_captions_or_is_refused(text):
    try:
        kept = captions.cleaned(text.encode())
    except NotTaken:
        return
    assert captions.cleaned(kept.content) == kept
