"""The way in of mail: taken in before anything else, handled once, answered, never in a loop (docs/mail.md)."""
