"""What a network of some size needs, worked out from what ``make load`` measured, with the model of ``scale_model``; as JSON lines.

    make scale                          from the figures that lie in make/measured/
    make scale FROM=.cache/load         from those of the last ``make load`` on this machine
    make scale PRICES=core=12,mail=0.4  with other prices

First the model is held beside what was measured: the same day and the same steps on the same machine. Then it is asked
how many processes and cores a country, Europe and all people on the internet need, when each site stays as it is
("as it is"), when a page is rendered anew for its own thread alone ("own versions"), and when Europe is a site for each
country ("partitions"). Prices are variables: assumed, in euro, to be replaced by those of who hosts you.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import load_mix
from bench import tell
from scale_model import Outcome, Shape, capacity, simulate

HERE = Path(__file__).parent
FROM = Path(os.environ.get("FROM") or HERE / "measured")
PEOPLE = {"Nederland": 17e6, "Europe": 450e6, "internet": 5.5e9}
# Of the busiest hour, hour by hour through a day; assumed.
DAY = (.03, .02, .01, .01, .01, .03, .1, .3, .6, .9, 1, .95, .8, .9, .95, .9, .8, .6, .6, .7, .8, .6, .3, .1)  # fmt: skip
GOAL_MS, ROOM = 300, 0.6  # p95 that is aimed at; the part of the cores that may be busy in the busiest hour
KEPT_BY_CDN = ("static", "article", "guide", "convention", "home", "news", "municipality", "municipalities", "alike", "shelf", "topic", "category", "forum", "meetings", "meeting", "calendar", "forum feed", "topic feed", "meetings feed")  # fmt: skip
CDN_SECONDS = 60.0  # how old a page of a visitor may be that comes from a CDN
KB_A_PAGE, KB_A_VISITOR = 4.0, 46.0  # over the line: a page; styles, script and typefaces once (docs/performance.md)
KB_A_POST, KB_A_MAIL = 6.0, 20.0  # in the database with its indexes and search; a mail until its words are erased
# Assumed, in euro a month unless it says otherwise. Not from anybody's price list.
PRICES = {"core": 10.0, "GB kept": 0.1, "GB out": 0.01, "mail": 0.2}  # "mail": for a thousand
SECONDS = 60.0


def main() -> None:
    prices = PRICES | {name: float(value) for name, value in (each.split("=") for each in os.environ.get("PRICES", "").split(",") if each)}  # fmt: skip
    for database in ("sqlite", "postgresql"):
        if (FROM / f"{database}.json").exists():
            compare(database, read(FROM / f"{database}.json"))
    path = FROM / "postgresql.json"
    if not path.exists():
        sys.exit(f"no figures in {FROM}: run 'make load' first, or leave FROM out")
    measured = read(path)
    for name, people in PEOPLE.items():
        need(name, people / PEOPLE["Nederland"], measured, prices)


def read(path: Path) -> dict[str, Any]:
    """What was measured, with what a mail costs the worker: its computing of the day, but for that of deeds, by notice."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    day = found["day"]
    in_deeds = sum(
        day["done"].get(done, 0) * found["deeds"][deed]["worker"] / 1000
        for done, deed in (("sign-up", "sign-up"), ("post", "post"))
    )
    notices = sum(each["count"] for each in day["mails"] if each["template"].startswith("mail/activity/"))
    found["notices"] = notices
    found["mail_ms"] = max(1.0, (day["cores"]["worker"] * day["seconds_in_all"] - in_deeds) * 1000 / max(1, notices))
    answers = sum(each["count"] for each in day["kinds"].values())
    found["visitors_ms"] = day["cores"]["visitors"] * day["seconds"] * 1000 / answers
    return found


def compare(database: str, measured: dict[str, Any]) -> None:
    """The day and the steps as they were measured, and as the model has them."""
    parts = [("day", measured["day"], True), *((f"{each['times']:g} times", each, False) for each in measured["steps"])]
    for name, part, sign_ups in parts:
        shape = Shape(
            measured["machine"]["cores"],
            measured["processes"],
            others=part.get("others_running", part["cores"]["others"]),
        )
        seconds = part["seconds"]
        notices = measured["notices"] / seconds if sign_ups else 0.0
        said = simulate(measured, shape, part["times"], seconds, sign_ups=sign_ups, notices=notices, visitors_ms=measured["visitors_ms"])  # fmt: skip
        whole = part["seconds_in_all"] / seconds  # what was measured goes on until who is inside is done
        tell(
            kind="scale, model beside measured", database=database, part=name, times=part["times"],
            p50_ms=[round(said.at(0.5)), part["pages"]["p50_ms"]], p95_ms=[round(said.at(0.95)), part["pages"]["p95_ms"]],
            rendered_share=[round(said.rendered_share, 3), rendered_share(part)],
            cores={each: [round(said.used.get(each, 0.0), 3), round(part["cores"][each] * whole, 3)] for each in ("server", "database", "nginx", "worker") if each in part["cores"]},
            others=shape.others,
        )  # fmt: skip
    quiet = Shape(measured["machine"]["cores"], measured["processes"])
    bears = capacity(measured, quiet, most_ms=1000)
    tell(kind="scale, bends", database=database, times=round(bears, 2), visits_an_hour=round(bears * load_mix.VISITS))


