"""The addresses of what we know of somebody."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/gegevens/", views.data, name="data"),
    path("mijn/gegevens/alles.json", views.download, name="download"),
    path("mijn/gegevens/wissen/", views.erase, name="erase"),
    path("gegevens-gewist/", views.erased, name="erased"),
]
