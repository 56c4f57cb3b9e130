"""The addresses of helping and being helped."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/hulp/", views.overview, name="help"),
    path("mijn/hulp/vragen/", views.ask, name="ask_help"),
    path("mijn/hulp/klaar/", views.done, name="done_helping"),
    path("mijn/hulp/<int:number>/", views.helper, name="helper"),
    path("mijn/hulp/<int:number>/stoppen/", views.end, name="end_help"),
    path("mijn/hulp/<int:number>/meedoen/", views.begin, name="begin_helping"),
]
