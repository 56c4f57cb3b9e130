"""Dutch: the plain-Dutch meter, and hints for who writes; no models."""
