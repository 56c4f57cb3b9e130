"""Who may look, what a mail may tell, and how long something may be kept."""

import pytest
from tests.people.vault.conftest import DAY, MINUTE, NOW

from meedoen.people.vault import rules
from meedoen.people.vault.rules import Purpose, Reason


@pytest.mark.parametrize(
    ("is_team", "kept_for", "looks_for", "reason", "may"),
    [
        (True, Purpose.MEETING, Purpose.MEETING, Reason.ARRANGE, True),
        (True, Purpose.MEETING, Purpose.MEETING, Reason.FOLLOW_UP, True),
        (True, Purpose.COUPLING, Purpose.COUPLING, Reason.ARRANGE, True),
        (True, Purpose.COUPLING, Purpose.COUPLING, Reason.LETTER, True),
        (True, Purpose.MEETING, Purpose.COUPLING, Reason.ARRANGE, False),
        (True, Purpose.COUPLING, Purpose.MEETING, Reason.ARRANGE, False),
        (False, Purpose.MEETING, Purpose.MEETING, Reason.ARRANGE, False),
    ],
)
def test_who_may_look(is_team, kept_for, looks_for, reason, may):
    assert rules.may_look(is_team=is_team, kept_for=kept_for, looks_for=looks_for, reason=reason) is may


@pytest.mark.parametrize(
    ("kept_for", "looks_for", "may"),
    [
        (Purpose.MEETING, Purpose.MEETING, True),
        (Purpose.COUPLING, Purpose.COUPLING, True),
        (Purpose.MEETING, Purpose.COUPLING, False),
    ],
)
def test_what_a_mail_may_tell(kept_for, looks_for, may):
    assert rules.may_be_told(kept_for=kept_for, looks_for=looks_for) is may


@pytest.mark.parametrize(
    ("wait", "is_fit"), [(-DAY, False), (0 * DAY, False), (MINUTE, True), (400 * DAY, True), (401 * DAY, False)]
)
def test_an_end_is_still_to_come_and_not_far_off(wait, is_fit):
    assert rules.is_fit_end(NOW + wait, now=NOW) is is_fit


def test_every_purpose_reason_and_ending_has_its_words():
    assert set(rules.PURPOSES) == set(rules.ALLOWED) == set(Purpose)
    assert set(rules.REASONS) == set(Reason)
    assert set(rules.ENDINGS) == set(rules.Ending)
