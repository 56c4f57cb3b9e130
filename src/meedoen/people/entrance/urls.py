"""The addresses of coming in and going out; ``people.urls`` takes them up. None of django-allauth's own exists."""

from django.urls import path

from . import views

urlpatterns = [
    path("inloggen/", views.sign_in, name="sign_in"),
    path("inloggen/code/", views.code, name="sign_in_code"),
    path("inloggen/code/nieuw/", views.new_code, name="new_code"),
    path("inloggen/sleutel/", views.key, name="sign_in_key"),
    path("inloggen/wie/", views.choose, name="choose"),
    path("uitloggen/", views.sign_out, name="sign_out"),
    path("mijn/profiel/", views.profile, name="profile"),
    path("mijn/apparaten/", views.sessions, name="sessions"),
    path("mijn/sleutels/", views.keys, name="keys"),
    path("mijn/sleutels/toevoegen/", views.add_key, name="add_key"),
    path("mijn/sleutels/<int:number>/weghalen/", views.remove_key, name="remove_key"),
]
