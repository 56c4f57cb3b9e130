"""What reports say: of whom, what became of it, with which code, and about which mail of ours."""

import pytest

from meedoen.mail.replies import read

from .bounced import BOUNCES


@pytest.mark.parametrize("bounce", BOUNCES, ids=lambda bounce: bounce.name)
def test_a_report_is_read_whole(bounce):
    assert read(bounce.raw).delivery_report == bounce.report


def test_each_shape_is_another_and_there_are_many():
    assert len({bounce.name for bounce in BOUNCES}) == len({bounce.raw for bounce in BOUNCES}) == len(BOUNCES) >= 60


def test_no_report_is_taken_for_a_person():
    reports = [bounce for bounce in BOUNCES if bounce.report]
    assert [bounce.name for bounce in reports if not read(bounce.raw).automatic] == []
