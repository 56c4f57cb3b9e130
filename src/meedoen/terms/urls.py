"""The address of the words that are explained."""

from django.urls import path

from . import views

app_name = "terms"

urlpatterns = [path("kennisbank/woorden/", views.words, name="words")]
