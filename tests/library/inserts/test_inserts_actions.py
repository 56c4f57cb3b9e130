"""What happens to a text and its files when something is added, told otherwise, taken away, published and forgotten."""

import datetime

import pytest
from django.core.files.storage import default_storage

from meedoen.library.desk import actions as desk
from meedoen.library.desk.checking import gaps_of
from meedoen.library.inserts import actions, rules
from meedoen.library.models import InsertFile

from .conftest import TOLD, sent

DAY = datetime.timedelta(days=1)


def blocking(work) -> list[str]:
    return [gap.words for gap in gaps_of(work) if gap.blocks]


def test_a_picture_belongs_to_the_text_and_its_versions(saved, carla, now):
    work = saved()
    insert = actions.add_picture(work, sent(), TOLD, wanted="De helling", by=carla, now=now)
    work.refresh_from_db()
    file = InsertFile.objects.get()
    assert work.content["inserts"] == [insert]
    assert insert == {
        **TOLD, "kind": "beeld", "name": "de-helling", "key": file.key, "type": "jpg", "width": 750, "height": 1000,
        "widths": [480, 750], "small": [360, 480],
    }  # fmt: skip
    assert (work.number, work.versions.first().content["inserts"]) == (2, [insert])
    assert all(default_storage.exists(name) for name in file.names)


def test_the_same_picture_is_added_once(saved, carla, now):
    work = saved()
    actions.add_picture(work, sent(), TOLD, wanted="helling", by=carla, now=now)
    with pytest.raises(actions.CannotAdd, match="helling"):
        actions.add_picture(work, sent(), TOLD, by=carla, now=now)
    actions.take_away(work, "helling", by=carla, now=now)
    again = actions.add_picture(work, sent(), {}, by=carla, now=now)
    assert (again["name"], InsertFile.objects.get().removed_at) == ("beeld-1", None)


def test_who_writes_meanwhile_loses_nothing_and_chooses_nothing(saved, full, carla, now):
    work = saved()
    actions.add_picture(work, sent(), TOLD, wanted="helling", by=carla, now=now)
    assert not desk.is_behind(work, 1)
    work = desk.save(work, full(municipalities=[], body="Nieuw.\n\n[beeld: helling]"), base=1, by=carla, now=now)
    assert (work.content["body"], [each["name"] for each in work.content["inserts"]]) == (
        "Nieuw.\n\n[beeld: helling]",
        ["helling"],
    )
    with pytest.raises(desk.ChangedMeanwhile):
        desk.save(work, full(municipalities=[], body="Anders."), base=1, by=carla, now=now)


@pytest.mark.parametrize(
    ("text", "told", "words"),
    [
        ("[beeld: helling]", TOLD, []),
        ("[beeld: helling]", {**TOLD, "described": "decorative", "description": ""}, []),
        ("[beeld: helling]", {}, ["Zeg wat er op ‘helling’ staat, of dat het versiering is."]),
        ("Tekst.", {}, []),
        ("[beeld: deur]", TOLD, ["De tekst noemt ‘deur’. Dat beeld of bestand is er niet."]),
        ("Kijk [beeld: helling].", TOLD, ["Zet ‘helling’ op een eigen regel in de tekst."]),
    ],
)
def test_what_a_reader_would_miss_blocks(pictured, text, told, words):
    assert blocking(pictured(text, told=told)) == words


def test_a_picture_that_stands_nowhere_is_only_told(pictured):
    gap = next(gap for gap in gaps_of(pictured("Tekst.")) if gap.insert)
    assert (gap.words, gap.blocks) == ("‘helling’ staat nog niet in de tekst.", False)


def test_a_paragraph_for_a_proposal_has_no_place_for_it(pictured, carla, now):
    work = pictured()
    work = desk.save(work, {**work.content, "proposal": "[beeld: helling]"}, base=work.number, by=carla, now=now)
    assert blocking(work) == ["In deze tekst kan ‘helling’ niet staan. Haal de regel weg."]


def test_readers_get_what_is_in_the_text_and_nothing_else(pictured, carla, now):
    work = pictured()
    actions.add_picture(work, sent(b"".join([sent().read(), b" "])), TOLD, wanted="deur", by=carla, now=now)
    article = desk.publish(work, number=work.number, by=carla, now=now)
    assert [each["name"] for each in article.inserts] == ["helling"]
    actions.tell(work, "helling", {"description": "Iets anders"}, by=carla, now=now)
    article.refresh_from_db()
    assert article.inserts[0]["description"] == TOLD["description"]


def test_a_text_that_goes_back_has_its_picture_back(pictured, carla, now):
    work = pictured()
    first = work.versions.first()
    actions.take_away(work, "helling", by=carla, now=now)
    assert InsertFile.objects.get().removed_at == now
    work = desk.restore(work, first, by=carla, now=now)
    assert ([each["name"] for each in work.content["inserts"]], InsertFile.objects.get().removed_at) == (
        ["helling"],
        None,
    )


def test_a_file_stays_as_long_as_a_version_or_a_reader_has_it(pictured, carla, now, django_capture_on_commit_callbacks):
    work = pictured()
    desk.publish(work, number=work.number, by=carla, now=now)
    work.refresh_from_db()
    actions.take_away(work, "helling", by=carla, now=now)
    file = InsertFile.objects.get()
    actions.erase_old(now=now + rules.KEEP_UNNAMED)
    assert InsertFile.objects.filter(pk=file.pk).exists()
    article = work.article
    work.versions.all().delete()
    actions.erase_old(now=now + rules.KEEP_UNNAMED)
    assert InsertFile.objects.filter(pk=file.pk).exists()  # readers have it
    article.inserts = []
    article.save()
    actions.erase_old(now=now + rules.KEEP_UNNAMED - DAY)
    assert InsertFile.objects.filter(pk=file.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_old(now=now + rules.KEEP_UNNAMED)
    assert not InsertFile.objects.exists()
    assert not any(default_storage.exists(name) for name in file.names)


def test_with_a_text_that_is_erased_its_files_go(pictured, carla, now, django_capture_on_commit_callbacks):
    work = pictured()
    file = InsertFile.objects.get()
    work.delete()
    with django_capture_on_commit_callbacks(execute=True):
        actions.erase_old(now=now)
    assert not default_storage.exists(file.name)


def test_its_line_comes_at_the_end_of_what_somebody_is_typing(pictured, carla, bram, now):
    work = pictured("Eerst.")
    assert not actions.place(work, "helling", "body", by=carla, now=now)
    work.refresh_from_db()
    assert work.content["body"] == "Eerst.\n\n[beeld: helling]"
    typed = {"key": "", "seen": "", "tab": "", "base": work.number, "now": now}
    desk.keep_typing(work, {"body": "Bram typt."}, by=bram, **typed)
    mine = desk.keep_typing(work, {"body": "Carla typt."}, by=carla, **typed).typing
    assert actions.place(work, "helling", "body", by=carla, now=now)
    mine.refresh_from_db()
    work.refresh_from_db()
    assert mine.fields["body"] == "Carla typt.\n\n[beeld: helling]"
    assert work.content["body"] == "Eerst.\n\n[beeld: helling]"


def test_there_is_an_end_to_it(saved, carla, now, monkeypatch):
    monkeypatch.setattr(rules, "MAX_INSERTS", 1)
    work = saved()
    actions.add_picture(work, sent(), TOLD, wanted="helling", by=carla, now=now)
    with pytest.raises(actions.CannotAdd, match="Er passen 1"):
        actions.add_picture(work, sent(sent().read() + b" "), TOLD, by=carla, now=now)
