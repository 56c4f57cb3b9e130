"""The page of a meeting weighs little over the line, also when everything is told."""

import re
from datetime import time, timedelta
from itertools import cycle, islice
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

import meedoen.library
from meedoen.meetings.models import Change, Meeting, ProgrammeItem, Provision, Series
from meedoen.meetings.rules import needs_of
from meedoen.pages.kept import store
from meedoen.themes.models import Theme

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at")]
GUIDES = Path(meedoen.library.__file__).parent / "data" / "guides"
BODY, REPORT = 4_000, 6_000  # characters: an invitation of six minutes of reading, and a report of ten
PARTS = 14  # of a programme of a day
ANSWERS = ("route", "public_transport", "parking", "entrance", "toilet", "quiet_room", "assistance_dogs", "companion",
           "online_by_phone", "online_test")  # fmt: skip


def told(guide):
    """The text of a guide: words that people wrote, and that do not repeat themselves."""
    return (GUIDES / f"{guide}.md").read_text(encoding="utf-8").rpartition("---\n")[2]


def sentences():
    """Sentences of two hundred characters at most, each of them once."""
    text = re.sub(
        r"[#*>\[\]]|\([^)]*\)", "", told("werken-met-ervaringsdeskundigen") + told("lokale-inclusie-agenda-in-stappen")
    )
    return (each.strip()[:200] for each in re.split(r"(?<=[.?])\s+|\n+", text) if len(each.strip()) > 30)


@pytest.fixture
def full(meeting, municipality, now):
    """A meeting of a day, in a room and online, of which all is told at length."""
    said = cycle(list(sentences()))

    def few(count):
        return " ".join(islice(said, count))

    series = Series.objects.create(slug="reeks", title=few(1)[:120], summary=few(1))
    found = meeting(
        few(1)[:120], form="beide", slug="vol", series=series, municipality=municipality(), organiser=few(1),
        summary=few(2)[:300], body=told("bijeenkomst-waar-iedereen-bij-kan-zijn")[:BODY], for_whom=few(1), breaks=few(1),
        place_name=few(1)[:80], place_address="Dorpsstraat 1, 3511 AA", place_municipality=municipality("Zwolle"),
        room_places=80, online_places=300, costs=few(1), expert_pay="ja", expert_pay_words=few(1), expert_travel="ja",
        expert_travel_words=few(1), contact_phone="030 1234567", takes_questions=True, uncertain=few(1),
        needs_close_on=(now + timedelta(days=3)).date(), **{name: few(3) for name in ANSWERS},
    )  # fmt: skip
    found.themes.set(Theme.objects.all()[:4])
    for number, need in enumerate(needs_of("beide")):
        state = ("geregeld", "op-verzoek", "kan-niet")[number % 3]
        Provision.objects.create(meeting=found, need=need, state=state, words=few(1))
    ProgrammeItem.objects.bulk_create(
        ProgrammeItem(
            meeting=found, position=number, time=time(9 + number // 2), title=few(1)[:120], speakers=few(1)[:120]
        )
        for number in range(PARTS)
    )
    for hours in range(3):
        Change.objects.create(meeting=found, at=now - timedelta(hours=hours), words=few(1))
    return found


def weight(client, found):
    store.clear()
    page = client.get(found.get_absolute_url(), headers={"accept-encoding": "br"})
    assert page["Content-Encoding"] == "br"
    styles = [Path(str(finders.find(f"ui/{name}.css"))).read_bytes() for name in ("further", "meedoen")]
    text = brotli.decompress(page.content).decode()
    return len(page.content) + sum(len(brotli.compress(each)) for each in styles), text


def test_a_meeting_that_tells_all_weighs_less_than_20_kb(client, full):
    size, text = weight(client, full)
    assert full.programme.last().speakers in text
    assert size < 20_000


def test_a_meeting_with_its_report_weighs_less_than_20_kb(client, full, at):
    Meeting.objects.update(
        report=told("goed-veilig-en-digitaal-vieren")[:REPORT],
        decided=told("waarom-het-vn-verdrag-over-jouw-gemeente-gaat")[:1_000],
    )
    at(full.ends_at + timedelta(days=7))
    size, text = weight(client, full)
    assert "Zo kon iedereen meedoen" in text
    assert size < 20_000
