"""Municipalities like yours (KO11): by which parts, with what weights, why in words; without asking anybody."""
