"""The addresses of following."""

from django.urls import path

from . import views

app_name = "activity"

urlpatterns = [
    path("volgen/<str:key>/", views.change, name="change"),
    path("volgen/<str:key>/stop/", views.stop, name="stop"),
    path("mijn/volgen/", views.mine, name="mine"),
]
