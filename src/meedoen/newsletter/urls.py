"""The addresses of the newsletter."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from .views import archive, own

app_name = "newsletter"

urlpatterns = [
    path("nieuwsbrief/", archive.newsletter, name="newsletter"),
    path("nieuwsbrief/aanvragen/", own.subscribe, name="subscribe"),
    path("nieuwsbrief/mijn/<key:key>/", own.own, name="own"),
    path("nieuwsbrief/<str:day>/", archive.letter, name="letter"),
    path("feeds/nieuwsbrief.atom", archive.feed, name="feed"),
]
