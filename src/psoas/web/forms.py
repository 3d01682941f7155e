"""What our forms share: the words a story refuses with, and the choices asked for twice."""

from typing import TYPE_CHECKING

from django import forms

from psoas.care.people.refusal import Refusal
from psoas.content import crisis

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def show_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Put each sentence beside the field it belongs to; what was typed stays."""
    for field, sentences in refusal.fields.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def countries() -> list[tuple[str, str]]:
    """The countries help lines are known for, by name; the catch-all last."""
    named = sorted(crisis.COUNTRIES, key=lambda each: (each.code == "other", each.label))
    return [(each.code, each.label) for each in named]


def zone_field(label: "StrOrPromise", help_text: "StrOrPromise") -> forms.CharField:
    # Typed with suggestions, not a list of six hundred: thumbs scroll badly.
    widget = forms.TextInput(
        {"list": "zones", "autocomplete": "off", "spellcheck": "false", "data-zone": ""}
    )
    return forms.CharField(
        label=label, help_text=help_text, max_length=64, required=False, widget=widget
    )
