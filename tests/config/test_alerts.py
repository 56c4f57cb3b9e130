"""The dashboard and the alerts in deploy/: they name figures that exist, each alert fires when it should, and says what to do."""

import datetime
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from meedoen.config import worker
from meedoen.keeping import making, rehearsing, rules
from meedoen.kernel import clock

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "deploy" / "prometheus" / "meedoen.rules.yml"
DASHBOARD = json.loads((ROOT / "deploy" / "grafana" / "meedoen.json").read_text(encoding="utf-8"))
PROMTOOL = shutil.which("promtool")
NAMES = re.compile(r"\bmeedoen_\w+")
# One for each alert of the file; a series that is not named here is as on a site that is well.
LONG = 180  # minutes
WELL = {
    'up{job="meedoen", instance="a"}': "1x180",
    'meedoen_requests_total{instance="a", view="home", method="GET", status="2xx"}': "0+600x180",
    'meedoen_requests_total{instance="a", view="home", method="GET", status="5xx"}': "0+1x180",
    'meedoen_request_seconds_bucket{instance="a", view="home", le="0.1"}': "0+590x180",
    'meedoen_request_seconds_bucket{instance="a", view="home", le="2.5"}': "0+600x180",
    'meedoen_request_seconds_bucket{instance="a", view="home", le="+Inf"}': "0+600x180",
    'meedoen_pulse_expected{instance="a", process="worker"}': "1x180",
    'meedoen_pulse_expected{instance="a", process="mail-in"}': "0x180",
    'meedoen_pulse_age_seconds{instance="a", process="worker"}': "60x180",
    'meedoen_task_oldest_due_seconds{instance="a"}': "10x180",
    'meedoen_tasks{instance="a", state="failed_last_day"}': "2x180",
    'meedoen_outbox_oldest_due_seconds{instance="a"}': "10x180",
    'meedoen_outbox_mails{instance="a", state="given_up_last_day"}': "3x180",
    'meedoen_incoming_oldest_seconds{instance="a"}': "0x180",
    'meedoen_incoming_mails{instance="a", state="aside"}': "0x180",
    'meedoen_backup_expected{instance="a"}': "1x180",
    'meedoen_backup_age_seconds{instance="a"}': "80000x180",
    'meedoen_backup_tried_age_seconds{instance="a"}': "80000x180",
    'meedoen_backup_problems{instance="a"}': "0x180",
    'meedoen_disk_free_bytes{instance="a", place="data"}': "20000000000x180",
    'meedoen_disk_size_bytes{instance="a", place="data"}': "40000000000x180",
    'meedoen_search_changes{instance="a", state="waiting"}': "3x180",
    'meedoen_search_changes{instance="a", state="failing"}': "0x180",
    'meedoen_state_unread{instance="a", kind="tasks"}': "0x180",
    'meedoen_replica{instance="a", state="expected"}': "1x180",
    'meedoen_replica{instance="a", state="follows"}': "1x180",
    'meedoen_replica_behind_seconds{instance="a"}': "2x180",
    'meedoen_shared{instance="a", state="expected"}': "1x180",
    'meedoen_shared{instance="a", state="answers"}': "1x180",
}
# What happens, the series that tell it, and the alerts that follow.
TROUBLES = [
    ("nothing", {}, []),
    ("the server is gone", {'up{job="meedoen", instance="a"}': "1x60 0x120"}, ["MeedoenDown"]),
    (
        "one in ten answers is a fault",
        {'meedoen_requests_total{instance="a", view="home", method="GET", status="5xx"}': "0+66x180"},
        ["MeedoenErrors"],
    ),
    (
        "one answer in ten takes two seconds",
        {'meedoen_request_seconds_bucket{instance="a", view="home", le="0.1"}': "0+540x180"},
        ["MeedoenSlow"],
    ),
    (
        "the worker stopped",
        {'meedoen_pulse_age_seconds{instance="a", process="worker"}': "60+60x180"},
        ["MeedoenSilent"],
    ),
    (
        "the worker never began",
        {'meedoen_pulse_age_seconds{instance="a", process="worker"}': "_x180"},
        ["MeedoenSilent"],
    ),
    (
        "mail has a way in that nobody opened",
        {'meedoen_pulse_expected{instance="a", process="mail-in"}': "1x180"},
        ["MeedoenSilent"],
    ),
    ("the queue is long", {'meedoen_task_oldest_due_seconds{instance="a"}': "0+60x180"}, ["MeedoenTasksLate"]),
    ("tasks fail", {'meedoen_tasks{instance="a", state="failed_last_day"}': "6x180"}, ["MeedoenTasksFailed"]),
    ("mail does not leave", {'meedoen_outbox_oldest_due_seconds{instance="a"}': "0+60x180"}, ["MeedoenMailLate"]),
    (
        "others refuse our mail",
        {'meedoen_outbox_mails{instance="a", state="given_up_last_day"}': "11x180"},
        ["MeedoenMailGivenUp"],
    ),
    ("answers wait", {'meedoen_incoming_oldest_seconds{instance="a"}': "0+60x180"}, ["MeedoenIncomingLate"]),
    (
        "a mail was put aside",
        {'meedoen_incoming_mails{instance="a", state="aside"}': "1x180"},
        ["MeedoenMailAside"],
    ),
    (
        "two nights without a backup",
        {'meedoen_backup_age_seconds{instance="a"}': "129600+60x180"},
        ["MeedoenBackupOld"],
    ),
    (
        "no backup at all",
        {
            'meedoen_backup_age_seconds{instance="a"}': "_x180",
            'meedoen_backup_tried_age_seconds{instance="a"}': "_x180",
            'meedoen_backup_problems{instance="a"}': "_x180",
        },
        ["MeedoenBackupOld", "MeedoenBackupUnfit"],
    ),
    (
        "no backups are wanted",
        {
            'meedoen_backup_expected{instance="a"}': "0x180",
            'meedoen_backup_age_seconds{instance="a"}': "_x180",
            'meedoen_backup_tried_age_seconds{instance="a"}': "_x180",
            'meedoen_backup_problems{instance="a"}': "_x180",
        },
        [],
    ),
    (
        "another server makes them, and one of before lies here",
        {
            'meedoen_backup_expected{instance="a"}': "0x180",
            'meedoen_backup_age_seconds{instance="a"}': "900000x180",
            'meedoen_backup_tried_age_seconds{instance="a"}': "900000x180",
            'meedoen_backup_problems{instance="a"}': "1x180",
        },
        [],
    ),
    ("the replica is away", {'meedoen_replica{instance="a", state="follows"}': "0x180"}, ["MeedoenReplicaAway"]),
    (
        "no replica is wanted",
        {
            'meedoen_replica{instance="a", state="expected"}': "0x180",
            'meedoen_replica{instance="a", state="follows"}': "0x180",
            'meedoen_replica_behind_seconds{instance="a"}': "_x180",
        },
        [],
    ),
    ("the replica lags", {'meedoen_replica_behind_seconds{instance="a"}': "0+60x180"}, ["MeedoenReplicaBehind"]),
    ("what servers share is away", {'meedoen_shared{instance="a", state="answers"}': "0x180"}, ["MeedoenSharedAway"]),
    (
        "servers share nothing",
        {
            'meedoen_shared{instance="a", state="expected"}': "0x180",
            'meedoen_shared{instance="a", state="answers"}': "0x180",
        },
        [],
    ),
    ("the backup does not do", {'meedoen_backup_problems{instance="a"}': "1x180"}, ["MeedoenBackupUnfit"]),
    ("nobody tried it", {'meedoen_backup_tried_age_seconds{instance="a"}': "259201x180"}, ["MeedoenBackupUnfit"]),
    (
        "the disk fills up",
        {'meedoen_disk_free_bytes{instance="a", place="data"}': "20000000000-150000000x180"},
        ["MeedoenDiskFilling"],
    ),
    ("search is behind", {'meedoen_search_changes{instance="a", state="waiting"}': "501x180"}, ["MeedoenSearchBehind"]),
    (
        "a change cannot be read",
        {'meedoen_search_changes{instance="a", state="failing"}': "1x180"},
        ["MeedoenSearchBehind"],
    ),
    (
        "the database is too slow to count",
        {'meedoen_state_unread{instance="a", kind="tasks"}': "1x180"},
        ["MeedoenFiguresMissing"],
    ),
]


