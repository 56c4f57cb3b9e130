"""Asks and offers: what somebody wants to learn or can share with another municipality."""
