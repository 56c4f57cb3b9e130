"""The addresses of signing up and of one's own page."""

from django.urls import path

from . import door, lists, todo, views, wishes

urlpatterns = [
    path("bijeenkomsten/aanmelding/<str:key>/", views.attendee, name="attendee"),
    path("bijeenkomsten/aanmelding/<str:key>/ja/", views.accept, name="accept"),
    path("bijeenkomsten/aanmelding/<str:key>/wachtlijst/", views.queue_again, name="queue_again"),
    path("bijeenkomsten/aanmelding/<str:key>/toch/", views.come_after_all, name="come_after_all"),
    path("bijeenkomsten/aanmelding/<str:key>/afmelden/", views.cancel, name="cancel_sign_up"),
    path("bijeenkomsten/aanmelding/<str:key>/veranderen/", views.change, name="change"),
    path("bijeenkomsten/aanmelding/<str:key>/meevragen/", views.invite, name="invite"),
    path("bijeenkomsten/aanmelding/<str:key>/wensen/", wishes.needs, name="needs"),
    path("bijeenkomsten/aanmelding/<str:key>/meedoen/", door.own_door, name="own_door"),
    path("bijeenkomsten/aanmelding/<str:key>/meedoen/binnen/", door.enter, name="enter"),
    path("team/bijeenkomsten/<int:number>/aanmeldingen/", lists.who_comes, name="who_comes"),
    path("team/bijeenkomsten/<int:number>/wensen/", wishes.who_asked, name="who_asked"),
    path("team/bijeenkomsten/<int:number>/wensen/<int:attendee_id>/", wishes.settle, name="settle"),
    path("team/bijeenkomsten/<int:number>/aanmeldingen.csv", lists.export_csv, name="export_csv"),
    path("team/bijeenkomsten/<int:number>/aanmeldingen.xlsx", lists.export_workbook, name="export_workbook"),
    path("team/bijeenkomsten/<int:number>/regelen/", todo.arrange, name="arrange"),
    path("team/bijeenkomsten/<int:number>/regelen/<slug:kind>/", todo.arrange_kind, name="arrange_kind"),
    path("bijeenkomsten/<slug:slug>/aanmelden/", views.sign_up, name="sign_up"),
    path("bijeenkomsten/<slug:slug>/meedoen/", door.door, name="door"),
]
