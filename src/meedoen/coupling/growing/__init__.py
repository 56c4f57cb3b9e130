"""Offers that grow from what a municipality shared: proposed to its contact, never assumed."""
