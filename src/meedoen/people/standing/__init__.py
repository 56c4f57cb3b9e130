"""For whom somebody speaks: mail domains of municipalities, their contacts, and mandates; shown in words, revocable."""
