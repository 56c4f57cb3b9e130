"""The addresses of questions beforehand."""

from django.urls import path

from . import lists, views

urlpatterns = [
    path("bijeenkomsten/vraag/<str:key>/", views.own_question, name="own_question"),
    path("bijeenkomsten/vraag/<str:key>/terugnemen/", views.take_back, name="take_question_back"),
    path("bijeenkomsten/vraag/<str:key>/toch/", views.ask_after_all, name="ask_after_all"),
    path("team/bijeenkomsten/<int:number>/vragen/", lists.questions, name="questions"),
    path("team/bijeenkomsten/<int:number>/vragen/<int:question_id>/", lists.settle, name="settle_question"),
    path("bijeenkomsten/<slug:slug>/vragen/", views.ask, name="ask"),
]
