"""The addresses of one's addresses for answers."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/antwoordadressen/", views.answer_addresses, name="answer_addresses"),
    path("mijn/antwoordadressen/alles-intrekken/", views.revoke_all, name="revoke_addresses"),
    path("mijn/antwoordadressen/terug/", views.give_back, name="give_back_addresses"),
    path("mijn/antwoordadressen/<int:number>/intrekken/", views.revoke, name="revoke_address"),
]
