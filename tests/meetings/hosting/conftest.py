"""A meeting on its day, with who comes."""

import pytest

from meedoen.meetings.attending import actions
from meedoen.meetings.attending.actions import Coming
from meedoen.meetings.attending.rules import Way


@pytest.fixture
def today(meeting, municipality, now):
    """A meeting of Utrecht in a room with four chairs and online; it begins now."""
    return meeting(
        "Praat mee", begins=now, form="beide", place_name="De Kring", room_places=4, municipality=municipality()
    )


@pytest.fixture
def comes(today, person, now, at):
    """A function that signs somebody up by name, some days before."""

    def sign_up(name, way=Way.ROOM, companions=0, partner="", **fields):
        coming = Coming(way, companions, partner, f"{partner.lower()}@voorbeeld.example" if partner else "")
        return actions.sign_up(
            today, person(name, **fields), coming, network=name, now=now - (today.ends_at - today.starts_at)
        )

    return sign_up


@pytest.fixture
def host(client, carla):
    """A browser of Carla, of the team."""
    client.force_login(carla.address)
    return client
