"""The addresses for who is host."""

from django.urls import path

from .views import present

ONE = "team/bijeenkomsten/<int:number>/"

urlpatterns = [
    path(f"{ONE}aanwezig/", present.present, name="present"),
    path(f"{ONE}aanwezig/erbij/", present.at_the_door, name="at_the_door"),
    path(f"{ONE}aanwezig/<int:attendee_id>/", present.mark, name="mark"),
]
