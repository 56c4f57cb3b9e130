"""Coming to a meeting: signing up alone or as a duo, places in the room and online, the waiting list, changing, cancelling."""
