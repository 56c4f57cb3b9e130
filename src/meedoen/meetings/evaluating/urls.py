"""The addresses of answers about a meeting and of its figures."""

from django.urls import path

from . import views

urlpatterns = [
    path("bijeenkomsten/evaluatie/<str:key>/", views.evaluate, name="evaluate"),
    path("team/bijeenkomsten/<int:number>/cijfers/", views.figures, name="figures"),
]
