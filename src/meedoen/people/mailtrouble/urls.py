"""The addresses beside what is told of mail that came back."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/mail/proberen/", views.try_again, name="try_mail"),
    path("mijn/mail/gelezen/", views.seen, name="mail_seen"),
]
