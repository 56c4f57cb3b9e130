"""The addresses of what the vault keeps of somebody."""

from django.urls import path

from . import views

urlpatterns = [
    path("mijn/gegevens/wensen/", views.needs, name="needs"),
    path("mijn/gegevens/wensen/<int:number>/wissen/", views.erase, name="erase_need"),
    path("mijn/gegevens/toestemming/<int:number>/intrekken/", views.withdraw, name="withdraw"),
]
