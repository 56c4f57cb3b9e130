"""The addresses of the start page, the statements, and the small files that programs ask for."""

from django.urls import path

from . import mine, views

app_name = "home"

urlpatterns = [
    path("", views.start, name="start"),
    path("mijn/", mine.mine, name="mine"),
    path("over/", views.about, name="about"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("spelregels/", views.rules_of_conduct, name="rules"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path(".well-known/security.txt", views.security_file, name="security"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots_file, name="robots"),
]
