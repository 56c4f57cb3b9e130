"""The addresses of the team's desk."""

from django.urls import path

from .views import celebrations, descriptions, desk, municipalities, objections, persons, quiet, reuses

app_name = "team"

urlpatterns = [
    path("team/", desk.today, name="today"),
    path("team/verdacht/", desk.suspects, name="suspects"),
    path("team/beschrijvingen/", descriptions.descriptions, name="descriptions"),
    path("team/beschrijvingen/<int:offer_id>/gebruiken/", descriptions.take, name="take_description"),
    path("team/beschrijvingen/<int:offer_id>/laten/", descriptions.leave, name="leave_description"),
    path("team/gebruikt/", reuses.reuses, name="reuses"),
    path("team/gebruikt/<int:reuse_id>/tonen/", reuses.show, name="show_reuse"),
    path("team/gebruikt/<int:reuse_id>/laten/", reuses.refuse, name="refuse_reuse"),
    path("team/successen/", celebrations.waiting, name="celebrations"),
    path("team/successen/<int:number>/", celebrations.celebration, name="celebration"),
    path("team/successen/<int:number>/plaatsen/", celebrations.publish, name="publish_celebration"),
    path("team/successen/<int:number>/vragen/", celebrations.ask_change, name="ask_celebration"),
    path("team/successen/<int:number>/weigeren/", celebrations.refuse, name="refuse_celebration"),
    path("team/stil/", quiet.quiet, name="quiet"),
    path("team/mail/", desk.mail, name="mail"),
    path("team/bericht/<int:contribution_id>/", desk.item, name="item"),
    path("team/bericht/<int:contribution_id>/plaatsen/", desk.approve, name="approve"),
    path("team/bericht/<int:contribution_id>/laten/", desk.keep, name="keep"),
    path("team/bericht/<int:contribution_id>/verbergen/", desk.hide, name="hide"),
    path("team/bericht/<int:contribution_id>/vragen/", desk.ask, name="ask"),
    path("team/bericht/<int:contribution_id>/weghalen/", desk.remove, name="remove"),
    path("team/bericht/<int:contribution_id>/terugzetten/", desk.restore, name="restore"),
    path("team/melding/<int:report_id>/", desk.report, name="report"),
    path("team/bezwaar/<int:objection_id>/", objections.objection, name="objection"),
    path("team/persoon/<int:person_id>/", persons.person, name="person"),
    path("team/persoon/<int:person_id>/waarschuwen/", persons.warn, name="warn"),
    path("team/persoon/<int:person_id>/pauzeren/", persons.pause, name="pause"),
    path("team/persoon/<int:person_id>/uitsluiten/", persons.ban, name="ban"),
    path("team/persoon/<int:person_id>/toelaten/", persons.lift, name="lift"),
    path("team/gemeenten/", municipalities.overview, name="municipalities"),
    path("team/gemeenten/domein/", municipalities.approve_domain, name="approve_domain"),
    path("team/gemeenten/domein/<int:number>/intrekken/", municipalities.withdraw_domain, name="withdraw_domain"),
    path("team/gemeenten/contact/", municipalities.make_contact, name="make_contact"),
    path("team/gemeenten/contact/<int:number>/intrekken/", municipalities.withdraw_contact, name="withdraw_contact"),
]
