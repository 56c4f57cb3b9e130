"""The addresses at which somebody answers our mails: seen, and taken back."""
