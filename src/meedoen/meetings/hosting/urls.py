"""The addresses for who is host."""

from django.urls import path

from .views import badges, caller, calls, circulars, present

ONE = "team/bijeenkomsten/<int:number>/"

urlpatterns = [
    path(f"{ONE}aanwezig/", present.present, name="present"),
    path(f"{ONE}aanwezig/erbij/", present.at_the_door, name="at_the_door"),
    path(f"{ONE}aanwezig/<int:attendee_id>/", present.mark, name="mark"),
    path(f"{ONE}aanmeldingen/nieuw/", caller.sign_up, name="sign_up_caller"),
    path(f"{ONE}aanmeldingen/zonder-mail/", calls.sign_up, name="sign_up_without_mail"),
    path(f"{ONE}aanmeldingen/<int:attendee_id>/plek/", calls.accept, name="accept_caller"),
    path(f"{ONE}aanmeldingen/<int:attendee_id>/wachten/", calls.queue_again, name="queue_caller"),
    path(f"{ONE}bellen/", calls.calls, name="calls"),
    path(f"{ONE}bellen/<int:attendee_id>/gebeld/", calls.called, name="called"),
    path(f"{ONE}bellen/<int:attendee_id>/terug/", calls.not_called, name="not_called"),
    path(f"{ONE}aanmeldingen/<int:attendee_id>/", caller.one, name="one_who_comes"),
    path(f"{ONE}aanmeldingen/<int:attendee_id>/veranderen/", caller.move, name="move_caller"),
    path(f"{ONE}aanmeldingen/<int:attendee_id>/afmelden/", caller.cancel, name="cancel_caller"),
    path(f"{ONE}aanmeldingen/<int:attendee_id>/terug/", caller.bring_back, name="bring_back_caller"),
    path(f"{ONE}badges/", badges.badges, name="badges"),
    path(f"{ONE}badges/<int:part>.pdf", badges.badges_file, name="badges_file"),
    path(f"{ONE}berichten/", circulars.circulars, name="circulars"),
    path(f"{ONE}berichten/nieuw/", circulars.write, name="write_circular"),
    path(f"{ONE}berichten/<int:circular_id>/", circulars.circular, name="circular"),
    path(f"{ONE}berichten/<int:circular_id>/veranderen/", circulars.change, name="change_circular"),
    path(f"{ONE}berichten/<int:circular_id>/versturen/", circulars.send, name="send_circular"),
    path(f"{ONE}berichten/<int:circular_id>/weg/", circulars.throw_away, name="throw_away_circular"),
]
