"""Dutch: the plain-Dutch meter; no models."""
