"""The addresses of what we know of somebody."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/gegevens/", views.data, name="data"),
    path("mijn/gegevens/alles.json", views.download, name="download"),
    path("mijn/gegevens/wissen/", views.erase, name="erase"),
    path("mijn/gegevens/link/<str:token>/", views.handed, name="handed"),
    path("mijn/gegevens/link/<str:token>/alles.json", views.handed_file, name="handed_file"),
    path("gegevens-gewist/", views.erased, name="erased"),
]
