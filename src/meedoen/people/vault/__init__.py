"""What somebody needs to take part: sealed, for one purpose, with their consent, until an end date."""
