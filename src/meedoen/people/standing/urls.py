"""The addresses of where somebody works and for whom they speak."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/profiel/werkt-bij/", views.work, name="work"),
    path("mijn/gemeente/", views.desk, name="municipality_desk"),
    path("mijn/gemeente/vragen/", views.ask, name="ask_mandate"),
    path("mijn/gemeente/geven/", views.offer, name="offer_mandate"),
    path("mijn/gemeente/verzoek/<int:number>/", views.decide, name="decide_mandate"),
    path("mijn/gemeente/spreker/<int:number>/stoppen/", views.withdraw, name="withdraw_mandate"),
]
