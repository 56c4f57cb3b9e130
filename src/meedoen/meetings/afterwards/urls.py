"""The addresses of what is said below a meeting."""

from django.urls import path

from . import views

urlpatterns = [
    path("bijeenkomsten/<slug:slug>/reageren/", views.talk, name="talk"),
    path("bijeenkomsten/<slug:slug>/volgen/", views.follow, name="follow_talk"),
]
