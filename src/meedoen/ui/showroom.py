"""What stands in the showroom: example values for every component, all of them invented."""

import datetime
from typing import Any

from django import forms


class FoldedField(forms.MultipleChoiceField):
    """A group that is asked seldom: folded in, one step for who passes it."""

    summary = "Wie moet dit weten?"


class ShowroomForm(forms.Form):
    """A field of each kind."""

    name = forms.CharField(
        label="Je naam",
        help_text="Zoals je die op de site wilt zien.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Je e-mailadres",
        error_messages={"invalid": "Vul een heel e-mailadres in, zoals naam@voorbeeld.nl."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    day = forms.DateField(label="Datum", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    seats = forms.IntegerField(label="Hoeveel mensen komen er?", required=False, min_value=1, max_value=20)
    province = forms.ChoiceField(
        label="Provincie",
        required=False,
        choices=[("", "Alle provincies"), ("fryslan", "Fryslân"), ("zeeland", "Zeeland")],
    )
    way = forms.ChoiceField(
        label="Hoe doe je mee?",
        choices=[("online", "Online"), ("site", "Op locatie"), ("both", "Dat weet ik nog niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies hoe je meedoet."},
    )
    themes = forms.MultipleChoiceField(
        label="Waar gaat het over?",
        required=False,
        choices=[("wonen", "Wonen"), ("werk", "Werk"), ("vervoer", "Vervoer")],
        widget=forms.CheckboxSelectMultiple,
    )
    people = FoldedField(
        label="Kies iemand die hier schreef",
        required=False,
        choices=[("1", "Bram, ambtenaar"), ("2", "Fatima"), ("3", "Wie bericht 3 schreef")],
        widget=forms.CheckboxSelectMultiple,
    )
    about = forms.CharField(
        label="Je vraag",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5, "data-markup": ""}),
        error_messages={"required": "Schrijf je vraag op. Eén zin is genoeg."},
    )
    document = forms.FileField(
        label="Een document", required=False, help_text="Een pdf of een Word-document, tot 10 MB."
    )
    agree = forms.BooleanField(label="Stuur mij een bericht als er een antwoord is", required=False)


def exhibits() -> dict[str, Any]:
    """Values for the components that take more than words."""
    wrong = ShowroomForm({"wrong-name": "Ans", "wrong-email": "ans"}, prefix="wrong")
    return {
        "form": ShowroomForm(),
        "wrong": wrong,
        "moment": datetime.datetime(2026, 12, 3, 13, 0, tzinfo=datetime.UTC),
        "rows": [
            {"key": "Je naam", "value": "Ans", "change_url": "#naam", "change_text": "je naam"},
            {"key": "Je vraag", "value": "Hoe vinden jullie ervaringsdeskundigen?", "change_url": "#vraag"},
            {"key": "Gemeente", "value": "Voorbeeldstad"},
        ],
        "words": [
            {
                "anchor": "woord-drempel", "word": "drempel",
                "explanation": "Iets waardoor je er niet in kunt, of niet mee kunt doen.", "back_url": "#lijsten",
            },
            {"anchor": "woord-schrijftolk", "word": "schrijftolk", "explanation": "Iemand die typt wat er wordt gezegd."},
        ],
        "difference": [
            {"op": "same", "text": "De raad beslist in"},
            {"op": "gone", "text": "mei."},
            {"op": "came", "text": "juni."},
            {"op": "same", "text": "", "is_cut": True},
        ],
        "steps": ["Schrijf je vraag", "Kijk je tekst na", "Typ de code"],
        "chart": [("juni 2018", 25), ("mei 2019", 37), ("augustus 2020", 58)],
        "comparison": {
            "columns": ["Voorbeeldstad", "Voorbeelddorp"],
            "rows": [
                {
                    "label": "Inwoners",
                    "cells": [
                        {"column": "Voorbeeldstad", "text": "43.000", "links": ()},
                        {"column": "Voorbeelddorp", "text": "1.200", "links": [{"text": "Lees meer", "url": "#lijsten", "external": False}]},
                    ],
                }
            ],
        },
        "pages": [(1, "?pagina=1"), (2, "?pagina=2"), (3, "?pagina=3")],
        "trail": [("Boekenplank", "#kennisbank"), ("Handreikingen", "#handreikingen")],
        "sources": [("Voorbeeldbron, 2026", "https://voorbeeld.example/"), ("Een gesprek, zonder adres", "")],
        "levels": [2, 3, 4, 5, 6],
        "kinds": ["info", "success", "warning", "error"],
        "domains": [
            ("onderwijs", "Leren"), ("thuis", "Wonen"), ("werk", "Werk"), ("vrije-tijd", "Vrije tijd"),
            ("vervoer", "Vervoer"), ("welzijn", "Zorg en welzijn"), ("gelijke-behandeling", "Gelijk behandelen"),
            ("bestuur", "De gemeente zelf"), ("bewustwording", "Bewust worden"), ("openbare-ruimte", "Straat en gebouw"),
            ("informatie", "Informatie"), ("democratie", "Meepraten en stemmen"),
            ("ervaringsdeskundigheid", "Samen doen"), ("crisis", "Veiligheid"),
        ],
    }  # fmt: skip
