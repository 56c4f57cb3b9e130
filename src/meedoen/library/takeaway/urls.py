"""The addresses of what can be taken along, below those of the texts."""

from django.urls import path

from . import views

urlpatterns = [
    path("nieuws/<slug:slug>/meenemen/", views.take, name="take"),
    path("nieuws/<slug:slug>/meenemen/<str:file>", views.file, name="take_file"),
    path("kennisbank/<slug:slug>/meenemen/", views.take, name="item_take"),
    path("kennisbank/<slug:slug>/meenemen/<str:file>", views.file, name="item_take_file"),
]
