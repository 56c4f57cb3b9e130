"""Links of our texts to pages of others: whether they still lead somewhere."""
