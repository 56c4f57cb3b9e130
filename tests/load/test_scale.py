"""The model of a site under load, held beside what is known of lines, and beside what was measured."""

import json
import random
from pathlib import Path

import pytest

MEASURED = Path(__file__).resolve().parents[2] / "make" / "measured"


def a_line(shape, *, arrivals, seconds, each):
    """What a line does in which somebody comes at random moments and each takes ``each`` seconds."""
    import scale_model

    machine = scale_model.Machine(shape, {})
    dice, at = random.Random(1), 0.0
    while at < seconds:
        at += dice.expovariate(arrivals)
        machine.advance(at)
        machine.enter(scale_model.Work(at, [("server 0", each)], is_page=True))
    machine.advance(seconds + 1000)
    return machine.outcome


def test_a_single_line_waits_as_the_theory_of_lines_says():
    """Pollaczek and Khinchine, for work that always takes as long: the mean wait is half of load over what is left of it."""
    import scale_model

    for load in (0.5, 0.8):
        said = a_line(scale_model.Shape(cores=1, processes=1), arrivals=load / 0.01, seconds=2000, each=0.01)
        mean = sum(said.took) / len(said.took)
        assert mean == pytest.approx(10 * (1 + load / (2 * (1 - load))), rel=0.06)
        assert said.used["server 0"] / 2000 == pytest.approx(load, rel=0.03)


def test_others_on_the_machine_take_their_share():
    import scale_model

    alone = a_line(scale_model.Shape(cores=1, processes=1), arrivals=1, seconds=200, each=0.01)
    beside = a_line(scale_model.Shape(cores=1, processes=1, others=1), arrivals=1, seconds=200, each=0.01)
    assert beside.at(0.5) == pytest.approx(2 * alone.at(0.5), rel=0.01)


def test_a_post_makes_pages_be_rendered_anew_unless_threads_have_versions_of_their_own():
    import scale
    import scale_model

    measured = scale.read(MEASURED / "postgresql.json")
    shares = [
        scale_model.simulate(measured, scale_model.Shape(8, 2, own_versions=own), 1, 60).rendered_share
        for own in (False, True)
    ]
    assert shares[0] > shares[1] > 0


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_model_computes_about_as_much_as_was_measured(database):
    import scale
    import scale_model

    measured = scale.read(MEASURED / f"{database}.json")
    day = measured["day"]
    said = scale_model.simulate(
        measured, scale_model.Shape(2, measured["processes"], others=day["cores"]["others"]), day["times"], day["seconds"],
        sign_ups=True, notices=measured["notices"] / day["seconds"],
    )  # fmt: skip
    assert said.used["server"] * day["seconds"] == pytest.approx(
        day["cores"]["server"] * day["seconds_in_all"], rel=0.35
    )


def test_the_measured_figures_are_of_a_whole_run():
    import load

    for file in sorted(MEASURED.glob("*.json")):
        measured = json.loads(file.read_text(encoding="utf-8"))
        assert set(measured["cold"]) == set(measured["kept"]) == set(load.KINDS)
        assert measured["day"]["mails_taken"] > 0
