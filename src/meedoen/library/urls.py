"""The addresses of the news."""

from django.urls import path

from . import views
from .convention.urls import urlpatterns as convention

app_name = "library"

urlpatterns = [
    *convention,  # first: vn-verdrag is no slug
    path("nieuws/", views.news, name="news"),
    path("nieuws/<slug:slug>/", views.article, name="article"),
    path("nieuws/<slug:slug>/reageren/", views.comment, name="comment"),
    path("nieuws/<slug:slug>/volgen/", views.follow, name="follow"),
]
