"""The design system: tokens, components, base page, preferences; no models."""
