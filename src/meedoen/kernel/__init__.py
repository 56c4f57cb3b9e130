"""What everybody needs and nobody owns: clock, safe text, Dutch words for dates and numbers; no models."""
