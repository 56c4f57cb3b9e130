"""The addresses of barriers."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from . import views

app_name = "barriers"

urlpatterns = [
    path("feeds/drempels.atom", views.feed, name="feed"),
    path("toegankelijkheid/drempels/", views.barriers, name="list"),
    path("vastgelopen/", views.stuck, name="stuck"),
    path("vastgelopen/<key:key>/", views.own, name="own"),
    path("vastgelopen/<key:key>/stop/", views.stop, name="stop"),
    path("vastgelopen/<key:key>/verder/", views.go_on, name="go_on"),
]
