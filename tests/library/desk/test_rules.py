"""Who may do what at the desk, and where readers are led."""

import pytest

from meedoen.library.desk import rules
from meedoen.library.desk.comparing import changes, compared, merged
from meedoen.library.desk.reading import editor_of
from meedoen.library.desk.rules import Editor
from meedoen.library.models import Work
from meedoen.library.rules import Kind

TEAM = Editor(1, is_team=True)
CONTACT = Editor(2, is_team=False, municipalities=frozenset({7}))
NOBODY = Editor(3, is_team=False)


@pytest.mark.parametrize(
    ("editor", "municipality", "may"),
    [(TEAM, None, True), (TEAM, 7, True), (CONTACT, 7, True), (CONTACT, 8, False), (CONTACT, None, False), (NOBODY, 7, False)],
)  # fmt: skip
def test_who_may_edit(editor, municipality, may):
    assert rules.may_edit(editor, Work(municipality_id=municipality)) is may


def test_who_publishes_and_begins_what():
    assert [rules.may_publish(each) for each in (TEAM, CONTACT, NOBODY)] == [True, False, False]
    assert rules.kinds_for(TEAM) == tuple(Kind)
    assert rules.kinds_for(CONTACT) == (Kind.PRACTICE, Kind.NEWS, Kind.TOOL)
    assert rules.kinds_for(NOBODY) == ()


@pytest.mark.django_db
def test_the_rule_and_its_twin_agree(saved, carla, bram, fatima, person, utrecht):
    works = [saved(), saved(municipality=utrecht)]
    for somebody in (carla, bram, fatima, person("Elif")):
        editor = editor_of(somebody)
        assert set(Work.objects.edited_by(editor)) == {work for work in works if rules.may_edit(editor, work)}
    assert list(Work.objects.edited_by(editor_of(bram))) == [works[1]]


@pytest.mark.parametrize(
    ("start", "to", "leads", "circle"),
    [(1, 2, {}, False), (1, 1, {}, True), (1, 2, {2: 1}, True), (1, 2, {2: 3, 3: 1}, True), (1, 2, {2: 3}, False), (1, 2, {2: 3, 3: 2}, True)],
)  # fmt: skip
def test_nobody_is_led_in_a_circle(start, to, leads, circle):
    assert rules.leads_round(start, to, leads) is circle


EASY = {"easy_body": "Kort.", "body": "Lang."}


@pytest.mark.parametrize(
    ("after", "lagged", "is_right", "lags"),
    [
        ({**EASY, "body": "Anders."}, False, False, True),
        ({**EASY, "body": "Anders."}, False, True, False),
        ({**EASY, "body": "Anders.", "easy_body": "Ook anders."}, False, False, False),
        ({**EASY, "owner": "Het team"}, False, False, False),
        ({**EASY, "owner": "Het team"}, True, False, True),
        ({"body": "Anders."}, True, False, False),
    ],
)
def test_the_easy_version_lags_when_only_the_original_changed(after, lagged, is_right, lags):
    assert rules.easy_lags(EASY, after, lagged=lagged, is_right=is_right) is lags


def test_a_comparison_tells_which_words_went_and_came():
    parts = compared("De raad beslist in mei.\n\nDaarna niet.", "De raad beslist in juni.\n\nDaarna niet.")
    assert [(part.op, part.text) for part in parts] == [
        ("same", "De raad beslist in "),
        ("gone", "mei."),
        ("came", "juni."),
        ("same", "\n"),
        ("same", "\nDaarna niet.\n"),
    ]
    (change,) = changes({"body": "een twee"}, {"body": "een drie vier"}, {"body": ("een twee", "een drie vier")})
    assert (change.field, change.came, change.gone) == ("body", 2, 1)


def test_a_long_text_that_stayed_is_cut_out_of_the_comparison():
    words = " ".join(f"woord{number}" for number in range(200))
    parts = compared(f"{words} oud", f"{words} nieuw")
    assert any(part.is_cut for part in parts)
    assert "woord199" in "".join(part.text for part in parts)
    assert "woord100" not in "".join(part.text for part in parts)


def test_two_peoples_changes_are_put_together():
    base = {"title": "a", "body": "b", "summary": "c"}
    mine = {"title": "mijn", "body": "mijn", "summary": "c"}
    theirs = {"title": "a", "body": "ander", "summary": "ander"}
    result = merged(base, mine, theirs)
    assert result.content == {"title": "mijn", "body": "mijn", "summary": "ander"}
    assert (result.theirs, result.both) == (("summary",), ("body",))
    assert merged(None, mine, theirs).both == ("title", "body", "summary")
