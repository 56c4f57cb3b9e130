"""The newsletter: once a week a letter made of what happened, complete in the mail itself, also in easy language."""
