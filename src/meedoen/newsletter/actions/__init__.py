"""The deeds, a file for each part: who gets the letter, making it, changing it, and sending it."""
