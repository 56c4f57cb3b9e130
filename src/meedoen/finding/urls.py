"""The addresses of the search."""

from django.urls import path

from .views import search

app_name = "finding"

urlpatterns = [
    path("zoeken/", search.search, name="search"),
    path("zoeken/woorden/", search.words, name="words"),
    path("feeds/zoeken.atom", search.feed, name="feed"),
]
