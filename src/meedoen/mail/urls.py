"""The addresses of the postbox."""

from django.urls import path

from meedoen.mail import views

app_name = "mail"

urlpatterns = [
    path("postbus/", views.postbox, name="postbox"),
    path("postbus/leegmaken/", views.empty_postbox, name="empty_postbox"),
    path("postbus/<str:name>/", views.letter, name="letter"),
    path("postbus/<str:name>/opgemaakt/", views.letter_html, name="letter_html"),
]
