"""The addresses of meetings."""

from django.urls import path

from .afterwards.urls import urlpatterns as afterwards
from .asking.urls import urlpatterns as asking
from .attending.urls import urlpatterns as attending
from .evaluating.urls import urlpatterns as evaluating
from .hosting.urls import urlpatterns as hosting
from .organising.urls import urlpatterns as organising
from .views import feeds, meeting, meetings, series

app_name = "meetings"

urlpatterns = [
    *organising,
    *hosting,
    path("feeds/bijeenkomsten.atom", feeds.feed, name="feed"),
    path("feeds/bijeenkomsten.ics", feeds.calendar, name="calendars"),
    path("bijeenkomsten/", meetings.meetings, name="list"),
    path("bijeenkomsten/reeks/<slug:slug>/", series.series, name="series"),
    *attending,
    *asking,
    *evaluating,
    *afterwards,
    path("bijeenkomsten/<slug:slug>/", meeting.meeting, name="meeting"),
    path("bijeenkomsten/<slug:slug>/agenda.ics", meeting.calendar, name="calendar"),
]
