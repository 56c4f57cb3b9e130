"""The addresses of the search."""

from django.urls import path

from .views import search, team

app_name = "finding"

urlpatterns = [
    path("zoeken/", search.search, name="search"),
    path("zoeken/woorden/", search.words, name="words"),
    path("feeds/zoeken.atom", search.feed, name="feed"),
    path("team/niet-gevonden/", team.missed, name="missed"),
]