def alerts():
    """Each alert of the file with what stands under it."""
    found = re.split(r"^ +- alert: ", RULES.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {name: text for name, _line, text in (each.partition("\n") for each in found)}


def panels():
    return [each for each in DASHBOARD["panels"] if each["type"] != "row"]


def test_each_panel_says_what_it_shows():
    assert len(panels()) == len({each["title"] for each in panels()}) >= 20
    for each in DASHBOARD["panels"]:
        assert each["title"], each["id"]
        assert each["description"].endswith("."), each["title"]
    assert len({each["id"] for each in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    assert all(target["expr"] and target["legendFormat"] for each in panels() for target in each["targets"])


def test_no_two_panels_lie_over_each_other():
    taken = set()
    for each in DASHBOARD["panels"]:
        place = each["gridPos"]
        assert place["x"] + place["w"] <= 24
        cells = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not cells & taken, each["title"]
        taken |= cells


@pytest.mark.django_db
def test_every_figure_that_a_panel_or_an_alert_names_is_there(client, settings, tmp_path):
    settings.BACKUPS, settings.BACKUP_AT = tmp_path, datetime.time(3)
    (tmp_path / rules.name_of(clock.now())).write_bytes(b"x")
    rehearsing.write_down(making.newest().name, [], seconds=1, now=clock.now())
    worker.say_alive()
    client.get("/gemeenten/")
    body = client.get("/metrics").content.decode()
    families = list(text_string_to_metric_families(body))  # one without a value is named too: there is no replica here
    there = {sample.name for family in families for sample in family.samples}
    there |= {family.name for family in families if not family.samples}
    shown = {name for each in panels() for target in each["targets"] for name in NAMES.findall(target["expr"])}
    watched = {name for text in alerts().values() for name in NAMES.findall(text.partition("annotations:")[0])}
    assert len(shown) > 15
    assert len(watched) > 12
    assert (shown | watched) - there == set()
    state = {name for name in there if name.startswith("meedoen_")} - {
        name for name in there if name.endswith(("_created", "_sum", "_count", "_bucket", "_total"))
    }
    assert state - shown == {"meedoen_pulse_expected", "meedoen_backup_expected"}  # which only alerts ask for


def test_each_alert_says_what_to_do_and_has_its_place_in_the_book():
    book = (ROOT / "docs" / "alerts.md").read_text(encoding="utf-8")
    chapters = dict(re.findall(r"^## (Meedoen\w+)\n\n(.+?)(?=\n## |\Z)", book, re.MULTILINE | re.DOTALL))
    assert list(chapters) == list(alerts())
    for name, text in alerts().items():
        assert len(chapters[name]) > 100, name
        assert re.search(r"^ +severity|labels: \{severity: (page|ticket)\}", text, re.MULTILINE), name
        for part in ("summary", "action"):
            (said,) = re.findall(rf'^ +{part}: "?(.+?)"?$', text, re.MULTILINE)
            assert said.endswith("."), name
        assert re.findall(r"^ +runbook: (.+)$", text, re.MULTILINE) == [f"docs/alerts.md#{name.lower()}"]


def test_each_alert_has_a_trouble_that_it_is_for():
    assert {name for _what, _series, fires in TROUBLES for name in fires} == set(alerts())


@pytest.mark.slow
@pytest.mark.skipif(PROMTOOL is None, reason="promtool is not here (Debian: apt install prometheus)")
def test_the_alerts_fire_when_they_should_and_no_others_do(tmp_path):
    def trouble(what, series, fires):
        assert not series.keys() - WELL.keys(), what
        return {
            "name": what,
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in (WELL | series).items()],
            "promql_expr_test": [
                {
                    "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
                    "eval_time": f"{LONG - 1}m",
                    "exp_samples": [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in fires],
                }
            ],
        }

    seeded = tmp_path / "troubles.yml"  # JSON is YAML too
    tests = [trouble(*each) for each in TROUBLES]
    seeded.write_text(json.dumps({"rule_files": [str(RULES)], "evaluation_interval": "1m", "tests": tests}))
    for command in (["check", "rules", str(RULES)], ["test", "rules", str(seeded)]):
        done = subprocess.run([PROMTOOL, *command], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
