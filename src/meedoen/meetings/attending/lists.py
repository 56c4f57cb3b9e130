"""The list of who comes, for who organises the meeting, on a page and as a file; without mail addresses, and without what anybody needs."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from meedoen.kernel import clock, sheets
from meedoen.kernel.identifiers import number_in
from meedoen.meetings.models import Meeting
from meedoen.meetings.organising.views.coming_in import of_meeting, trail_of
from meedoen.meetings.rules import Stage, stage_of

from . import reading


@of_meeting
@require_GET
def who_comes(request: Any, meeting: Meeting) -> HttpResponse:
    """``/team/bijeenkomsten/<number>/aanmeldingen/``: some at a time, in the order in which they signed up."""
    after = number_in(request.GET.get("na", "")) or 0
    found = reading.page(meeting, after=after)
    context = {
        "meeting": meeting,
        "counted": reading.counted(meeting),
        "rows": found.rows,
        "csv_url": reverse("meetings:export_csv", args=[meeting.pk]) if found.rows else "",
        "workbook_url": reverse("meetings:export_workbook", args=[meeting.pk]) if found.rows else "",
        "next_url": f"{request.path}?na={found.next_after}" if found.next_after else "",
        "first_url": request.path if after else "",
        "may_sign_up": stage_of(meeting, clock.now()) == Stage.COMING,
        "badges_url": reverse("meetings:badges", args=[meeting.pk]),
        "calls_url": reverse("meetings:calls", args=[meeting.pk]),
        "sign_up_url": reverse("meetings:sign_up_caller", args=[meeting.pk]),
        "trail": trail_of(meeting),
    }
    return render(request, "meetings/attending/who_comes.html", context)


@of_meeting
@require_GET
def export_csv(request: Any, meeting: Meeting) -> HttpResponse:
    """``…/aanmeldingen.csv``: the whole list, for a spreadsheet or a badge printer."""
    content = sheets.as_csv(_head(), reading.export_rows(meeting))
    return _file(meeting, content, sheets.CSV_TYPE, "csv")


@of_meeting
@require_GET
def export_workbook(request: Any, meeting: Meeting) -> HttpResponse:
    """``…/aanmeldingen.xlsx``: the same, as a workbook."""
    content = sheets.as_workbook(_head(), reading.export_rows(meeting), name=_("Wie komt er"))
    return _file(meeting, content, sheets.XLSX_TYPE, "xlsx")


def _head() -> list[str]:
    return [str(each) for each in reading.EXPORTED]


def _file(meeting: Meeting, content: bytes, content_type: str, ending: str) -> HttpResponse:
    disposition = f'attachment; filename="aanmeldingen-{meeting.pk}.{ending}"'
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})
