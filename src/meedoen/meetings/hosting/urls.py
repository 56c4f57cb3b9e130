"""The addresses for who is host."""

from django.urls import path

from .views import circulars, present

ONE = "team/bijeenkomsten/<int:number>/"

urlpatterns = [
    path(f"{ONE}aanwezig/", present.present, name="present"),
    path(f"{ONE}aanwezig/erbij/", present.at_the_door, name="at_the_door"),
    path(f"{ONE}aanwezig/<int:attendee_id>/", present.mark, name="mark"),
    path(f"{ONE}berichten/", circulars.circulars, name="circulars"),
    path(f"{ONE}berichten/nieuw/", circulars.write, name="write_circular"),
    path(f"{ONE}berichten/<int:circular_id>/", circulars.circular, name="circular"),
    path(f"{ONE}berichten/<int:circular_id>/veranderen/", circulars.change, name="change_circular"),
    path(f"{ONE}berichten/<int:circular_id>/versturen/", circulars.send, name="send_circular"),
]
