"""The best round: who is coupled to whom, under limits. Pure: no Django, no database, no clock (ADR-0046)."""
