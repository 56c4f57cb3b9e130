"""The form of the preferences."""

from django import forms

from .preferences import CHOICES, Preferences


class PreferencesForm(forms.Form):
    """One question for each preference; every question has a default, so nothing can be left wrong."""

    def __init__(self, *args: object, preferences: Preferences, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for choice in CHOICES:
            self.fields[choice.name] = forms.ChoiceField(
                label=choice.label,
                help_text=choice.hint,
                choices=choice.options,
                widget=forms.RadioSelect,
                required=False,
                initial=preferences.value(choice.name),
            )
