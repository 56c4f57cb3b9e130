"""The addresses of coupling."""

from django.urls import path

import meedoen.pages.addresses  # noqa: F401  makes the kind of address known

from . import views
from .contesting import views as contesting
from .growing import views as growing
from .introducing import following, mine
from .introducing import views as introducing

app_name = "coupling"

urlpatterns = [
    path("koppelen/", views.about, name="about"),
    path("koppelen/vragen/", views.ask, name="ask"),
    path("koppelen/vragen/bewaren/", views.save_ask, name="save_ask"),
    path("koppelen/aanbieden/", views.offer, name="offer"),
    path("koppelen/aanbieden/bewaren/", views.save_offer, name="save_offer"),
    path("koppelen/mijn/", mine.mine, name="mine"),
    path("koppelen/mijn/<key:key>/", views.own, name="own"),
    path("koppelen/mijn/<key:key>/veranderen/", views.change, name="change"),
    path("koppelen/mijn/<key:key>/stoppen/", views.withdraw, name="withdraw"),
    path("koppelen/mijn/<key:key>/terugzetten/", views.put_back, name="put_back"),
    path("koppelen/kennismaken/<key:key>/", introducing.meet, name="meet"),
    path("koppelen/kennismaken/<key:key>/code/", introducing.send_code, name="send_code"),
    path("koppelen/kennismaken/<key:key>/ja/", introducing.say_yes, name="say_yes"),
    path("koppelen/kennismaken/<key:key>/later/", introducing.later, name="later"),
    path("koppelen/kennismaken/<key:key>/nee/", introducing.decline, name="decline"),
    path("koppelen/kennismaken/<key:key>/terug/", introducing.take_back, name="take_back"),
    path("koppelen/kennismaken/<key:key>/nodig/", introducing.need, name="need"),
    path("koppelen/kennismaken/<key:key>/hoe-gaat-het/", following.how, name="how"),
    path("koppelen/kennismaken/<key:key>/hoe-gaat-het/terug/", following.take_back, name="take_how_back"),
    path("koppelen/kennismaken/<key:key>/hoe-gaat-het/vertellen/", following.tell, name="tell_how"),
    path("koppelen/voorstellen/<key:key>/stop/", growing.stop, name="growing_stop"),
    path("koppelen/voorstellen/<key:key>/verder/", growing.go_on, name="growing_go_on"),
    path("mijn/gemeente/aanbod/", growing.page, name="growing"),
    path("mijn/gemeente/aanbod/<int:number>/nee/", growing.say_no, name="growing_no"),
    path("mijn/gemeente/aanbod/<int:number>/toch/", growing.take_back, name="growing_back"),
    path("mijn/gemeente/aanbod/mail-uit/<int:number>/", growing.set_mail, {"is_off": True}, name="growing_mail_off"),
    path("mijn/gemeente/aanbod/mail-aan/<int:number>/", growing.set_mail, {"is_off": False}, name="growing_mail_on"),
    path("gemeenten/<slug:slug>/feiten/", contesting.page, name="facts"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/intrekken/", contesting.withdraw, name="withdraw_fact"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/terugzetten/", contesting.put_back, name="put_back_fact"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/verbeteren/", contesting.correct, name="correct_fact"),
    path("gemeenten/<slug:slug>/feiten/<int:number>/zoals-de-bron/", contesting.as_source, name="fact_as_source"),
]
