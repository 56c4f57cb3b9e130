"""The addresses of coupling."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from . import views
from .contesting import views as contesting

app_name = "coupling"

urlpatterns = [
    path("koppelen/", views.about, name="about"),
    path("koppelen/vragen/", views.ask, name="ask"),
    path("koppelen/vragen/bewaren/", views.save_ask, name="save_ask"),
    path("koppelen/aanbieden/", views.offer, name="offer"),
    path("koppelen/aanbieden/bewaren/", views.save_offer, name="save_offer"),
    path("koppelen/mijn/<key:key>/", views.own, name="own"),
    path("koppelen/mijn/<key:key>/veranderen/", views.change, name="change"),
    path("koppelen/mijn/<key:key>/stoppen/", views.withdraw, name="withdraw"),
    path("koppelen/mijn/<key:key>/terugzetten/", views.put_back, name="put_back"),
    path("gemeenten/<slug:slug>/feiten/", contesting.page, name="facts"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/intrekken/", contesting.withdraw, name="withdraw_fact"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/terugzetten/", contesting.put_back, name="put_back_fact"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/verbeteren/", contesting.correct, name="correct_fact"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/zoals-de-bron/", contesting.as_source, name="fact_as_source"),
]