def rendered_share(part: dict[str, Any]) -> float:
    """Of visitors' pages, as the server counted them; a page that its visitor has already is one that was kept."""
    came = part["from"]
    return round(came.get("rendered", 0) / max(1.0, sum(came.get(each, 0) for each in ("rendered", "kept", "unchanged"))), 3)  # fmt: skip


def need(name: str, times: float, measured: dict[str, Any], prices: dict[str, float]) -> None:
    """Processes, cores, mail, room and euro of a network of so many countries."""
    for how, own_versions, sites in (
        ("as it is", False, 1.0),
        ("own versions", True, 1.0),
        ("partitions", False, times),
    ):
        if how == "partitions" and times <= 1:
            continue
        each = times / sites
        said, processes = enough(measured, each, own_versions=own_versions)
        visitors = {part: cores * sites for part, cores in cores_of(said, each).items()}
        mails = load_mix.NOTICES * times / 3600
        workers = mails * measured["mail_ms"] / 1000 / ROOM
        hours = sum(DAY)
        pages = load_mix.VISITS * load_mix.pages_a_visit() * times * hours * 30
        out_gb = (
            pages * KB_A_PAGE + load_mix.VISITS * (1 - load_mix.RETURNING) * times * hours * 30 * KB_A_VISITOR
        ) / 1e6
        kept_gb = load_mix.POSTS * times * hours * 365 * KB_A_POST / 1e6
        mail_gb = load_mix.NOTICES * times * hours * 14 * KB_A_MAIL / 1e6
        cores = visitors["server"] / ROOM + visitors["database"] / ROOM + visitors["nginx"] / ROOM + workers
        euro = {
            "cores": cores * prices["core"], "out": out_gb * prices["GB out"],
            "kept": (kept_gb + mail_gb) * prices["GB kept"], "mail": load_mix.NOTICES * times * hours * 30 / 1000 * prices["mail"],
        }  # fmt: skip
        tell(
            kind="scale, need", network=name, how=how, countries=round(times, 1), sites=round(sites), pages_a_second=round(load_mix.VISITS * load_mix.pages_a_visit() * times / 3600),
            processes=round(processes * sites), p95_ms=round(said.at(0.95)), rendered_share=round(said.rendered_share, 3),
            cores={"server": round(visitors["server"], 1), "database": round(visitors["database"], 1), "nginx": round(visitors["nginx"], 1), "workers": round(workers * ROOM, 1), "to have": round(cores, 1)},
            behind_cdn=behind_cdn(each), posts_a_second=round(load_mix.POSTS * times / 3600, 2), mails_a_second=round(mails), workers=max(1, round(workers + 0.5)),
            GB_out_a_month=round(out_gb), GB_a_year=round(kept_gb, 1), GB_of_mail=round(mail_gb), euro_a_month={each_: round(value) for each_, value in euro.items()}, euro_in_all=round(sum(euro.values())),
        )  # fmt: skip


def enough(measured: dict[str, Any], times: float, *, own_versions: bool) -> tuple[Outcome, int]:
    """What the model says with as many processes as are needed, and how many. Of more than can be counted here a slice is
    counted: it gets its part of the visitors, and knows of all posts."""
    scale = min(times, LARGEST)
    processes = max(1, round(scale))
    while True:
        shape = Shape(cores=4.0 * processes, processes=processes, network=times, own_versions=own_versions)
        said = simulate(measured, shape, scale, SECONDS / max(1.0, scale / 4))
        if (said.at(0.95) <= GOAL_MS and said.used["server"] / processes <= ROOM) or processes >= 64 * scale:
            return said, round(processes * times / scale)
        processes = max(processes + 1, round(processes * 1.25))


LARGEST = 8.0  # countries that are simulated whole; more are multiples of that


def cores_of(said: Outcome, times: float) -> dict[str, float]:
    """Of a whole network, from those that were simulated."""
    grown = times / min(times, LARGEST)
    return {name: said.used.get(name, 0.0) * grown for name in ("server", "database", "nginx")}


def behind_cdn(times: float) -> float:
    """The part of answers that a CDN gives when a visitor's page may be a minute old: Zipf, each page asked anew once a minute."""
    from scale_model import GROWS, SIZES

    asked = given = 0.0
    for journey in load_mix.JOURNEYS:
        for kind in journey.pages:
            rate = load_mix.VISITS * times * journey.share / 3600
            asked += rate
            if journey.is_signed_in or kind not in KEPT_BY_CDN:
                continue
            size = round(SIZES.get(kind, 1) * (max(1.0, times) if kind in GROWS else 1))
            whole = sum(1 / (place + 1) ** load_mix.POPULAR for place in range(size))
            for place in range(size):
                own = rate / (place + 1) ** load_mix.POPULAR / whole
                given += own * own * CDN_SECONDS / (1 + own * CDN_SECONDS)  # all but the first of each minute
    return round(given / asked, 3)


if __name__ == "__main__":
    main()
