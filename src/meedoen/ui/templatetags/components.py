"""The component tags and the Dutch filters, at hand in every template without loading."""

import datetime
from typing import Any

from django import forms
from django.template import Library
from django.utils.translation import gettext_lazy as _

from meedoen.kernel import dutch
from meedoen.ui.components import component

register = Library()

LEVELS = (1, 2, 3, 4, 5, 6)
SECTION_LEVELS = (2, 3, 4, 5, 6)


def ui(name: str, **signature: Any) -> None:
    """Register a component whose template is its neighbour of the same name."""
    component(register, name, f"ui/components/{name}.html", **signature)


# Words ------------------------------------------------------------------------------------------------------
ui("heading", required=["level", "text"], optional={"id": "", "lang": ""}, choices={"level": LEVELS})
ui("paragraph", optional={"lead": False}, content="required")
ui(
    "text_link",
    required=["href", "text"],
    optional={"external": False, "lang": "", "rel": "", "context": "", "current": False},
)
ui("tag", required=["text"], optional={"href": "", "context": ""})
ui("moment", required=["at"], optional={"style": "date"}, choices={"style": ("date", "datetime", "month", "year")})
ui("in_language", required=["code"], content="required")
ui("example_mark", optional={"text": ""})
ui("life_domain", required=["id", "text"], optional={"href": ""})
ui("author_line", required=["name"], optional={"role": "", "municipality": "", "at": None})

# Doing ------------------------------------------------------------------------------------------------------
BUTTON_KINDS = ("primary", "secondary", "danger")
ui(
    "button",
    required=["text"],
    optional={"kind": "primary", "name": "", "value": ""},
    choices={"kind": BUTTON_KINDS},
)
ui("button_link", required=["href", "text"], optional={"kind": "primary"}, choices={"kind": BUTTON_KINDS})
ui("field", required=["field"])
ui("error_summary", required=["form"], optional={"level": 2}, choices={"level": SECTION_LEVELS})
ui("share", required=["title", "url"], optional={"level": 2}, choices={"level": SECTION_LEVELS})

# Telling ----------------------------------------------------------------------------------------------------
ui(
    "notification",
    required=["kind", "heading"],
    optional={"level": 2, "announce": False},
    choices={"kind": ("info", "success", "warning", "error"), "level": SECTION_LEVELS},
    content="optional",
)
ui("details", required=["summary"], content="required")
ui("empty_state", required=["heading", "level"], choices={"level": SECTION_LEVELS}, content="required")
ui("summary_list", required=["rows"])
ui("steps", required=["steps", "current"], optional={"label": _("Stappen")})

# Many things ------------------------------------------------------------------------------------------------
ui(
    "card",
    required=["heading", "level"],
    optional={"href": "", "meta": "", "id": ""},
    choices={"level": SECTION_LEVELS},
    content="optional",
)
ui("card_list", optional={"label": ""}, content="required")
ui("data_table", required=["caption"], optional={"caption_hidden": False}, content="required")
ui("breadcrumb", required=["current"], optional={"trail": ()})
ui(
    "pagination",
    required=["label"],
    optional={"newer_url": "", "older_url": "", "newer_text": _("Nieuwer"), "older_text": _("Ouder")},
)
ui("page_numbers", required=["label", "pages", "current"])
ui("sources", required=["items"], optional={"heading": _("Bronnen"), "level": 2}, choices={"level": SECTION_LEVELS})

# Pictures ---------------------------------------------------------------------------------------------------
ui(
    "figure",
    required=["src", "width", "height"],
    optional={"alt": "", "decorative": False, "caption": "", "loading": "lazy"},
)
ui(
    "map_figure",
    required=["src", "width", "height", "title", "summary", "list_url", "list_text", "attribution"],
    optional={"dark_src": "", "contrast_src": ""},
)
ui(
    "chart",
    required=["heading", "level", "conclusion", "rows", "label_heading", "value_heading"],
    optional={"unit": "", "source": ""},
    choices={"level": SECTION_LEVELS},
)


@register.filter
def dutch_number(value: float) -> str:
    """``43000`` becomes ``43.000``."""
    return dutch.number(value)


@register.filter
def dutch_date(value: datetime.date) -> str:
    """``donderdag 3 december 2026``."""
    return dutch.date_words(value)


@register.filter
def dutch_datetime(value: datetime.datetime) -> str:
    """``donderdag 3 december 2026, 14.00 uur``."""
    return dutch.datetime_words(value)


@register.filter
def dutch_month(value: datetime.date) -> str:
    """``december 2026``."""
    return dutch.month_words(value)


@register.filter
def partial_date(value: str) -> str:
    """``2020-02`` becomes ``februari 2020``."""
    return dutch.partial_date_words(value)


@register.filter
def widget_kind(bound: forms.BoundField) -> str:
    """What kind of field this is, for the field component: choices need a fieldset, others a label."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return "single"


@register.filter
def bar_length(value: float, rows: Any) -> int:
    """The length of a chart's bar, 0 to 600, the highest value being 600."""
    highest = max((row[1] for row in rows), default=0)
    return round(600 * value / highest) if highest else 0
