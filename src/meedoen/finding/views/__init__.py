"""The page of results, its feed, and words to choose from while somebody types."""
