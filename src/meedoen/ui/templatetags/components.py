"""The component tags and the Dutch filters, at hand in every template without loading."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.template import Library
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from meedoen.kernel import dutch
from meedoen.ui import site
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
ui(
    "moment",
    required=["at"],
    optional={"style": "date", "item_prop": ""},
    choices={"style": ("date", "datetime", "month", "year")},
)
ui("in_language", required=["code"], content="required")
ui("example_mark", optional={"text": ""})
ui("life_domain", required=["id", "text"], optional={"href": ""}, wants=["preferences"])
ui("author_line", required=["name"], optional={"role": "", "municipality": "", "standing": "", "at": None})

# Doing ------------------------------------------------------------------------------------------------------
BUTTON_KINDS = ("primary", "secondary", "danger")
ui(
    "button",
    required=["text"],
    optional={"kind": "primary", "name": "", "value": "", "action": ""},
    choices={"kind": BUTTON_KINDS},
)
ui("button_link", required=["href", "text"], optional={"kind": "primary"}, choices={"kind": BUTTON_KINDS})
ui("field", required=["field"])
ui("markup_tools", required=["control"], optional={"more": False})
ui("markup_help", optional={"more": False})
ui("copy_field", required=["id", "label", "value", "press", "copied"])
ui("device_text", optional={"hint": False})
ui("error_summary", required=["form"], optional={"level": 2, "focus": True}, choices={"level": SECTION_LEVELS})
ui("share", required=["title", "url"], optional={"level": 2}, choices={"level": SECTION_LEVELS})

# Telling ----------------------------------------------------------------------------------------------------
ui(
    "notification",
    required=["kind", "heading"],
    optional={"level": 2, "announce": False},
    choices={"kind": ("info", "success", "warning", "error"), "level": SECTION_LEVELS},
    content="optional",
)
ui("quotation", content="required")
ui("difference", optional={"parts": ()})
ui(
    "contribution",
    required=["anchor", "heading"],
    optional={"level": 3, "item_prop": "", "item_type": ""},
    choices={"level": SECTION_LEVELS},
    content="optional",
)
ui("details", required=["summary"], content="required")
ui("empty_state", required=["heading", "level"], choices={"level": SECTION_LEVELS}, content="required")
ui("summary_list", required=["rows"])
ui("word_list", required=["words"])
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
ui("comparison", required=["caption", "row_heading", "columns", "rows"])
ui("breadcrumb", required=["current"], optional={"trail": ()})
ui(
    "pagination",
    required=["label"],
    optional={"newer_url": "", "older_url": "", "newer_text": _("Nieuwer"), "older_text": _("Ouder")},
)
ui("page_numbers", required=["label", "pages", "current"], optional={"previous_url": "", "next_url": ""})
ui("sources", required=["items"], optional={"heading": _("Bronnen"), "level": 2}, choices={"level": SECTION_LEVELS})

# Pictures ---------------------------------------------------------------------------------------------------
ui(
    "figure",
    required=["src", "width", "height"],
    optional={"alt": "", "decorative": False, "caption": "", "loading": "lazy", "sources": "", "sizes": "100vw"},
    choices={"loading": ("lazy", "eager")},
    one_of=["alt", "decorative"],
    wants=["preferences"],
)
ui(
    "map_figure",
    required=["src", "width", "height", "title", "summary", "list_url", "list_text", "attribution"],
    optional={"dark_src": "", "contrast_src": ""},
    wants=["preferences"],
)
ui(
    "chart",
    required=["heading", "level", "conclusion", "rows", "label_heading", "value_heading"],
    optional={"unit": "", "source": ""},
    choices={"level": SECTION_LEVELS},
)


@register.simple_tag
def current_site() -> site.Site:
    """The site, for a page that is made without context processors: the one for an error of our own."""
    return site.current_site()


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
    """What kind of field this is, for the field component: ``group``, ``checkbox``, ``counted`` or ``single``."""
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "group"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    is_counted = isinstance(widget, forms.Textarea) or "data-counted" in widget.attrs
    if is_counted and getattr(bound.field, "max_length", None):
        return "counted"
    return "single"


@register.filter
def is_unfolded(bound: forms.BoundField) -> bool:
    """Whether a field with a ``summary``, in which it is folded, is open: something is wrong in it, or was chosen."""
    return bool(bound.errors or bound.value())


@register.filter
def takes_markup(bound: forms.BoundField) -> bool:
    """Whether what is written here is read as simple markup, so that help with it fits."""
    return "data-markup" in bound.field.widget.attrs


@register.filter
def takes_more_markup(bound: forms.BoundField) -> bool:
    """Whether headings, steps and tables are read here too."""
    return bound.field.widget.attrs.get("data-markup") == "more"


@register.simple_tag
def device(form: str, taken_in: Iterable[str] = ()) -> SafeString:
    """The attributes by which a browser finds what was typed in a form: the name under which it keeps that, and those
    under which it may lie from before: of forms that were taken in, and by a secret of before.

    What the form is about is not in a name.
    """
    name, *earlier = [_device_name(form, secret) for secret in _secrets()]
    before = [*earlier, *(_device_name(each, secret) for each in taken_in for secret in _secrets())]
    kept = format_html('data-device="{}"', name)
    return kept + format_html(' data-device-before="{}"', " ".join(before)) if before else kept


def _secrets() -> tuple[str, ...]:
    return settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS


def _device_name(form: str, secret: str) -> str:
    return salted_hmac("meedoen.ui.device", form, secret=secret).hexdigest()[:16]


@register.filter
def may_stay_empty(bound: forms.BoundField) -> bool:
    """Whether the label says that the field may stay empty.

    Left out where it would be noise: in a form of which nothing is required, such as a filter; in a list to choose
    from that starts with a choice, or options of which one is chosen or stands for none; for a tick, which is an answer either way; and where it would be half the truth: a
    field with an empty ``label_suffix`` may be left for later, or for the field beside it.
    """
    field = bound.field
    if field.required or field.label_suffix == "" or not any(each.required for each in bound.form.fields.values()):
        return False
    if isinstance(field.widget, forms.CheckboxSelectMultiple):
        return True
    if isinstance(field.widget, forms.RadioSelect):
        return not bound.initial and all(value for value, _words in field.widget.choices)
    return not isinstance(field.widget, forms.Select | forms.CheckboxInput)


@register.filter
def control(bound: forms.BoundField) -> SafeString:
    """The input itself, tied to its hint, error and count.

    Without ``required``, which makes Firefox call an empty field invalid before anybody has typed, and without a
    ``maxlength`` on long texts, which would cut off in silence what somebody pastes.
    """
    bound.form.use_required_attribute = False
    attributes: dict[str, Any] = {}
    if widget_kind(bound) == "counted":
        described_by = [*(bound.aria_describedby or "").split(), f"{bound.auto_id}_count"]
        attributes = {
            "maxlength": False,
            "data-max": bound.field.max_length,  # type: ignore[attr-defined]
            "aria-describedby": " ".join(described_by),
        }
    return bound.as_widget(attrs=attributes)


@register.filter
def options(bound: forms.BoundField) -> list[dict[str, Any]]:
    """What there is to choose in a group."""
    return [
        {
            "id": option.id_for_label,
            "type": option.data["type"],
            "name": option.data["name"],
            "value": option.data["value"],
            "label": option.choice_label,
            "is_chosen": option.data["selected"],
        }
        for option in bound.subwidgets
    ]


@register.filter
def first_control(bound: forms.BoundField) -> str:
    """The id of the input that a link from the error summary leads to: in a group the first option."""
    if widget_kind(bound) == "group":
        return str(bound.subwidgets[0].id_for_label) if bound.subwidgets else bound.auto_id
    return bound.id_for_label


@register.filter
def share_of_highest(value: float, rows: Any) -> str:
    """The length of a chart's bar as a percentage of the longest."""
    highest = max((row[1] for row in rows), default=0)
    return f"{100 * value / highest:.4g}" if highest else "0"
